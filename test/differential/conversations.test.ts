// The tables of conversations and endpoints, as the page gets them from the service, against the numbers that tshark prints.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConversationKind, ConversationRow } from '../../src/shared/contract'
import { size } from '../../src/cli/conversations'
import { captureBytes, corpusFolder } from '../support/corpus'
import { startEngine } from '../support/engine-harness'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const FILES = [
  'tcp/suricata__split-handshake-4whs.pcap',
  'tcp/tcptrace__dsack.dmp.gz',
  'tcp/wireshark__tcp-badsegments.pcap',
  'http1/zeek__methods.pcap',
  'mail-ftp-telnet/zeek__ipv6-multiline-reply.pcap',
  'dns/dsc__dnso1tcp.pcap',
  'formats/wireshark__dns+icmp.pcapng.gz',
  'ip/markofu__icmp-tracert-slow.pcap',
  'mgmt/joy__dhcp.pcap',
  'mgmt/wswiki__dhcpv6_1.pcap',
  'websocket/zeek__wstunnel-https.pcap',
]
const KINDS: readonly ConversationKind[] = ['eth', 'ip', 'ipv6', 'tcp', 'udp']
const missing = tsharkVersion === undefined ? NO_TSHARK : corpusFolder === undefined ? 'the shared corpus is absent' : ''
const query = { text: '', descending: false, first: 0, count: 500 } as const

const TITLES: Readonly<Record<ConversationKind, string>> = { eth: 'Ethernet', ip: 'IPv4', ipv6: 'IPv6', tcp: 'TCP', udp: 'UDP' }

/** Lines of one of tshark's tables as words, without order. */
function words(tables: string, title: string): string[] {
  const text = tables.split(/^=+$/m).find((part) => part.trimStart().startsWith(`${title}\n`)) ?? ''
  return text
    .split('\n')
    .filter((line) => /^[0-9a-f]+[.:][0-9a-f:]/.test(line))
    .map((line) => line.trim().split(/\s+/).join(' '))
    .sort()
}

function conversationWords({ a, b, packets, bytes, start, duration }: ConversationRow): string {
  const end = ({ address, port }: ConversationRow['a']) => (port === null ? address : `${address}:${port}`)
  const both = `${packets[0] + packets[1]} ${size(bytes[0] + bytes[1])}`
  return `${end(a)} <-> ${end(b)} ${packets[1]} ${size(bytes[1])} ${packets[0]} ${size(bytes[0])} ${both} ${start.toFixed(9)} ${duration.toFixed(4)}`
}

describe.skipIf(missing !== '')(`conversations through the service ${missing}`, () => {
  test.each(FILES)('%s', { timeout: 60_000 }, async (name) => {
    const file = path.join(corpusFolder ?? '', name)
    const engine = startEngine()
    engine.files.set('/t', captureBytes(file))
    const { captureId } = await engine.open('/t')
    let compared = 0
    for (const filter of ['', 'frame.number > 3']) {
      await engine.client.call('filter.apply', { captureId, text: filter })
      const asked = filter === '' ? '' : `,${filter}`
      const requests = KINDS.flatMap((kind) => ['-z', `conv,${kind}${asked}`, '-z', `endpoints,${kind}${asked}`])
      const theirs = tshark(['-n', '-q', '-r', file, ...requests]).stdout
      for (const kind of KINDS) {
        const what = { ...query, captureId, kind, displayed: true }
        const { rows, total } = await engine.client.call('conversations.get', { ...what, sort: 'id', outcome: null })
        expect(rows).toHaveLength(total)
        compared += total
        expect(rows.map(conversationWords).sort(), `${kind} ${filter}`).toEqual(words(theirs, `${TITLES[kind]} Conversations`))
        const ends = await engine.client.call('endpoints.get', { ...what, sort: 'address' })
        const endWords = ends.rows.map(({ end, sentPackets, sentBytes, receivedPackets, receivedBytes }) =>
          [
            end.address,
            ...(end.port === null ? [] : [end.port]),
            sentPackets + receivedPackets,
            sentBytes + receivedBytes,
            sentPackets,
            sentBytes,
            receivedPackets,
            receivedBytes,
          ].join(' '),
        )
        expect(endWords.sort(), `${kind} ends ${filter}`).toEqual(words(theirs, `${TITLES[kind]} Endpoints`))
      }
    }
    expect(compared).toBeGreaterThan(0)
    engine.service.dispose()
  })

  test('round trips, completeness and retransmissions are those of tshark’s fields', async () => {
    const file = path.join(corpusFolder ?? '', 'tcp/sanders__tcp_retransmissions.pcapng')
    const engine = startEngine()
    engine.files.set('/t', captureBytes(file))
    const { captureId } = await engine.open('/t')
    const { rows } = await engine.client.call('conversations.get', {
      ...query,
      captureId,
      kind: 'tcp',
      displayed: false,
      sort: 'id',
      outcome: null,
    })
    const fields = ['tcp.stream', 'tcp.analysis.initial_rtt', 'tcp.completeness', 'tcp.analysis.retransmission']
    const lines = tshark(['-n', '-r', file, '-Y', 'tcp', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])]).stdout
    for (const row of rows) {
      const own = lines
        .split('\n')
        .map((line) => line.split('\t'))
        .filter(([stream]) => stream === String(row.id))
      expect(row.tcp?.initialRoundTrip?.toFixed(9)).toBe(own.find((cells) => cells[1] !== '')?.[1])
      expect(String(row.tcp?.completeness)).toBe(own.at(-1)?.[2])
      expect(row.tcp?.retransmissions).toBe(own.filter((cells) => cells[3] !== '').length)
    }
    engine.service.dispose()
  })
})
