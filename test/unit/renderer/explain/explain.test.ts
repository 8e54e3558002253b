// Cards built from a packet's own tree.
import { describe, expect, it } from 'vitest'
import type { PacketDetail, TreeRow } from '../../../../src/shared/contract'
import { explain, splitLabel } from '../../../../src/renderer/explain/explain'
import { layerLadder } from '../../../../src/renderer/explain/layers'
import { NAMED_ONLY } from '../../../../src/renderer/explain/protocols'

function row(field: string, value: string, label: string, part: Partial<TreeRow> = {}): TreeRow {
  return {
    depth: 1,
    label,
    field,
    value,
    filter: `${field} == ${value}`,
    source: 0,
    start: 0,
    end: 0,
    generated: false,
    severity: 0,
    protocol: field.split('.')[0] ?? '',
    frame: 0,
    parent: false,
    ...part,
  }
}

function packet(tree: readonly TreeRow[], layers: readonly string[] = ['frame', 'eth', 'ip', 'tcp', 'http']): PacketDetail {
  return {
    number: 37,
    tree: [...tree],
    sources: [{ name: 'Frame', bytes: '' }],
    protocolClass: 'http',
    protocol: 'HTTP',
    info: 'GET /old HTTP/1.1',
    comments: [],
    related: [],
    layers: layers.map((protocol) => ({ protocol, title: protocol, short: `${protocol.toUpperCase()} 20`, source: 0, start: 0, end: 20 })),
  }
}

const segment = [
  row('eth', '', 'Ethernet II', { depth: 0 }),
  row('eth.dst', '5e:25:e2:9b:f0:85', 'Destination: 5e:25:e2:9b:f0:85'),
  row('ip', '', 'Internet Protocol Version 4', { depth: 0 }),
  row('ip.hdr_len', '20', '.... 0101 = Header Length: 20 bytes (5)', { start: 14, end: 15 }),
  row('ip.len', '494', 'Total Length: 494'),
  row('ip.src', '10.77.0.1', 'Source Address: 10.77.0.1'),
  row('ip.dst', '10.88.0.80', 'Destination Address: 10.88.0.80'),
  row('tcp', '', 'Transmission Control Protocol', { depth: 0 }),
  row('tcp.srcport', '42704', 'Source Port: 42704'),
  row('tcp.dstport', '80', 'Destination Port: 80'),
  row('tcp.stream', '0', '[Stream index: 0]', { generated: true }),
  row('tcp.len', '442', '[TCP Segment Len: 442]', { generated: true }),
  row('tcp.seq', '1', 'Sequence Number: 1    (relative sequence number)'),
  row('tcp.nxtseq', '443', '[Next Sequence Number: 443    (relative sequence number)]', { generated: true }),
  row('tcp.hdr_len', '32', '1000 .... = Header Length: 32 bytes (8)'),
  row('tcp.flags', '0x0018', 'Flags: 0x018 (PSH, ACK)'),
  row('tcp.window_size_value', '63', 'Window: 63', { start: 48, end: 50 }),
  row('tcp.window_size', '64512', '[Calculated window size: 64512]', { generated: true }),
  row('tcp.window_size_scalefactor', '1024', '[Window size scaling factor: 1024]', { generated: true }),
  row('http.request.method', 'GET', 'Request Method: GET', { protocol: 'http' }),
  row('http.request.uri', '/old', 'Request URI: /old', { protocol: 'http' }),
]
const example = packet(segment)
const at = (field: string, from: PacketDetail = example): number => from.tree.findIndex((item) => item.field === field)

