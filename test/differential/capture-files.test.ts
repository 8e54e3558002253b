// Held against tshark and capinfos on real files: how many records a file has, their lengths and times, whether it is refused or
// damaged, and that what we save is what tshark reads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ByteSource } from '../../src/engine/bytes/byte-source'
import { openCapture } from '../../src/engine/capture/open'
import { saveCapture } from '../../src/engine/capture/save-capture'
import { openSource } from '../../src/node/capture-source/open-source'
import { captureFiles, corpusFolder } from '../support/corpus'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const absent =
  tsharkVersion === undefined ? NO_TSHARK : corpusFolder === undefined ? 'the shared corpus is not beside the project' : undefined

/** Fractions of more than a second: tshark prints them as they stand, we carry them into the seconds. */
const INVALID_TIMES = /timestamp_invalid|ejemplo|atm-oam-loopback-print-overrun|crash-|clusterfuzz|sctp_iua|heapoverflow|avp-overflow/

/** Number, lengths and time of every record, as tshark prints them. */
function theirs(file: string): { rows: string[]; status: number | null } {
  const { stdout, status } = tshark([
    '-n',
    '-r',
    file,
    '-T',
    'fields',
    '-e',
    'frame.number',
    '-e',
    'frame.len',
    '-e',
    'frame.cap_len',
    '-e',
    'frame.time_epoch',
  ])
  return { rows: stdout.split('\n').filter((line) => line !== ''), status }
}

async function ours(file: string): Promise<{ rows: string[]; status: string }> {
  const rows: string[] = []
  let source: (ByteSource & { whenMore(): Promise<void> }) | undefined
  try {
    source = await openSource(file)
    const reader = openCapture(source)
    for (;;) {
      const status = reader.next()
      if (status === 'wait') await source.whenMore()
      else if (status !== 'packet') return { rows, status }
      else {
        const time = reader.hasTime ? `${reader.seconds}.${String(reader.nanoseconds).padStart(9, '0')}` : ''
        rows.push([reader.packets, reader.originalLength, reader.capturedLength, time].join('\t'))
      }
    }
  } catch (error) {
    return { rows, status: error instanceof Error ? `refused: ${error.message}` : 'refused' }
  } finally {
    source?.close()
  }
}

function withoutTime(row: string): string {
  return row.split('\t').slice(0, 3).join('\t')
}

describe.skipIf(absent !== undefined)(absent === undefined ? 'files of the corpus' : `SKIPPED, ${absent}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-saved-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  test.each(captureFiles('formats', 'malformed').map((file) => [path.basename(file), file] as const))('%s', async (name, file) => {
    const want = theirs(file)
    const got = await ours(file)
    const compare = INVALID_TIMES.test(name) ? withoutTime : (row: string) => row
    expect(got.rows.map(compare)).toEqual(want.rows.map(compare))
    expect(got.status === 'end').toBe(want.status === 0)
  })

  test('saved files are read by tshark as the originals', async () => {
    for (const name of [
      'pcapngtest__difficult_test202.pcapng',
      'scapy__pfcp.pcap',
      'wireshark__dhcp-nanosecond.pcap',
      'brimcap__non-overlap.pcapng',
      'wswiki__aa.pcap',
      'pcapplusplus__nanosecs_big_endian.pcap',
    ]) {
      const [file] = captureFiles('formats').filter((candidate) => path.basename(candidate) === name)
      if (file === undefined) throw new Error(`${name} is not in the corpus`)
      const source = await openSource(file)
      const parts: Uint8Array[] = []
      const result = saveCapture(source, { write: (part) => parts.push(part.slice()) }, { format: 'pcapng' })
      source.close()
      const saved = path.join(folder, name)
      writeFileSync(saved, Buffer.concat(parts))
      const after = theirs(saved)
      expect(after.status).toBe(0)
      expect(after.rows).toHaveLength(result.packets)
      // A do-not-copy block is gone, and the rows after it have other numbers.
      if (result.leftOut === 0) expect(after.rows).toEqual(theirs(file).rows)
    }
  })
})
