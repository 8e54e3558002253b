// Which datagrams on ports of nobody are DNS: as tshark has it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { udpDatagram } from '../support/pcap-builder'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

/** A header with flags and counts, and `rest` bytes of name labels behind it. */
function message(flags: number, counts: readonly number[], rest: number): Uint8Array {
  const bytes = Buffer.alloc(12 + rest, 1)
  for (const [i, value] of [0x1234, flags, ...counts].entries()) bytes.writeUInt16BE(value, i * 2)
  return bytes
}

describe.skipIf(tsharkVersion === undefined)(`DNS: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-dns-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  test('is recognised by opcode and counts', () => {
    const counts = [
      ...[
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [2, 0, 0, 0],
        [0, 1, 0, 0],
        [1, 1, 0, 0],
        [1, 0, 1, 0],
      ],
      ...[10, 11].flatMap((most) => [
        [1, 0, most, 0],
        [1, 0, 0, most],
      ]),
      ...[
        [1, 100, 0, 0],
        [1, 101, 0, 0],
        [1, 100, 10, 10],
      ],
    ]
    const messages = [
      ...[0, 0x0100, 0x0800, 0x1000, 0x2800, 0x7800, 0x8000, 0x8180, 0x87ff, 0x8980, 0xa800].flatMap((flags) =>
        counts.map((each) => message(flags, each, 40)),
      ),
      ...[0, 1, 4, 5, 16].flatMap((rest) => [message(0x0100, [1, 0, 0, 0], rest), message(0x8180, [1, 1, 0, 0], rest)]),
    ]
    const frames = messages.map((bytes, i) => udpDatagram((i % 250) + 1, 251, 40_000 + i, bytes))
    const { theirs, ours } = bothPrograms(path.join(folder, 'recognition.pcap'), frames, ['frame'])
    expect(ours).toEqual(theirs)
  })
})