describe('explain', () => {
  it('builds the window from the header value and the factor, with the SYN as evidence', () => {
    const card = explain(example, at('tcp.window_size'), 'en')
    expect(card.sum).toEqual({
      boxes: [
        { value: '63', label: 'in this header', evidence: null },
        { value: '1,024', label: 'scale from', evidence: 'tcp.stream == 0 && tcp.srcport == 42704 && tcp.flags.syn == 1' },
        { value: '64,512', label: 'bytes', evidence: null },
      ],
      signs: ['×', '='],
    })
    expect([card.title, card.value, card.source]).toEqual(['Window', '64,512 B', 'RFC 9293, 3.1 and RFC 7323, 2'])
    expect(card.here).toBe('Here: 10.77.0.1 tells 10.88.0.80 that it has room for 64,512 bytes.')
  })

  it('does not invent a window when the handshake was not captured', () => {
    const tree = segment.map((item) => (item.field === 'tcp.window_size_scalefactor' ? { ...item, value: '-1' } : item))
    const card = explain(packet(tree), at('tcp.window_size_value'), 'en')
    expect(card.sum).toBeNull()
    expect(card.here).toContain('scale not captured')
  })

  it('says in Chinese what it says in English and keeps names', () => {
    const card = explain(example, at('tcp.window_size_value'), 'zh')
    expect([card.title, card.gloss, card.bytes]).toEqual(['Window field', '窗口字段', { first: 48, last: 49 }])
    expect(card.here).toBe('此处：10.77.0.1 告诉 10.88.0.80 还能接收 64,512 字节。')
  })

  it('computes lengths only from values that agree', () => {
    expect(explain(example, at('tcp.len'), 'en').sum?.boxes.map((box) => box.value)).toEqual(['494', '20', '32', '442'])
    const offloaded = packet(segment.map((item) => (item.field === 'ip.len' ? { ...item, value: '0' } : item)))
    expect(explain(offloaded, at('tcp.len'), 'en').sum).toBeNull()
  })

  it('adds sequence number and data bytes', () => {
    expect(explain(example, at('tcp.nxtseq'), 'en').sum?.boxes.map((box) => box.value)).toEqual(['1', '442', '443'])
  })

  it('names the flags that are set', () => {
    expect(explain(example, at('tcp.flags'), 'en').value).toBe('PSH, ACK')
  })

  it('explains single values', () => {
    expect(explain(example, at('http.request.method'), 'en').meaning?.text).toContain('Send me this resource')
    expect(explain(example, at('tcp.dstport'), 'zh').meaning).toEqual({ name: 'http', text: '通常是未加密的 Web。', source: '' })
  })

  it('takes ICMP codes together with their type', () => {
    const error = packet([row('icmp', '', 'ICMP', { depth: 0 }), row('icmp.type', '3', 'Type: 3'), row('icmp.code', '4', 'Code: 4')])
    expect(explain(error, 2, 'en').meaning?.name).toBe('Fragmentation needed')
  })

  it('never leaves a card empty: an unknown field shows label and protocol', () => {
    const unknown = packet([
      row('bgp', '', 'Border Gateway Protocol', { depth: 0 }),
      row('bgp.length', '45', 'Length: 45', { protocol: 'bgp' }),
    ])
    const card = explain(unknown, 1, 'en')
    expect([card.title, card.value, card.what, card.protocol?.name]).toEqual(['Length', '45', 'Length: 45', 'Border Gateway Protocol'])
  })

  it('says of a protocol that is only named that it is', () => {
    const named = packet([row('lltd', '', 'Link Layer Topology Discovery', { depth: 0 })])
    expect(explain(named, 0, 'en')).toMatchObject({ title: 'Link Layer Topology Discovery', what: NAMED_ONLY[0] })
    expect(explain(named, 0, 'zh').what).toBe(NAMED_ONLY[1])
  })

  it('offers no column for a row of text only', () => {
    const text = packet([row('', '', 'GET /old HTTP/1.1\\r\\n', { filter: null })])
    const card = explain(text, 0, 'en')
    expect([card.column, card.filter, card.what]).toEqual([null, null, 'GET /old HTTP/1.1\\r\\n'])
  })
})

describe('splitLabel', () => {
  it('drops bit patterns and the brackets of computed rows', () => {
    expect(splitLabel('1000 .... = Header Length: 32 bytes (8)')).toEqual({ name: 'Header Length', value: '32 bytes (8)' })
    expect(splitLabel('[Stream index: 0]')).toEqual({ name: 'Stream index', value: '0' })
  })
})

describe('layerLadder', () => {
  it('shows what the packet has on each layer, and what it has not', () => {
    expect(layerLadder(example, 'tcp').map((rung) => [rung.number, rung.content, rung.current])).toEqual([
      [7, 'HTTP GET /old', false],
      [6, null, false],
      [5, null, false],
      [4, 'TCP 42704 → 80', true],
      [3, 'IPv4 → 10.88.0.80', false],
      [2, '→ 5e:25:…:f0:85', false],
      [1, null, false],
    ])
  })

  it('puts ARP on the link and leaves the network layer empty', () => {
    const arp = packet([row('eth.dst', 'ff:ff:ff:ff:ff:ff', 'Destination')], ['frame', 'eth', 'arp'])
    expect(
      layerLadder(arp, 'arp')
        .filter((rung) => rung.content !== null)
        .map((rung) => rung.number),
    ).toEqual([2])
  })
})
