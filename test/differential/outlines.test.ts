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
  ['STUN of a method that nobody has', 45_000, Buffer.concat([hex('0800 0000 2112a442'), Buffer.alloc(12)])],
  ['STUN before RFC 5389', 45_000, Buffer.concat([hex('0001 0008 01020304'), Buffer.alloc(12), hex('0003 0004 00000000')])],
  ['STUN that carries a datagram', 45_000, Buffer.concat([hex('0016 0008 2112a442'), Buffer.alloc(12), hex('0013 0003 61626300')])],
  ['RADIUS of a code that nobody has', 1812, Buffer.concat([hex('c8 01 0014'), Buffer.alloc(16)])],
  ['GQUIC, version 46', 45_000, Buffer.concat([hex('c3 51303436 50'), Buffer.alloc(20)])],
  ['GQUIC, a version that never was', 45_000, Buffer.concat([hex('09'), Buffer.alloc(8), octets('Q050'), Buffer.alloc(20)])],
  ['eDonkey', 4672, hex('e3 9600')],
  ['not eDonkey', 4672, hex('e2 9600')],
]
const STREAMS: readonly (readonly [title: string, port: number, segments: readonly Buffer[]])[] = [
  ['Modbus', 502, [hex('0001 0000 0006 01 03'), hex('0000 0001')]],
  ['DNP3', 20_000, [hex('0564 05 c0 0100'), hex('0000 04e9')]],
  ['IEC 104', 2404, [hex('68 04 07'), hex('00 00 00')]],
  ['OpenFlow', 6653, [hex('01 00 0008 00000001'), hex('01 02 000c 00000001'), hex('00000000')]],
  ['XMPP', 5222, [octets("<message to='a'><body>h"), octets('i</body></message>'), octets(' ')]],
  ['Kafka', 9092, [hex('0000 0004 0000'), hex('0001 0000 0000')]],
  ['AgentX', 705, [Buffer.concat([hex('01 01 10 00'), Buffer.alloc(12), hex('00000004')]), hex('00000000')]],
  ['AgentX, little endian', 705, [Buffer.concat([hex('01 01 00 00'), Buffer.alloc(12), hex('04000000')]), hex('00000000')]],
  [
    'BitTorrent',
    6881,
    [Buffer.concat([hex('13'), octets('BitTorrent protocol'), Buffer.alloc(20)]), Buffer.concat([Buffer.alloc(28), hex('0000 0001 02')])],
  ],
  ['SLP, version 2', 427, [hex('02 01 00000e 0000'), hex('000000 0001 0000')]],
  ['SLP, version 1', 427, [hex('01 01 000c 0000'), hex('656e 0003 0001')]],
  ['SMPP', 4001, [hex('00000010 00000015 00000000 00000001 00000010 80000015'), hex('00000000 00000001')]],
  ['settings of HTTP/2, which are not SMPP', 4001, [hex('00001204 00000000 00000300 00006400 04001000 00000600 004000')]],
  ['DCE RPC', 4001, [hex('05 00 0b 03 10000000 1400 0000 01000000'), hex('00000000')]],
  ['not SMPP', 4001, [hex('00000010 00000016 00000000 00000001')]],
  ['AJP13 that is none', 8009, [hex('0102 0004 00'), hex('000000')]],
  ['TLS where nobody asked for it', 8009, [hex('1603 0300 32 01 00002e'), Buffer.alloc(46)]],
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
  test('frames inside CAPWAP: with the octets of the frame control swapped, behind radio information, and DTLS', () => {
    const wlan = hex('0040 0000 020000000001 020000000002 020000000003 1000'),
      management = Buffer.concat([wlan, hex('0004 74657374')])
    compare(
      'capwap',
      [
        udpFrame(40_000, 5247, Buffer.concat([hex('00 200320 0000 0000 04 04000000 000000'), management])),
        udpFrame(
          40_000,
          5247,
          Buffer.concat([hex('00 100300 0000 0000'), hex('0802 0000'), wlan.subarray(4), hex('aaaa03 000000 0800'), IP]),
        ),
        udpFrame(40_000, 5247, hex('00 100008 0000 0000 0001')),
        udpFrame(40_000, 5246, hex('01 000000 15 feff 0000000000000001 0002 0228')),
      ],
      ['capwap.header', 'wlan.fc', 'wlan.addr', 'wlan.tag', 'llc', 'ip', 'data', 'tls', 'dtls'],
    )
  })
  test('packet headers in the flow samples of sFlow', () => {
    const u32 = (...values: number[]) => Buffer.concat(values.map((value) => hex(value.toString(16).padStart(8, '0')))),
      header = Buffer.concat([hex('020000000001 020000000002 0800'), IP]),
      padded = Buffer.concat([header, Buffer.alloc((4 - (header.length & 3)) & 3)]),
      record = Buffer.concat([u32(1, 16 + padded.length, 1, header.length + 4, 4, header.length), padded]),
      flow = (kind: number, head: number) => Buffer.concat([u32(kind, head + 4 + record.length), Buffer.alloc(head), u32(1), record]),
      datagram = (...samples: Buffer[]) => Buffer.concat([u32(5, 1, 0x0a000001, 0, 1, 1, samples.length), ...samples])
    compare(
      'sflow',
      [udpFrame(40_000, 6343, datagram(flow(1, 28), flow(1, 28))), udpFrame(40_000, 6343, datagram(flow(3, 40)).subarray(0, 120))],
      ['eth', 'ip', 'udp', 'data'],
    )
  })
  test.each([
    ['switch time stamps of Arista', '020000000001 020000000002 d28b 0001 0010 5ceeed57 384f59c8 0800', IP],
    ['Arista, 48 bits', '020000000001 020000000002 d28b 0001 0020 5ceeed57384f 0800', IP],
    ['LACP', '0180c2000002 020000000002 8809 01 01', Buffer.alloc(108)],
    ['LLDP', '0180c200000e 020000000002 88cc 0207 04 020000000001 0403 056161 0602 0078 0000', Buffer.alloc(0)],
    ['DVMRP in IGMP', '01005e000004 020000000002 0800 4600 0020 0000 0000 01 02 0000 0a000001 e0000004 94040000 13 01', Buffer.alloc(6)],
  ])('at the link: %s', (title, head, rest) => {
    compare(title, [Buffer.concat([hex(head), rest])], ['ip', 'igmp', 'data', 'udp', 'avsp', 'eth.trailer', 'eth.padding'])
  })
  test('names inside outlines: IS-IS, OpenFlow, IEC 104, Multipath TCP', () => {
    const isis = hex('0180c2000014 020000000002 0020 fefe03 83 1b 01 00 14 01 00 00')
    compare('isis', [Buffer.concat([isis, Buffer.alloc(21)])], ['frame.protocols', 'data'])
  })
  test('a segment out of order inside a message that is being collected is a part of it', () => {
    const response = octets(`HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n${'x'.repeat(60)}`),
      parts = [response.subarray(0, 50), response.subarray(50, 70), response.subarray(70, 90), response.subarray(90)],
      frames = tcpConnection(40_000, 80, [
        ['client', octets('GET / HTTP/1.1\r\n\r\n')],
        ...parts.map((bytes) => ['server', bytes] as const),
      ])
    // the third part comes in front of the second
    const at = frames.length - frames.toReversed().findIndex((frame) => Buffer.from(frame).includes('xxxx')) - 1
    ;[frames[at - 1], frames[at - 2]] = [frames[at - 2] ?? new Uint8Array(), frames[at - 1] ?? new Uint8Array()]
    compare('order', frames, ['tcp.segment', 'tcp.reassembled', 'http'])
  })
})
