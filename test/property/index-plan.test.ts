// The fast path of filters is the slow path: for every packet of the corpus, what the index says of a filter is what the dissection says.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { compileFilter } from '../../src/engine/filter/compile'
import { IndexPlan, VERDICT } from '../../src/engine/filter/index-plan'
import { Trace } from '../../src/engine/index/trace'
import { KEY_LOG } from '../../src/engine/dissect/key-log'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { CaptureFileError } from '../../src/shared/errors'
import { captureBytes, captureFiles } from '../support/corpus'

const inflate = { inflate: () => null }

function openTrace(file: string): Trace | undefined {
  try {
    const trace = new Trace(memorySource(captureBytes(file), file), inflate)
    while (trace.advance(4096, { depth: 'state', keep: true }) > 0) {
      // advance() does the work
    }
    return trace
  } catch (error) {
    if (error instanceof CaptureFileError) return undefined
    throw error
  }
}

/** A page load over TLS, with its keys. */
function journey(): Trace {
  const folder = path.join(import.meta.dirname, '../captures/journey'),
    trace = new Trace(memorySource(readFileSync(path.join(folder, 'client.pcap')), 'client.pcap'), nodeInflate, nodeCiphers)
  trace.session.state(KEY_LOG).addText(readFileSync(path.join(folder, 'client.keylog'), 'utf8'))
  while (trace.advance(4096, { depth: 'state', keep: true }) > 0) {
    // advance() does the work
  }
  return trace
}

const SINGLE = [
  'frame',
  'eth',
  'vlan',
  'ip',
  'ipv6',
  'tcp',
  'udp',
  'frame.number > 3',
  'frame.len >= 100',
  'frame.cap_len < 60',
  'frame.marked == 1',
  'frame.ignored',
  'frame.time_relative > 0.5',
  'frame.time_delta <= 0.001',
  'frame.time_epoch > 1000000000',
  'ip.src == 10.0.0.0/8',
  'ip.dst != 192.168.0.0/16',
  'ip.addr == 127.0.0.1',
  'ipv6.src == fe80::/10',
  'ipv6.addr == ::1',
  'tcp.port == 80',
  'tcp.srcport > 1024',
  'tcp.dstport in {1..1023, 8080}',
  'tcp.stream == 0',
  'tcp.len > 0',
  'tcp.len == 0',
  'tcp.seq_raw > 2000000000',
  'tcp.ack_raw == 0',
  'tcp.window_size_value < 1000',
  'tcp.flags.syn == 1',
  'tcp.flags.ack == 0',
  'tcp.flags.fin == 1',
  'tcp.flags.reset == 1',
  'tcp.flags.push == 1',
  'tcp.flags.urg == 1',
  'tcp.flags.res == 1',
  'tcp.flags & 0x02',
  'tcp.flags == 0x0018',
  'tcp.analysis.flags',
  'tcp.analysis.fast_retransmission',
  'tcp.analysis.spurious_retransmission',
  'tcp.analysis.out_of_order',
  'tcp.analysis.lost_segment',
  'tcp.analysis.ack_lost_segment',
  'tcp.analysis.keep_alive',
  'tcp.analysis.keep_alive_ack',
  'tcp.analysis.duplicate_ack',
  'tcp.analysis.window_update',
  'tcp.analysis.window_full',
  'tcp.analysis.zero_window',
  'tcp.analysis.zero_window_probe',
  'tcp.analysis.zero_window_probe_ack',
  'tcp.analysis.reused_ports',
  'udp.port == 53',
  'udp.srcport != 53',
  'udp.dstport > 1024',
  'udp.stream < 2',
  'tcp.port == udp.port',
  'tcp.srcport + 1 > tcp.dstport',
  // not from columns: decided by the protocols, by another part, or by dissection alone
  'dns',
  'http',
  'arp',
  'icmp',
  'dns.qry.name',
  'http.request',
  'eth[0] & 1',
  'tcp contains "GET"',
  '_ws.malformed',
  'ip.ttl < 64',
  'tcp.analysis.retransmission',
  'len(tcp) > 20',
  'ip.addr#2 == 10.0.0.1',
  'ip.version == 6',
  'ip.addr != 127.0.0.1',
  'not ip.addr == 127.0.0.1',
  'tcp.port not in {80, 443}',
  'all tcp.port in {80, 443}',
  'all tcp.port > 1023',
  'tcp.port ~= 80',
  'tcp.port === 80',
  'tcp.port == tcp.dstport',
  'tcp.len == -1',
  'tcp.len != -1',
  '443 == tcp.port',
  'http.request == 1',
  '!http.request',
  'http.response',
  'http.request.uri',
  'http.request.method == "GET"',
  'http.response.code == 200',
  'http.host',
  'http.time < 1',
  'tls',
  'tls.handshake.type == 1',
  'ssh',
  'mdns',
  'data',
  'pppoes',
  'frame contains "HTTP"',
  'tcp.payload contains "HTTP"',
  'tcp contains "/1.1"',
  'ip contains 0d:0a',
  'udp contains "local"',
  'udp.payload contains 00:00',
  'eth contains 45:00',
  'http.request.uri contains "/"',
  'http.request.uri.query contains "="',
  'http.host contains "e"',
  'http.user_agent contains "Mozilla"',
  'http.content_type == "text/html"',
  'any http.server contains "Apache"',
  'http.response.phrase != "OK"',
  // found through the streams
  'tcp && ip.addr == 192.168.0.0/16',
  'ip.dst == 10.0.0.0/8 && tcp.dstport == 80',
  'udp && ipv6.addr == fe80::/10',
  'udp.port == 53 && ip.src != 10.0.0.1',
  'all tcp.port > 79 && tcp.stream > 0',
]

