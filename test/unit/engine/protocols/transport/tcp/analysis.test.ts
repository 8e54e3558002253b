// Sequence analysis: what users compare with tshark, on random traces, and the plain cases in words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../../../src/engine/bytes/byte-source'
import { fieldText } from '../../../../../../src/engine/dissect/format'
import { fieldByName } from '../../../../../../src/engine/dissect/registry'
import { Trace } from '../../../../../../src/engine/index/trace'
import { NO_TSHARK, tshark, tsharkVersion } from '../../../../../support/tshark'
import { randomSegments, segmentCapture } from '../../../../../support/tcp-segments'
import type { BuiltSegment } from '../../../../../support/tcp-segments'

const FIELDS = [
  'tcp.stream',
  'tcp.completeness',
  'tcp.seq',
  'tcp.ack',
  'tcp.nxtseq',
  'tcp.len',
  'tcp.window_size',
  'tcp.window_size_scalefactor',
  'tcp.time_relative',
  'tcp.time_delta',
  'tcp.analysis.acks_frame',
  'tcp.analysis.ack_rtt',
  'tcp.analysis.initial_rtt',
  'tcp.analysis.bytes_in_flight',
  'tcp.analysis.push_bytes_sent',
  'tcp.analysis.rto',
  'tcp.analysis.rto_frame',
  'tcp.analysis.duplicate_ack_num',
  'tcp.analysis.duplicate_ack_frame',
  'tcp.connection.fin_active',
  'tcp.connection.fin_passive',
  'tcp.analysis.retransmission',
  'tcp.analysis.fast_retransmission',
  'tcp.analysis.spurious_retransmission',
  'tcp.analysis.out_of_order',
  'tcp.analysis.reused_ports',
  'tcp.analysis.lost_segment',
  'tcp.analysis.ack_lost_segment',
  'tcp.analysis.window_update',
  'tcp.analysis.window_full',
  'tcp.analysis.keep_alive',
  'tcp.analysis.keep_alive_ack',
  'tcp.analysis.zero_window_probe',
  'tcp.analysis.zero_window',
  'tcp.analysis.zero_window_probe_ack',
  'tcp.analysis.duplicate_ack',
]

function ours(capture: Uint8Array, fields: readonly string[]): string[][] {
  const trace = new Trace(memorySource(capture), { inflate: () => null }),
    ids = fields.map((name) => fieldByName(name)?.id),
    rows: string[][] = []
  while (trace.visitNext({ summary: false, labels: false })) {
    const { tree } = trace.decoder
    rows.push(
      ids.map((id) =>
        Array.from({ length: tree.count }, (_, node) => node)
          .filter((node) => tree.field(node) === id)
          .map((node) => fieldText(tree, node))
          .join(','),
      ),
    )
  }
  return rows
}

