// Protocols that carry others, and conversations that another protocol takes over, as captures of other people have them: against tshark, with packets made here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { octets, tcpConnection, udpFrame } from '../support/conversations'
import type { Turn } from '../support/conversations'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const WIRELESS = 105

describe.skipIf(tsharkVersion === undefined)(`carriers in foreign captures: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-carriers-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const compare = (title: string, frames: readonly Uint8Array[], prefixes: readonly string[], linkType = 1) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title}.pcap`), frames, prefixes, linkType)
    expect(ours).toEqual(theirs)
  }
  const inner = udpFrame(1234, 9, octets('payload-payload-payload-payload')),
    innerPacket = inner.subarray(14)
  /** A packet of an IP protocol, with octets behind the header of IPv4. */
  const packet = (protocol: number, body: Uint8Array) => {
    const frame = Buffer.concat([udpFrame(1, 2, new Uint8Array()).subarray(0, 34), body])
    frame.writeUInt8(protocol, 23)
    frame.writeUInt16BE(20 + body.length, 16)
    return frame
  }

  describe('TPKT', () => {
    const request = hex('0300 0013 0e e0 0000 0000 00 01 0008 000b000000'),
      data = hex('0300 0007 02f080'),
      hello = hex('1603010005 0100000100'),
      conversation = (port: number, parts: readonly Uint8Array[], from = 40_000) =>
        tcpConnection(
          from,
          port,
          parts.map((part): Turn => ['client', part]),
          false,
        )
    const fields = ['data', 'tls', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled']
    test('on its own port everything belongs to it', () => {
      compare('tpkt', conversation(102, [request, hello, data.subarray(0, 5), data.subarray(5), octets('text'), octets('x')]), fields)
    })
    test('on that of remote desktops what a message of it began, also the TLS that follows', () => {
      compare('rdp', conversation(3389, [request, hello, data, octets('text'), hex('170301 0005 6162636465')]), fields)
    })
    test('TLS and text that begin a conversation on that port are not', () => {
      compare('rdp-tls', [...conversation(3389, [hello, data]), ...conversation(3389, [octets('hello world')], 40_001)], fields)
    })
    test('a message and the start of the next one', () => {
      compare('two', conversation(102, [Buffer.concat([data, data.subarray(0, 3)]), data.subarray(3)]), fields)
    })
    test('what is no unit of the transport protocol is data', () => {
      compare(
        'units',
        conversation(
          102,
          ['00e0', '02a0', '06f0', '2b18', '0210'].map((unit) => hex(`0300 000c ${unit} 80000000 0000`)),
        ),
        fields,
      )
    })
  })

  test('BitTorrent on any port, from the handshake on', () => {
    const handshake = Buffer.concat([hex('13'), octets('BitTorrent protocol'), Buffer.alloc(48, 1)]),
      message = (type: number, size: number) =>
        Buffer.concat([hex((size + 1).toString(16).padStart(8, '0')), Buffer.of(type), Buffer.alloc(size, 2)]),
      turns = (...parts: Uint8Array[]) => parts.map((part): Turn => ['client', part]),
      piece = message(7, 200)
    compare(
      'bittorrent',
      [
        tcpConnection(40_000, 50_000, turns(handshake, message(5, 20), piece.subarray(0, 100), piece.subarray(100)), false),
        tcpConnection(40_001, 50_000, turns(message(5, 20), handshake, message(4, 4)), false),
        tcpConnection(40_002, 50_000, turns(handshake.subarray(0, 30), handshake.subarray(30), octets('no message')), false),
        tcpConnection(40_003, 50_000, turns(handshake.subarray(0, 19), handshake.subarray(19)), false),
      ].flat(),
      ['frame.protocols', 'data', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled'],
    )
  })

  test('IEC 104: what stands before a unit belongs to it, however it is cut', () => {
    const supervisory = hex('6804 0700 0000'),
      interrogation = hex('680e 0000 0000 64010600010000000014')
    const conversation = (from: number, ...parts: Uint8Array[]) =>
      tcpConnection(
        from,
        2404,
        parts.map((part): Turn => ['client', part]),
        false,
      )
    compare(
      'iec104',
      [
        conversation(40_000, supervisory, hex('00'), hex('0168'), supervisory),
        conversation(40_001, hex('00'), hex('01'), hex('02'), supervisory),
        conversation(40_002, Buffer.concat([octets('abc'), supervisory, octets('xyz')]), interrogation),
        conversation(40_003, Buffer.concat([supervisory, hex('000102'), interrogation])),
        conversation(40_004, octets('123456')),
        conversation(40_005, hex('6800'), supervisory),
      ].flat(),
      ['frame.protocols', 'data', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled'],
    )
  })

  test('LDAP: what SASL protects stands behind a length of its own, in one segment or more', () => {
    const bind = hex('301a02010160150201030400a30e040a4753532d53504e45474f0400'),
      wrapped = Buffer.concat([hex('00000020 0504'), Buffer.alloc(30, 1)])
    compare(
      'ldap',
      [
        tcpConnection(
          40_000,
          389,
          [
            ['client', bind],
            ['client', wrapped.subarray(0, 4)],
            ['client', wrapped.subarray(4)],
            ['server', wrapped],
          ],
          false,
        ),
        tcpConnection(40_001, 389, [['client', wrapped]], false),
      ].flat(),
      ['frame.protocols', 'data', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled'],
    )
  })

  test('Bitcoin by the mark of its networks', () => {
    const message = (network: string, size: number) =>
      Buffer.concat([hex(network), octets('version\0\0\0\0\0'), Buffer.of(size, 0, 0, 0), octets('abcd'), Buffer.alloc(size, 1)])
    const first = message('f9beb4d9', 60)
    compare(
      'bitcoin',
      tcpConnection(
        40_000,
        8333,
        [
          ['client', first.subarray(0, 10)],
          ['client', first.subarray(10)],
          ['server', message('f9beb4d9', 40)],
          ['client', message('f9beb4d9', 80).subarray(0, 50)],
        ],
        false,
      ).concat(tcpConnection(40_001, 9000, [['client', message('12345678', 60)]], false)),
      ['frame.protocols', 'data', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled'],
    )
  })

  test('DNS: a name ends with a label of an unknown kind', () => {
    const query = (name: string) => udpFrame(40_000, 53, hex(`1234 0100 0001 0000 0000 0000 ${name} 0001 0001 0000`))
    compare(
      'labels',
      [query('03616263 4d 0203'), query('03616263 69 70'), query('4d 616263'), query('03616263 4108aa 00')],
      ['dns.qry', 'dns.count'],
    )
  })

  describe('NetBIOS sessions', () => {
    const conversation = (port: number, ...parts: Uint8Array[]) =>
        tcpConnection(
          40_000,
          port,
          parts.map((part): Turn => ['client', part]),
          false,
        ),
      smb = Buffer.concat([hex('00000023'), hex('ff534d42'), Buffer.alloc(31)])
    const fields = ['frame.protocols', 'data', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled']
    test.each([139, 445])('a lone octet, parts of a header and what has no length go on from before (port %i)', (port) => {
      compare(
        `continuations-${port}`,
        conversation(port, smb, hex('00'), smb, hex('85'), hex('0000'), Buffer.concat([hex('00000000'), smb]), hex('81ff0004')),
        fields,
      )
    })
    test('a message of another protocol is data', () => {
      compare('other', conversation(445, hex('00000003 616263'), Buffer.concat([smb, hex('00000003 616263')])), fields)
    })
  })

  test('a segment that belongs to a TLS record wholly is shown once, also where it ends in the middle of the next one', () => {
    const records = Buffer.concat(
      [40, 60, 50].map((size) => Buffer.concat([hex('170303'), hex(size.toString(16).padStart(4, '0')), Buffer.alloc(size, 1)])),
    )
    compare(
      'records',
      tcpConnection(
        40_000,
        443,
        [
          ['client', records.subarray(0, 48)],
          ['client', records.subarray(48, 130)],
          ['client', records.subarray(130)],
        ],
        false,
      ),
      ['tls.record', 'tcp.segment', 'tcp.segment_data', 'tcp.reassembled'],
    )
  })

  test('PIM registers of both versions carry packets', () => {
    const version6 = Buffer.concat([hex('60000000 0008 3b 40'), Buffer.alloc(32, 1), octets('12345678')])
    compare(
      'pim',
      [
        packet(103, Buffer.concat([hex('2100 0000 00000000'), innerPacket])),
        packet(103, Buffer.concat([hex('2100 0000 40000000'), innerPacket])),
        packet(103, Buffer.concat([hex('2100 0000 00000000'), version6])),
        packet(103, hex('2100 0000 00000000')),
        packet(103, Buffer.concat([hex('2100 0000 00000000'), hex('90'), octets('neither')])),
        packet(103, Buffer.concat([hex('2200 0000 00000000'), innerPacket])),
        packet(2, Buffer.concat([hex('1401 0000 10000000'), innerPacket])),
        packet(2, Buffer.concat([hex('1400 0000 10000000'), innerPacket])),
      ],
      ['frame.protocols', 'ip.src', 'ipv6', 'udp', 'data'],
    )
  })

  test("Cisco's Inter-Switch Link carries frames with a check sequence", () => {
    const link = (first: string, length?: number, kind = '00') => {
      const body = Buffer.concat([hex('aaaa03 00000c 0003 0001 0000'), inner, hex('deadbeef')])
      return Buffer.concat([hex(`${first}000c0000${kind} 001906eab885`), hex((length ?? body.length).toString(16).padStart(4, '0')), body])
    }
    compare(
      'isl',
      [link('01'), link('0c'), link('03'), link('01', 1500), link('01').subarray(0, 60), link('01', undefined, '20')],
      ['eth', 'ip.src', 'udp', 'llc', 'data'],
    )
  })

  test('802.11: a last part that comes alone is read, one that others came before is not', () => {
    const frame = (control: string, part: number, sequence: number, body: Uint8Array) => {
      const head = hex(`${control} 2c00 020000000001 020000000002 020000000003 0000`)
      head.writeUInt16LE((sequence << 4) | part, 22)
      return Buffer.concat([head, body])
    }
    const body = Buffer.concat([hex('aaaa03 000000 0800'), innerPacket])
    compare(
      'fragments',
      [
        frame('0801', 1, 0, body),
        frame('0801', 2, 5, body),
        frame('0805', 0, 11, body.subarray(0, 20)),
        frame('0801', 2, 11, body.subarray(20)),
      ],
      ['frame.protocols', 'wlan.frag', 'llc', 'ip.src', 'udp', 'data'],
      WIRELESS,
    )
  })

  test('802.11: protected management frames of all kinds have the parameters of their protection', () => {
    const frame = (subtype: number, parameters: string) =>
      Buffer.concat([
        Buffer.of(subtype << 4, 0x40),
        hex(`2c00 020000000001 020000000002 020000000003 1000 ${parameters}`),
        Buffer.alloc(20, 7),
      ])
    compare(
      'protected',
      [0, 8, 10, 11, 14].flatMap((subtype) => [frame(subtype, '834b7f00'), frame(subtype, '01000020 02030405')]),
      ['wlan.wep', 'wlan.ccmp', 'wlan.tag', 'data'],
      WIRELESS,
    )
  })

  test('802.11: authentication of equals has no elements in its fields; a frame that ends behind its first address shows it', () => {
    const authentication = (sequence: number, rest: Uint8Array) =>
      Buffer.concat([hex(`b000 3a01 020000000001 020000000002 020000000001 e041 0300 0${sequence}00 0000`), rest])
    compare(
      'equals',
      [
        authentication(1, Buffer.concat([hex('1300'), Buffer.alloc(96, 7)])),
        authentication(1, Buffer.concat([hex('1300'), Buffer.alloc(96, 7), hex('dd05 00037f 0101')])),
        authentication(2, Buffer.concat([hex('0000'), Buffer.alloc(32, 7)])),
        authentication(1, hex('1300')).subarray(0, 10),
      ],
      ['wlan.fixed', 'wlan.tag', 'wlan.ra', 'wlan.addr', 'data'],
      WIRELESS,
    )
  })

  test('BACnet tells itself by its first octet; VXLAN has one port; LLC stands alone in ATM', () => {
    const bacnet = (first: string) => udpFrame(40_000, 47_808, hex(`${first} 0b0018 0120ffff00ff1000c4020000122205c491032112`))
    compare('bacnet', [bacnet('81'), bacnet('82'), bacnet('8a')], ['data'])
    const vxlan = (port: number) => udpFrame(40_000, port, Buffer.concat([hex('08000000 00000100'), inner]))
    compare('vxlan', [vxlan(4789), vxlan(8472)], ['vxlan', 'ip.src', 'eth.dst', 'data'])
    compare('atm', [hex('3030 3030 31323334'), Buffer.concat([hex('aaaa03 000000 0800'), innerPacket])], ['llc', 'ip', 'udp', 'data'], 100)
  })

  test('router renumbering: a command with its prefixes, and results', () => {
    const message = (code: number, body: string) => {
      const icmp = Buffer.concat([hex(`8a 0${code} 0000`), hex(`00000001 02 f0 0010 00000000 ${body}`)]),
        head = Buffer.concat([hex('60000000 0000 3a ff'), Buffer.alloc(32, 1)])
      head.writeUInt16BE(icmp.length, 4)
      return Buffer.concat([inner.subarray(0, 12), hex('86dd'), head, icmp])
    }
    const prefix = '3ffe0501fffe00000000000000000000'
    compare(
      'renumbering',
      [
        message(0, `01 07 00 30 00 80 0000 ${prefix} 30 10 c0 40 00278d00 00093a80 c0000000 ${prefix}`),
        message(1, `0003 05 30 00000002 ${prefix}`),
      ],
      ['icmpv6'],
    )
  })
})