const condition: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...SINGLE),
    tie('any').map((inner) => `!(${inner})`),
    fc
      .tuple(tie('any'), fc.constantFrom('&&', '||', 'xor'), tie('any'))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
  ),
})).any

/** Packets where the index contradicts the dissection, or its answers for many packets contradict those for one. */
function contradictions(trace: Trace, text: string): string[] {
  const filter = compileFilter(text),
    plan = new IndexPlan(filter),
    wrong: string[] = [],
    rows = Uint32Array.from({ length: trace.packets }, (_unused, row) => row),
    kept = [...rows.subarray(0, plan.sift(trace, rows, rows.length))],
    expected = Array.from({ length: trace.packets }, (_unused, row) => row).filter((row) => plan.verdict(trace, row) !== VERDICT.NO)
  if (kept.join() !== expected.join())
    wrong.push(`${text}: of all packets of ${trace.source.name} ${kept.join()}, one by one ${expected.join()}`)
  const candidates = plan.candidates(trace, trace.packets)
  if (candidates !== undefined && [...new Set([...candidates, ...kept])].length !== candidates.length)
    wrong.push(`${text}: the streams of ${trace.source.name} lead to ${candidates.join()}, what may pass is ${kept.join()}`)
  for (let row = 0; row < trace.packets; row++) {
    const verdict = plan.verdict(trace, row)
    if (verdict === VERDICT.DISSECT) continue
    const passes = filter.matches(trace.dissect(row + 1, { summary: false, labels: false }).tree)
    if (passes !== (verdict === VERDICT.YES))
      wrong.push(`${text}: frame ${row + 1} of ${trace.source.name}: index ${verdict}, dissection ${passes ? 1 : 0}`)
  }
  return wrong
}

const MAX_PACKETS = 250
const traces = captureFiles('tcp', 'ip', 'dns', 'http1', 'tunnels', 'link', 'mixed').flatMap((file) => {
  const trace = openTrace(file)
  return trace !== undefined && trace.packets > 0 && trace.packets <= MAX_PACKETS ? [trace] : []
})

describe('a filter', () => {
  it.each(SINGLE)('%s is answered by the index as by the dissection', (text) => {
    expect(traces.length).toBeGreaterThan(5)
    expect(traces.flatMap((trace) => contradictions(trace, text)).slice(0, 5)).toEqual([])
  })

  it('of any parts is answered by the index as by the dissection', () => {
    fc.assert(
      fc.property(condition, fc.nat(), (text, choice) => {
        const trace = traces[choice % traces.length]
        expect(trace === undefined ? ['no captures'] : contradictions(trace, text).slice(0, 5)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('of endpoints is answered by the streams that have them', () => {
    const texts = ['tcp.stream == 0', 'tcp && ip.addr == 10.0.0.0/8', 'udp.port == 53', 'ip.src == 127.0.0.1 && tcp.flags.syn == 1']
    for (const text of texts) {
      const plan = new IndexPlan(compileFilter(text))
      for (const trace of traces) expect(plan.candidates(trace, trace.packets), `${text} in ${trace.source.name}`).toBeDefined()
    }
  })

  it('of a text in a head of HTTP finds what was decrypted or put together, too', () => {
    const trace = journey(),
      texts = [
        'http.host contains "example"',
        'http.request.uri contains "/"',
        'http.request.method == "GET"',
        'http.user_agent contains "l"',
        'http.content_type contains "html"',
        'http.response.phrase == "OK"',
      ]
    expect(texts.flatMap((text) => contradictions(trace, text))).toEqual([])
    const { matches } = compileFilter('tls && http.request.method == "GET" && !(frame contains "GET")')
    const decrypted = Array.from({ length: trace.packets }, (_unused, row) => row + 1).filter((number) =>
      matches(trace.dissect(number, { summary: false, labels: false }).tree),
    )
    expect(decrypted.length).toBeGreaterThan(3)
  })

  it('that columns can answer never asks for a dissection of packets that the index understands', () => {
    const understood = traces
      .flatMap((trace) => Array.from({ length: trace.packets }, (_unused, row) => ({ trace, row })))
      .filter(({ trace, row }) => (trace.records.status.get(row) & 4) === 0)
    expect(understood.length).toBeGreaterThan(100)
    for (const text of [
      'tcp.port == 80',
      'tcp.flags.syn == 1 && ip.src == 10.0.0.0/8',
      '!(udp) || frame.len > 100',
      'tcp.analysis.flags',
      'http.request || !(http.response)',
      'tcp.port not in {80, 443} && ip.addr != 10.0.0.1',
    ]) {
      const plan = new IndexPlan(compileFilter(text))
      for (const { trace, row } of understood) expect(plan.verdict(trace, row)).not.toBe(VERDICT.DISSECT)
    }
  })
})