function theirs(capture: Uint8Array, fields: readonly string[]): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-')),
    file = path.join(folder, 'segments.pcap')
  try {
    writeFileSync(file, capture)
    const run = tshark(['-n', '-r', file, '-T', 'fields', '-E', 'separator=|', ...fields.flatMap((field) => ['-e', field])])
    return run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('|'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(tsharkVersion === undefined)(`analysis of random traces is tshark's (else: ${NO_TSHARK})`, () => {
  for (const seed of [12, 14, 31]) {
    test(`seed ${seed}`, () => {
      const segments = randomSegments(seed, 150),
        capture = segmentCapture(segments),
        expected = theirs(capture, FIELDS)
      const got = ours(capture, FIELDS),
        named = (row: readonly string[] | undefined) => FIELDS.map((field, i) => `${field}=${row?.[i] ?? ''}`)
      expect(got).toHaveLength(expected.length)
      got.forEach((row, i) => expect(named(row), `frame ${i + 1}`).toEqual(named(expected[i])))
    })
  }
})

/** A client that has connected. */
const HANDSHAKE: BuiltSegment[] = [
  { sequence: 99, flags: 0x02, time: 0 },
  { fromServer: true, sequence: 499, acknowledgment: 100, flags: 0x12, time: 1000 },
  { sequence: 100, acknowledgment: 500, flags: 0x10, time: 2000 },
]

function flagsOf(segments: readonly BuiltSegment[]): string[] {
  const names = FIELDS.filter((field) =>
    /^tcp\.analysis\.(retr|fast|spur|out|reused|lost|ack_lost|window|keep|zero|duplicate_ack$)/.test(field),
  )
  const rows = ours(segmentCapture([...HANDSHAKE, ...segments]), names)
  return rows.slice(HANDSHAKE.length).map((row) =>
    names
      .filter((_, i) => row[i] !== '')
      .map((name) => name.slice('tcp.analysis.'.length))
      .join(' '),
  )
}

describe('what an observer sees', () => {
  test('a segment that comes again after a while was sent again', () => {
    const data = { sequence: 100, acknowledgment: 500, flags: 0x18, payload: 'x'.repeat(50) }
    expect(
      flagsOf([
        { ...data, time: 3000 },
        { ...data, time: 303_000 },
      ]),
    ).toEqual(['', 'retransmission'])
  })
  test('a gap is told, and the segment that fills it soon is out of order', () => {
    const data = { acknowledgment: 500, flags: 0x10, payload: 'x'.repeat(50) }
    expect(
      flagsOf([
        { ...data, sequence: 100, time: 3000 },
        { ...data, sequence: 200, time: 3100 },
        { ...data, sequence: 150, time: 3200 },
      ]),
    ).toEqual(['', 'lost_segment', 'out_of_order'])
  })
  test('two duplicate acknowledgments make the repeated segment a fast retransmission', () => {
    const data = { acknowledgment: 500, flags: 0x10, payload: 'x'.repeat(50) },
      ack = { fromServer: true, sequence: 500, acknowledgment: 150, flags: 0x10 }
    expect(
      flagsOf([
        { ...data, sequence: 100, time: 3000 },
        { ...data, sequence: 150, time: 3100 },
        { ...data, sequence: 200, time: 3200 },
        { ...ack, time: 4000 },
        { ...ack, time: 4100 },
        { ...ack, time: 4200 },
        { ...data, sequence: 150, time: 5000 },
      ]),
    ).toEqual(['', '', '', '', 'duplicate_ack', 'duplicate_ack', 'retransmission fast_retransmission'])
  })
  test('data that was acknowledged already is a spurious retransmission', () => {
    const data = { sequence: 100, acknowledgment: 500, flags: 0x10, payload: 'x'.repeat(50) }
    expect(
      flagsOf([
        { ...data, time: 3000 },
        { fromServer: true, sequence: 500, acknowledgment: 150, flags: 0x10, time: 4000 },
        { ...data, time: 90_000 },
      ]),
    ).toEqual(['', '', 'retransmission spurious_retransmission'])
  })
  test('a closed window, the probe into it and the answer', () => {
    expect(
      flagsOf([
        { fromServer: true, sequence: 500, acknowledgment: 100, flags: 0x10, window: 0, time: 3000 },
        { sequence: 100, acknowledgment: 500, flags: 0x10, payload: 'x', time: 400_000 },
        { fromServer: true, sequence: 500, acknowledgment: 100, flags: 0x10, window: 0, time: 401_000 },
        { fromServer: true, sequence: 500, acknowledgment: 100, flags: 0x10, window: 900, time: 500_000 },
      ]),
    ).toEqual(['zero_window', 'zero_window_probe', 'zero_window zero_window_probe_ack', 'window_update'])
  })
  test('a SYN with another number on the same ports begins another stream', () => {
    const rows = ours(segmentCapture([...HANDSHAKE, { sequence: 70_000, flags: 0x02, time: 9_000_000 }]), [
      'tcp.stream',
      'tcp.analysis.reused_ports',
    ])
    expect(rows.map((row) => row.join(' '))).toEqual(['0 ', '0 ', '0 ', '1 1'])
  })
})
