// Link layers, datagrams and reassembly as captures of other people have them, against tshark, with packets made here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { octets, tcpConnection, udpFrame } from '../support/conversations'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const WIRELESS = 105

describe.skipIf(tsharkVersion === undefined)(`layers of foreign captures: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-layers-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const compare = (title: string, frames: readonly Uint8Array[], prefixes: readonly string[], linkType = 1) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title}.pcap`), frames, prefixes, linkType)
    expect(ours).toEqual(theirs)
  }

  describe('TCP', () => {
    const response = octets(`HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n${'x'.repeat(60)}`)
    /** The response in parts, in an order of its own. */
    const exchange = (parts: readonly (readonly [from: number, to: number])[], order: readonly number[]) => {
      const frames = tcpConnection(
          40_000,
          80,
          [['client', octets('GET / HTTP/1.1\r\n\r\n')], ...parts.map(([from, to]) => ['server', response.subarray(from, to)] as const)],
          false,
        ),
        first = frames.length - parts.length
      return [...frames.slice(0, first), ...order.map((part) => frames[first + part] ?? new Uint8Array())]
    }
    const fields = ['tcp.segment', 'tcp.segment_data', 'tcp.reassembled', 'http', 'frame.protocols']
    const thirds = [
      [0, 50],
      [50, 70],
      [70, 99],
    ] as const
    test('what a segment out of order completes is put together', () => {
      compare('completes', exchange(thirds, [0, 2, 1]), fields)
    })
    test('a segment that reaches into a complete message adds nothing', () => {
      compare('repeats', exchange(thirds, [0, 2, 1, 1]), fields)
    })
    test('a longer segment than the one that began a message takes its place', () => {
      const record = hex('1703030010 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
        [short, long] = [record.subarray(0, 1), record].map((bytes) => tcpConnection(40_000, 443, [['client', bytes]], false).at(-1))
      compare('longer', [short ?? new Uint8Array(), long ?? new Uint8Array()], [...fields, 'tls'])
    })
    test('numbers of a segment that ends before its header are shown as they stand', () => {
      const frames = tcpConnection(40_000, 9, [['client', octets('data')]], false).map((frame) => {
        const cut = Buffer.from(frame)
        // a longer header than the packet has
        cut.writeUInt8(0xf0, 46)
        return cut
      })
      compare('short-segment', frames, ['tcp.seq', 'tcp.ack', 'tcp.window_size', 'tcp.completeness', 'tcp.short_segment', 'tcp.len'])
    })
  })

  test('datagrams: empty ones and those that an error quotes have no times; what follows a datagram belongs to its payload', () => {
    const payload = octets('payload'),
      datagram = udpFrame(40_000, 9, payload),
      quoting = Buffer.from(udpFrame(9, 40_000, Buffer.concat([hex('0000'), datagram.subarray(14)]), '10.0.0.2', '10.0.0.1'))
    // the header of the error stands where that of a datagram was
    quoting[23] = 1
    hex('0303 0000 00000000').copy(quoting, 34)
    const error = Buffer.concat([quoting.subarray(0, 42), datagram.subarray(14)])
    error.writeUInt16BE(error.length - 14, 16)
    const longer = Buffer.concat([datagram, octets('rest')])
    longer.writeUInt16BE(longer.length - 14, 16)
    compare('datagrams', [datagram, udpFrame(40_000, 9, new Uint8Array()), error, datagram, longer], ['udp', 'icmp'])
  })

  test('Cisco FabricPath around a frame, an ethertype of 0, XID of LLC, and ISO packets in Cisco HDLC', () => {
    const inner = udpFrame(40_000, 9, octets('payload'))
    compare(
      'fabric',
      [
        Buffer.concat([hex('020abd000000 020abc000000 8903 4020'), inner, hex('01030307')]),
        Buffer.concat([inner.subarray(0, 12), hex('0000'), Buffer.alloc(50, 1)]),
        hex('ffffffffffff 020000000001 0006 0001af 810100'),
        hex('ffffffffffff 020000000001 0006 0001af 820100'),
      ],
      ['eth', 'ip', 'udp', 'data', 'llc', 'basicxid', 'cfp', 'frame.protocols'],
    )
    compare('chdlc', [hex('8f00 fefe 00 83 1b 01 00 14 01 00 00 00')], ['frame.protocols', 'data'], 104)
  })

  test('Ethernet as a protocol of IP (RFC 8986)', () => {
    const inner = udpFrame(40_000, 9, octets('payload')),
      outer = Buffer.concat([udpFrame(40_000, 9, new Uint8Array()).subarray(0, 34), inner])
    outer[23] = 143
    outer.writeUInt16BE(outer.length - 14, 16)
    compare('ethernet-in-ip', [outer], ['eth', 'ip.src', 'ip.proto', 'udp', 'frame.protocols'])
  })

  test('IPX by its sockets, IP over ATM, link types of the user, multicast data', () => {
    const ipx = (socket: string) =>
      Buffer.concat([
        hex(`ffffffffffff 020000000001 0031 e0e003 ffff 002e 00 04 00000000 020000000002 ${socket} 00000000 020000000001 4099`),
        Buffer.alloc(16, 1),
      ])
    compare('ipx', [ipx('0552'), ipx('4006')], ['frame.protocols', 'data'])
    compare('clip', [udpFrame(40_000, 9, octets('payload')).subarray(14)], ['frame.protocols', 'ip', 'udp'], 106)
    compare('user', [octets('whatever')], ['frame.protocols', 'data'], 160)
    const multicast = (type: string, rest: string) => {
      const frame = Buffer.from(udpFrame(40_000, 9, Buffer.alloc(0))),
        body = hex(`40000009 ${type} 0000 0102030405060004 ${rest}`)
      frame[23] = 113
      frame.writeUInt16BE(20 + body.length, 16)
      return Buffer.concat([frame.subarray(0, 34), body])
    }
    compare(
      'pgm',
      [multicast('0400', '00000001 00000000 61626364'), multicast('0500', '00000001 00000000 61626364')],
      ['frame.protocols', 'data'],
    )
  })

  test('frames that OpenFlow carries, by the port of old once a message went to it', () => {
    const inner = udpFrame(1234, 9, octets('payload')),
      message = (head: string, body: Uint8Array = new Uint8Array()) => {
        const bytes = Buffer.concat([hex(head), body])
        bytes.writeUInt16BE(bytes.length, 2)
        return bytes
      }
    compare(
      'openflow',
      tcpConnection(40_000, 6633, [
        ['server', message('04 00 0000 00000001')],
        ['client', message('04 00 0000 00000002')],
        ['client', message('04 0a 0000 00000003 00000000 0031 00 00 0000000000000000 0001 000c 80000004 00000001 00000000 0000', inner)],
        ['server', message('04 0d 0000 00000004 ffffffff 00000001 0000 000000000000', inner)],
        ['client', message('01 0a 0000 00000005 00000000 0031 0001 00 00', inner)],
      ]),
      ['frame.protocols', 'eth.type', 'ip.src', 'udp', 'data', 'tcp.stream', 'tcp.seq'],
    )
  })

  describe('802.11', () => {
    const header = (control: string) => hex(`${control} 0000 020000000001 020000000002 020000000003 1000`),
      beacon = (...elements: string[]) => Buffer.concat([header('8000'), Buffer.alloc(8), hex('6400 0100'), ...elements.map(hex)])
    test('elements: of those that are known the bytes are not shown; an extension has no length of its own', () => {
      compare(
        'elements',
        [
          beacon(`2d1a ${'00'.repeat(26)}`),
          beacon('7f08 0400000000000040', '11 02 0102', 'ff02 c801', 'e3 01 07'),
          beacon('0405 0102030405', '3903 010203'),
          beacon('dd04 00037f 01', 'dd05 000ce6 0102', 'dd05 0017f2 0102', 'dd05 506f9a 0102'),
        ],
        ['wlan.tag', 'data', 'frame.protocols'],
        WIRELESS,
      )
    })
    test('action frames, alone and in Ethernet, and protected management frames', () => {
      compare(
        'actions',
        [
          Buffer.concat([header('d000'), hex('03 01 01 0000 0210 0000')]),
          Buffer.concat([header('d000'), hex('03 02 0008 2500')]),
          Buffer.concat([header('d000'), hex('08 00 0102')]),
          Buffer.concat([header('d000'), hex('05 04 01 0004 74657374')]),
          Buffer.concat([header('c040'), hex('01000020 00000000'), Buffer.alloc(18, 7)]),
        ],
        ['wlan.fc', 'wlan.fixed', 'wlan.tag', 'wlan.ccmp', 'wlan.wep', 'data', 'frame.protocols'],
        WIRELESS,
      )
      compare(
        'tunneled-link',
        [hex('020000000001 020000000002 890d 02 0c 0a 01 6512 020000000003 020000000001 020000000002 dd05 00a0c6 0000')],
        ['wlan.tag', 'wlan.fixed', 'data', 'frame.protocols'],
      )
    })
    test('a key frame whose integrity code is longer', () => {
      const element = hex('30 14 0100 000fac04 0100 000fac04 0100 000fac0c 0000'),
        key = (code: number) => {
          const body = Buffer.concat([
              hex('02 0108 0000 0000000000000001'),
              Buffer.alloc(64, 1),
              Buffer.alloc(code, 2),
              hex('0016'),
              element,
            ]),
            head = hex('020000000001 020000000002 888e 01 03 0000')
          head.writeUInt16BE(body.length, 16)
          return Buffer.concat([head, body])
        }
      compare('key', [key(16)], ['eapol', 'wlan_rsna_eapol.keydes.data_len', 'wlan.tag', 'frame.protocols'])
    })
  })
})
