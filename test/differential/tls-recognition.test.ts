// Which first segments on ports of nobody are TLS, which suites' key exchange messages are opened, and which handshakes take up a session: as tshark has it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { tcpConnection } from '../support/conversations'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const u16 = (value: number) => Buffer.from([value >> 8, value & 255])
const record = (type: number, version: number, body: Uint8Array, length = body.length) =>
  Buffer.concat([Buffer.from([type]), u16(version), u16(length), body])
const message = (type: number, body: Uint8Array) => record(22, 0x0303, Buffer.concat([Buffer.from([type, 0]), u16(body.length), body]))

/** A server's hello that chooses a suite, its parameters of a curve, and the client's. */
function exchange(suite: number): Buffer {
  const hello = Buffer.concat([u16(0x0303), Buffer.alloc(32, 7), Buffer.from([0]), u16(suite), Buffer.from([0])]),
    server = Buffer.concat([Buffer.from([3, 0, 0x17, 2, 4, 5, 4, 1, 0, 2, 6, 7])]),
    client = Buffer.from([2, 8, 9])
  return Buffer.concat([message(2, hello), message(12, server), message(16, client)])
}

describe.skipIf(tsharkVersion === undefined)(`TLS: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-tls-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  test('is recognised by a first record of a handshake or of application data', () => {
    const starts = [19, 20, 21, 22, 23, 24].flatMap((type) => [
      ...[0x02ff, 0x0300, 0x0301, 0x0303, 0x0304].map((version) => record(type, version, Buffer.alloc(32, 0xaa))),
      ...[0, 1, 4, 0x4000, 0x4800].map((length) => record(type, 0x0303, Buffer.alloc(Math.min(length, 8), 1), length)),
    ])
    const frames = starts.flatMap((start, i) => tcpConnection(20_000 + i, 40_000, [['client', start]], false))
    const { theirs, ours } = bothPrograms(path.join(folder, 'recognition.pcap'), frames, ['frame', 'data'])
    expect(ours).toEqual(theirs)
  })

  test('opens the parameters of curves by the suite', () => {
    const suites = [0xc009, 0xc013, 0xc02b, 0xc02f, 0xcca8, 0xcca9, 0xcc13, 0xcc14, 0xc048, 0xc04c, 0xc05c, 0xc060]
    const frames = suites.flatMap((suite, i) => tcpConnection(20_000 + i, 443, [['server', exchange(suite)]], false))
    const { theirs, ours } = bothPrograms(path.join(folder, 'suites.pcap'), frames, ['tls', 'frame'])
    expect(ours).toEqual(theirs)
  })

  test('records of no bytes, what looks like SSL 2.0 on a port of TLS, and TLS 1.3 by Facebook’s version', () => {
    const empty = (type: number) => record(type, 0x0301, Buffer.alloc(0)),
      data = record(23, 0x0301, Buffer.alloc(16, 7)),
      starts = [23, 22, 21, 20, 24].flatMap((type) => [
        empty(type),
        Buffer.concat([empty(type), data]),
        Buffer.concat([data, empty(type)]),
      ]),
      old = ['8000009000', '80000090', '8002010000000000', '8000030000', '8300000000'].map((text) => Buffer.from(text, 'hex')),
      hello = Buffer.concat([
        ...[u16(0x0303), Buffer.alloc(32, 7), Buffer.from([0]), u16(0x1301), Buffer.from([0])],
        ...[u16(6), u16(43), u16(2), u16(0xfb1a)],
      ])
    const frames = [
      ...tcpConnection(
        20_000,
        443,
        [data, ...starts].map((start) => ['server', start]),
        false,
      ),
      ...old.flatMap((start, i) => tcpConnection(20_001 + i, 993, [['client', start]], false)),
      ...tcpConnection(20_100, 443, [['server', Buffer.concat([message(2, hello), data])]], false),
    ]
    const { theirs, ours } = bothPrograms(path.join(folder, 'empty.pcap'), frames, ['tls', 'frame'])
    expect(ours).toEqual(theirs)
  })

  test('drafts of TLS 1.3: hellos without session id and compression, key shares under their old number, retries with a message of their own', () => {
    const extensions = (list: Uint8Array) => Buffer.concat([u16(list.length), list]),
      entry = Buffer.concat([u16(0x1d), u16(4), Buffer.from([1, 2, 3, 4])]),
      client = (version: number) =>
        Buffer.concat([
          Buffer.concat([u16(0x0303), Buffer.alloc(32, 7), Buffer.from([0]), u16(2), u16(0x1301), Buffer.from([1, 0])]),
          extensions(
            Buffer.concat([u16(40), u16(entry.length + 2), u16(entry.length), entry, u16(43), u16(3), Buffer.from([2]), u16(version)]),
          ),
        ]),
      server = (version: number) =>
        Buffer.concat([
          ...[u16(version), Buffer.alloc(32, 7), u16(0x1301)],
          extensions(Buffer.concat([u16(40), u16(entry.length), entry])),
        ]),
      retry = (version: number) =>
        Buffer.concat([u16(version), ...(version >= 0x7f13 ? [u16(0x1301)] : []), extensions(Buffer.concat([u16(40), u16(2), u16(0x1d)]))])
    const frames = [0x7f12, 0x7f13, 0x7f14, 0x7f15].flatMap((version, i) =>
      tcpConnection(
        20_000 + i,
        443,
        [
          ['client', message(1, client(version))],
          ['server', message(6, retry(version))],
          ['client', message(1, client(version))],
          ['server', message(2, server(version))],
        ],
        false,
      ),
    )
    const { theirs, ours } = bothPrograms(path.join(folder, 'drafts.pcap'), frames, ['tls', 'frame'])
    expect(theirs.flat().filter((row) => row.startsWith('tls.handshake.extensions_key_share_group='))).toHaveLength(12)
    expect(ours).toEqual(theirs)
  })

  test('tells the handshakes that take up an earlier session', () => {
    const hello = (type: number) =>
        message(
          type,
          Buffer.concat([
            u16(0x0303),
            Buffer.alloc(32, 7),
            Buffer.from([0]),
            ...(type === 1 ? [u16(2)] : []),
            u16(0xc02f),
            Buffer.from([...(type === 1 ? [1] : []), 0]),
          ]),
        ),
      change = record(20, 0x0303, Buffer.from([1])),
      finished = record(22, 0x0303, Buffer.alloc(40, 0xee)),
      ticket = message(4, Buffer.concat([Buffer.alloc(4), u16(8), Buffer.alloc(8, 5)])),
      done = message(14, Buffer.alloc(0)),
      keys = message(12, Buffer.from([3, 0, 0x17, 2, 4, 5, 4, 1, 0, 2, 6, 7]))
    const handshakes: (readonly [side: 'client' | 'server', bytes: Buffer])[][] = [
      [
        ['client', hello(1)],
        ['server', Buffer.concat([hello(2), change, finished])],
        ['client', Buffer.concat([change, finished])],
      ],
      [
        ['client', hello(1)],
        ['server', Buffer.concat([hello(2), ticket, change, finished])],
        ['client', Buffer.concat([change, finished])],
      ],
      [
        ['client', hello(1)],
        ['server', Buffer.concat([hello(2), keys, done])],
        ['client', Buffer.concat([message(16, Buffer.from([2, 8, 9])), change, finished])],
        ['server', Buffer.concat([change, finished])],
      ],
    ]
    const frames = handshakes.flatMap((turns, i) => tcpConnection(20_000 + i, 443, turns, false))
    const { theirs, ours } = bothPrograms(path.join(folder, 'resumed.pcap'), frames, ['tls', 'frame'])
    expect(theirs.flat().filter((row) => row.startsWith('tls.resumed'))).toHaveLength(2)
    expect(ours).toEqual(theirs)
  })
})
