// OpenVPN against tshark, field by field: every kind of packet over UDP and TCP, TLS in one control packet and in several, with and without a code of
// authentication.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { tcpConnection, udpFrame } from '../support/conversations'
import type { Turn } from '../support/conversations'
import { helloRecord } from '../support/eap-packets'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const CLIENT = Buffer.from('0102030405060708', 'hex'),
  SERVER = Buffer.from('1112131415161718', 'hex'),
  NOTHING = Buffer.alloc(0),
  HELLO = helloRecord([0x1301]),
  LONG_HELLO = helloRecord(Array.from({ length: 100 }, (_, i) => 0xc000 + i)),
  HMAC = Buffer.concat([Buffer.alloc(20, 0x5a), Buffer.from('0000000753727b00', 'hex')])

type Who = Turn[0]
interface Control {
  readonly who?: Who
  readonly acknowledged?: readonly number[]
  readonly head?: Buffer
}
const u32 = (value: number) => Buffer.from([0, 0, value >> 8, value & 255])
const short = (opcode: number, body: Uint8Array, who: Who = 'client'): [Who, Buffer] => [
  who,
  Buffer.concat([Buffer.from([opcode << 3]), body]),
]
/** A packet of the control channel; identifier -1 = none. */
function control(opcode: number, identifier: number, payload: Uint8Array = NOTHING, choice: Control = {}): [Who, Buffer] {
  const { who = 'client', acknowledged = [], head = NOTHING } = choice,
    [own, other] = who === 'client' ? [CLIENT, SERVER] : [SERVER, CLIENT]
  const list = acknowledged.length ? [...acknowledged.map(u32), other] : []
  return short(
    opcode,
    Buffer.concat([own, head, Buffer.from([acknowledged.length]), ...list, identifier < 0 ? NOTHING : u32(identifier), payload]),
    who,
  )
}
const inParts = (record: Buffer, head = NOTHING) =>
  Array.from({ length: Math.ceil(record.length / 100) }, (_, i) => control(4, 10 + i, record.subarray(i * 100, (i + 1) * 100), { head }))

const CASES: readonly (readonly [title: string, packets: readonly (readonly [Who, Buffer])[]])[] = [
  [
    'resets, acknowledgements, data',
    [
      control(7, 0),
      control(8, 0, NOTHING, { who: 'server', acknowledged: [0] }),
      control(5, -1, NOTHING, { acknowledged: [0, 1, 2] }),
      control(1, 0, Buffer.from('abc')),
      control(3, 1),
      short(6, Buffer.from('datadata')),
      short(6, NOTHING),
      short(9, Buffer.from('010203datadata', 'latin1')),
      short(9, Buffer.from('123', 'latin1')),
      short(31, Buffer.from('shorter')),
    ],
  ],
  [
    'TLS in one packet',
    [control(7, 0), control(4, 1, HELLO), control(4, 2, HELLO, { acknowledged: [1] }), control(4, 3, LONG_HELLO), control(4, 4)],
  ],
  ['TLS in several packets', [control(7, 0), ...inParts(LONG_HELLO), control(4, 20, HELLO)]],
  [
    'with a code of authentication',
    [control(7, 0, NOTHING, { head: HMAC }), ...inParts(LONG_HELLO, HMAC), control(5, -1, NOTHING, { acknowledged: [4], head: HMAC })],
  ],
  [
    'a wrapped key',
    [
      short(
        10,
        Buffer.concat([
          CLIENT,
          Buffer.from('0000000153727b00', 'hex'),
          Buffer.alloc(32, 0xaa),
          Buffer.alloc(9, 0xbb),
          Buffer.alloc(50, 0xcc),
          Buffer.from([0, 52]),
        ]),
      ),
      short(
        11,
        Buffer.concat([
          CLIENT,
          Buffer.from('0000000153727b00', 'hex'),
          Buffer.alloc(32, 0xaa),
          Buffer.alloc(9, 0xbb),
          Buffer.alloc(50, 0xcc),
          Buffer.from([0, 52]),
        ]),
      ),
      short(10, Buffer.concat([CLIENT, Buffer.from('0000000153727b00', 'hex'), Buffer.alloc(32, 0xaa), Buffer.alloc(9, 0xbb)])),
    ],
  ],
]

describe.skipIf(tsharkVersion === undefined)(`OpenVPN: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-openvpn-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const compare = (title: string, frames: readonly Uint8Array[]) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title.replace(/\W+/g, '-')}.pcap`), frames, [
      'openvpn',
      'tls',
      'frame',
      'data',
    ])
    expect(ours).toEqual(theirs)
  }
  test.each(CASES)('over UDP: %s', (title, packets) => {
    compare(
      title,
      packets.map(([who, packet]) =>
        who === 'client' ? udpFrame(40_000, 1194, packet) : udpFrame(1194, 40_000, packet, '10.0.0.2', '10.0.0.1'),
      ),
    )
  })
  test.each(CASES)('over TCP, several in a segment and one in several: %s', (title, packets) => {
    const turns: Turn[] = packets.flatMap(([who, packet]): Turn[] => {
      const whole = Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet])
      return whole.length > 60
        ? [
            [who, whole.subarray(0, 40)],
            [who, whole.subarray(40)],
          ]
        : [[who, whole]]
    })
    compare(`tcp ${title}`, tcpConnection(40_000, 1194, turns))
    const joined = packets
      .filter(([who]) => who === 'client')
      .map(([, packet]) => Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet]))
    compare(`joined ${title}`, tcpConnection(40_000, 1194, [['client', Buffer.concat(joined)]]))
  })
})
