// First packets of QUIC against tshark: what can be read of them when the ends agree on a version, by negotiation or within the handshake.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { udpFrame } from '../support/conversations'
import { DRAFT_29, GREASE, VERSION_1, initialPacket } from '../support/quic-packets'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const FIRST = Buffer.from('8394c8f03e515708', 'hex'),
  OTHER = Buffer.from('1122334455667788', 'hex'),
  CLIENT = Buffer.from('c101', 'hex'),
  SERVER = Buffer.from('5e5e5e5e5e5e5e5e', 'hex'),
  PING = Buffer.from([1])

type Packet = readonly ['client' | 'server', Uint8Array]
const first = (version: number, number: number, destination = FIRST): Packet => [
  'client',
  initialPacket(destination, CLIENT, number, PING, { version }),
]
const later = (version: number, number: number, destination = FIRST): Packet => [
  'client',
  initialPacket(destination, CLIENT, number, PING, { version, to: SERVER }),
]
const answer = (version: number, number: number, destination = FIRST): Packet => [
  'server',
  initialPacket(destination, SERVER, number, PING, { version, fromServer: true, to: CLIENT }),
]
const negotiation: Packet = [
  'server',
  Buffer.concat([Buffer.from([0xf5, 0, 0, 0, 0, CLIENT.length]), CLIENT, Buffer.from([FIRST.length]), FIRST, Buffer.from([0, 0, 0, 1])]),
]

const EXCHANGES: readonly (readonly [title: string, packets: readonly Packet[]])[] = [
  ['one version', [first(VERSION_1, 0), answer(VERSION_1, 0), later(VERSION_1, 1), answer(VERSION_1, 1)]],
  [
    'version negotiation to the same destination',
    [first(GREASE, 0), negotiation, first(VERSION_1, 0), answer(VERSION_1, 0), later(VERSION_1, 1), answer(VERSION_1, 1)],
  ],
  [
    'version negotiation to another destination',
    [first(GREASE, 0), negotiation, first(VERSION_1, 0, OTHER), answer(VERSION_1, 0, OTHER), later(VERSION_1, 1, OTHER)],
  ],
  ['the server answers in another version', [first(VERSION_1, 0), answer(DRAFT_29, 0), later(DRAFT_29, 1), answer(DRAFT_29, 1)]],
  [
    'a first packet comes again when the server has changed the version',
    [first(VERSION_1, 0), answer(DRAFT_29, 0), first(VERSION_1, 1), later(DRAFT_29, 2), answer(VERSION_1, 1), later(VERSION_1, 3)],
  ],
  ['the client changes the version by itself', [first(DRAFT_29, 0), first(VERSION_1, 1), later(VERSION_1, 2), answer(DRAFT_29, 0)]],
]

describe.skipIf(tsharkVersion === undefined)(`QUIC versions: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-quic-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  test.each(EXCHANGES)('%s', (title, packets) => {
    const frames = packets.map(([who, bytes]) =>
      who === 'client' ? udpFrame(50_000, 443, bytes) : udpFrame(443, 50_000, bytes, '10.0.0.2', '10.0.0.1'),
    )
    const { theirs, ours } = bothPrograms(path.join(folder, `${title.replace(/\W+/g, '-')}.pcap`), frames, ['quic'])
    expect(ours).toEqual(theirs)
  })
})
