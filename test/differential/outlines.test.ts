// Protocols of which only the frame is known, and capture headers in front of IP, against tshark: where it shows data and where it does not.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { octets, tcpConnection, udpFrame } from '../support/conversations'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const IP = udpFrame(40_000, 9, octets('payload')).subarray(14),
  hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex'),
  NSH = hex('0fc2 02 01 000001 ff')
/** Packets of a protocol over UDP that takes everything on its port, and of some that look first. */
const DATAGRAMS: readonly (readonly [title: string, port: number, payload: Buffer])[] = [
  ['IAX2', 4569, Buffer.alloc(12, 0x80)],
  ['ICP', 3130, Buffer.alloc(24, 1)],
  ['SLP', 427, Buffer.alloc(20, 2)],
  ['TACACS', 49, Buffer.alloc(20, 3)],
  ['PTP, version 2', 319, Buffer.concat([hex('0002 002c'), Buffer.alloc(40)])],
  ['Rx, data', 7001, Buffer.concat([Buffer.alloc(20), hex('01'), Buffer.alloc(11)])],
  ['not Rx', 7001, Buffer.alloc(32)],
]
const STREAMS: readonly (readonly [title: string, port: number, segments: readonly Buffer[]])[] = [
  ['Modbus', 502, [hex('0001 0000 0006 01 03'), hex('0000 0001')]],
  ['DNP3', 20_000, [hex('0564 05 c0 0100'), hex('0000 04e9')]],
  ['IEC 104', 2404, [hex('68 04 07'), hex('00 00 00')]],
  ['OpenFlow', 6653, [hex('01 00 0008 00000001'), hex('01 02 000c 00000001'), hex('00000000')]],
  ['FIX', 4000, [octets('8=FIX.4.2\x019=5\x0135=0\x01'), octets('10=161\x01')]],
]

describe.skipIf(tsharkVersion === undefined)(`outlines: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-outlines-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const compare = (title: string, frames: readonly Uint8Array[], prefixes: readonly string[], linkType = 1) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title.replace(/\W+/g, '-')}.pcap`), frames, prefixes, linkType)
    expect(ours).toEqual(theirs)
  }
  test.each(DATAGRAMS)('over UDP: %s', (title, port, payload) => {
    compare(title, [udpFrame(40_000, port, payload)], ['udp', 'data'])
  })
  test.each(STREAMS)('over TCP, in segments: %s', (title, port, segments) => {
    // the user data of DNP3's frames are data to tshark as well
    const shown = title === 'DNP3' ? [] : ['data']
    compare(
      title,
      tcpConnection(
        40_000,
        port,
        segments.map((bytes) => ['client', bytes] as const),
      ),
      ['tcp.segment', 'tcp.reassembled', ...shown],
    )
  })
  test.each([
    [
      'NFLOG',
      239,
      Buffer.concat([hex('02 00 0014 0800 0100 0800 0300'), hex(`${(IP.length + 4).toString(16).padStart(2, '0')}00 0900`), IP]),
    ],
    ['IPoIB', 242, Buffer.concat([Buffer.alloc(20), hex('00000550'), Buffer.alloc(16, 0xfe), hex('0800 0000'), IP])],
    ['IPNET', 226, Buffer.concat([hex('01 02 0000'), hex('00000023 00000002 00000000 ffffffff 00000000'), IP])],
  ] as const)('in front of IP: %s', (title, linkType, frame) => {
    compare(title, [frame], ['ip', 'udp', 'data', 'ipnet'], linkType)
  })
  test('service paths: NSH over VXLAN-GPE, MPLS over UDP, GRE over UDP', () => {
    compare(
      'paths',
      [
        udpFrame(40_000, 4790, Buffer.concat([hex('0c 0000 04 000001 00'), NSH, IP])),
        udpFrame(40_000, 6635, Buffer.concat([hex('00010140'), IP])),
        udpFrame(40_000, 4754, Buffer.concat([hex('0000 0800'), IP])),
      ],
      ['ip', 'udp', 'data', 'mpls', 'gre'],
    )
  })
})
