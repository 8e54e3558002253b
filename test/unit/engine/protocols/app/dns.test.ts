import { describe, expect, test } from 'vitest'
import { octets, tcpConnection, udpFrame } from '../../../../support/conversations'
import { dissectAll, seen, traceOf } from '../../../../support/dissect'
import { counted, hex, message, name, question, record, u16, u32, u8 } from '../../../../support/dns-messages'

const query = (payload: Uint8Array, port = 53) => udpFrame(4000, port, payload)
const answer = (payload: Uint8Array, port = 53) => udpFrame(port, 4000, payload, '10.0.0.2', '10.0.0.1')
/** The packet after the first of several. */
const second = <T>(list: readonly T[]): T => list[1] as T
const only = <T>(list: readonly T[]): T => list[0] as T

describe('a DNS message', () => {
  test('is told in the Info column by its question and its answers', () => {
    const seenFrames = dissectAll([
      query(message(0x1234, 0x0100, [question('example.com', 1)])),
      answer(
        message(
          0x1234,
          0x8180,
          [question('example.com', 1)],
          [record(hex('c00c'), 5, Buffer.concat([counted('cdn'), hex('c00c')])), record('cdn.example.com', 1, hex('01020304'))],
        ),
      ),
    ])
    expect(seenFrames.map(({ protocol, info }) => `${protocol} ${info}`)).toEqual([
      'DNS Standard query 0x1234 A example.com',
      'DNS Standard query response 0x1234 A example.com CNAME cdn.example.com A 1.2.3.4',
    ])
  })

  test('shows header, questions, records and transaction as rows', () => {
    const { rows } = second(
      dissectAll([
        query(message(7, 0x0100, [question('a.ex', 15)])),
        answer(message(7, 0x8583, [question('a.ex', 15)], [record('a.ex', 15, Buffer.concat([u16(10), name('mx.ex')]), { ttl: 90_061 })])),
      ]),
    )
    expect(rows('dns')).toEqual([
      'Domain Name System (response)',
      '  Transaction ID: 0x0007',
      '  Flags: 0x8583 Standard query response, No such name',
      '    1... .... .... .... = Response: Message is a response',
      '    .000 0... .... .... = Opcode: Standard query (0)',
      '    .... .1.. .... .... = Authoritative: Server is an authority for domain',
      '    .... ..0. .... .... = Truncated: Message is not truncated',
      '    .... ...1 .... .... = Recursion desired: Do query recursively',
      '    .... .... 1... .... = Recursion available: Server can do recursive queries',
      '    .... .... .0.. .... = Z: reserved (0)',
      '    .... .... ..0. .... = Answer authenticated: Answer/authority portion was not authenticated by the server',
      '    .... .... ...0 .... = Non-authenticated data: Unacceptable',
      '    .... .... .... 0011 = Reply code: No such name (3)',
      '  Questions: 1',
      '  Answer RRs: 1',
      '  Authority RRs: 0',
      '  Additional RRs: 0',
      '  Queries',
      '    a.ex: type MX, class IN',
      '      Name: a.ex',
      '      Name Length: 4',
      '      Label Count: 2',
      '      Type: MX (Mail eXchange) (15)',
      '      Class: IN (0x0001)',
      '  Answers',
      '    a.ex: type MX, class IN, preference 10, mx mx.ex',
      '      Name: a.ex',
      '      Type: MX (Mail eXchange) (15)',
      '      Class: IN (0x0001)',
      '      Time to live: 90061 (1 day, 1 hour, 1 minute, 1 second)',
      '      Data length: 9',
      '      Preference: 10',
      '      Mail Exchange: mx.ex',
      '  Request In: 1',
      '  Time: 0.010000000 seconds',
    ])
  })

  test('of dynamic update names its sections after RFC 2136', () => {
    const { info, values } = only(
      dissectAll([
        query(
          message(
            1,
            0x2800,
            [question('z.ex', 6)],
            [record('a.z.ex', 255, hex(''), { rrClass: 254 })],
            [record('a.z.ex', 1, hex('01020304'))],
          ),
        ),
      ]),
    )
    expect([
      info,
      values('dns.count.zones'),
      values('dns.count.prerequisites'),
      values('dns.count.updates'),
      values('dns.count.queries'),
    ]).toEqual(['Dynamic update 0x0001 SOA z.ex ANY A 1.2.3.4', ['1'], ['1'], ['1'], []])
  })

  test('with bytes behind its last record shows them as extraneous', () => {
    const { values } = only(dissectAll([query(Buffer.concat([message(1, 0x0100, [question('a.ex', 1)]), octets('junk')]))]))
    expect([values('dns.extraneous.data'), values('dns.extraneous.length')]).toEqual([['6a756e6b'], ['4']])
  })

  test('that ends inside a record keeps what was read and is marked malformed', () => {
    const whole = answer(message(9, 0x8180, [question('a.ex', 1)], [record('a.ex', 1, hex('0102'))])),
      { info, values } = only(dissectAll([whole]))
    expect([info, values('dns.qry.name'), values('dns.a')]).toEqual([
      'Standard query response 0x0009 A a.ex A[Malformed Packet]',
      ['a.ex'],
      [],
    ])
  })

  test('over TCP is one row per message, several in a segment and one over two segments', () => {
    const framed = (bytes: Buffer) => Buffer.concat([u16(bytes.length), bytes]),
      long = framed(message(3, 0x8180, [question('c.ex', 16)], [record('c.ex', 16, counted('x'.repeat(90)))]))
    const frames = dissectAll(
      tcpConnection(5000, 53, [
        ['client', Buffer.concat([framed(message(2, 0x0100, [question('b.ex', 1)])), framed(message(3, 0x0100, [question('c.ex', 16)]))])],
        ['server', long.subarray(0, 40)],
        ['server', long.subarray(40)],
      ]),
    )
    expect(
      frames.slice(3, 6).map(({ values, chain }) => [chain.split(':').slice(-1)[0], values('dns.id'), values('dns.response_to')]),
    ).toEqual([
      ['dns', ['0x0002', '0x0003'], []],
      ['tcp', [], []],
      ['dns', ['0x0003'], ['4']],
    ])
  })
})

describe('a domain name', () => {
  const shown = (owner: Buffer) => only(dissectAll([query(message(1, 0x0100, [question(owner, 1)]))])).values('dns.qry.name')
  test.each([
    ['the root', name(''), '<Root>'],
    ['a pointer to itself', hex('c00c'), '<Name contains a pointer that loops>'],
    ['a loop through a label', hex('0161c00c'), '<Name contains a pointer that loops>'],
    ['control characters', Buffer.concat([counted('a\tb\n\0\x7f'), name('ex')]), String.raw`a\tb\n\000\177.ex`],
    ['UTF-8', Buffer.concat([u8(2), hex('c3a9'), name('ex')]), 'é.ex'],
    ['bytes that are no UTF-8', Buffer.concat([u8(2), hex('80e9'), name('ex')]), '\ufffd\ufffd.ex'],
    ['more than 255 bytes', Buffer.concat([...Array.from({ length: 5 }, () => counted('x'.repeat(63))), u8(0)]), '<Name too long>'],
  ])('with %s', (_, owner, text) => {
    expect(shown(owner)).toEqual([text])
  })

  test('that points past the message is malformed', () => {
    expect(shown(hex('0161c0ff'))).toEqual([])
  })
})

describe('a DNS transaction', () => {
  const ask = message(5, 0x0100, [question('re.ex', 1)]),
    reply = message(5, 0x8180, [question('re.ex', 1)])
  const rows = (frames: readonly Uint8Array[], seconds: readonly number[]) =>
    dissectAll(frames, seconds).map(({ values }) =>
      [
        values('dns.response_to'),
        values('dns.time'),
        values('dns.retransmit_request_in'),
        values('dns.retransmit_response_in'),
        values('dns.unsolicited'),
      ].map((list) => list[0] ?? ''),
    )

  test('pairs a query with its first answer; what repeats within five seconds is a retransmission', () => {
    expect(
      rows([query(ask), query(ask), query(ask), answer(reply), answer(reply), query(ask), answer(reply)], [0, 4.9, 5.1, 6, 7, 8, 50]),
    ).toEqual([
      ['', '', '', '', ''],
      ['', '', '1', '', ''],
      ['', '', '', '', ''],
      ['3', '0.900000000', '', '', ''],
      ['', '', '', '4', ''],
      ['', '', '', '', ''],
      ['6', '42.000000000', '', '', ''],
    ])
  })

  test('is of one conversation: an answer to another port was not asked for', () => {
    expect(rows([query(ask), udpFrame(53, 4001, reply, '10.0.0.2', '10.0.0.1')], [0, 1])).toEqual([
      ['', '', '', '', ''],
      ['', '', '', '', '1'],
    ])
  })

  test('is known from both sides on a second look', () => {
    const trace = traceOf([query(ask), query(ask), answer(reply)])
    while (trace.visitNext({ summary: true, labels: true }) > 0);
    const at = (frame: number) => seen(trace.dissect(frame, { summary: true, labels: true }))
    expect([at(1).values('dns.response_in'), at(2).values('dns.retransmit_request_in'), at(3).values('dns.response_to')]).toEqual([
      ['3'],
      ['1'],
      ['1'],
    ])
  })
})

describe('mDNS and LLMNR', () => {
  test('mDNS takes the top bit of the class for QU and cache flush', () => {
    const [asked, told] = dissectAll([
      udpFrame(5353, 5353, message(0, 0, [question('_http._tcp.local', 12, 0x8001), question('a.local', 255)]), '10.0.0.9', '224.0.0.251'),
      udpFrame(
        5353,
        5353,
        message(
          0,
          0x8400,
          [],
          [record('a.local', 1, hex('0a000001'), { rrClass: 0x8001 })],
          [],
          [record('', 41, hex(''), { rrClass: 1440, ttl: 0x1194 })],
        ),
        '10.0.0.9',
        '224.0.0.251',
      ),
    ])
    expect([asked?.protocol, asked?.info, asked?.values('dns.qry.class'), asked?.values('dns.qry.qu')]).toEqual([
      'MDNS',
      'Standard query 0x0000 PTR _http._tcp.local, "QU" question ANY a.local, "QM" question',
      ['0x0001', '0x0001'],
      ['1', '0'],
    ])
    expect([told?.info, told?.values('dns.resp.cache_flush'), told?.values('dns.rr.udp_payload_size')]).toEqual([
      'Standard query response 0x0000 A, cache flush 10.0.0.1 OPT',
      ['1', '0'],
      ['0x05a0'],
    ])
  })

  test('LLMNR has conflict and tentative flags of its own', () => {
    const { protocol, values } = only(dissectAll([udpFrame(60_000, 5355, message(8, 0x0700, [question('host', 1)]))]))
    expect([protocol, values('dns.flags.conflict'), values('dns.flags.tentative'), values('dns.flags.recdesired')]).toEqual([
      'LLMNR',
      ['1'],
      ['1'],
      [],
    ])
  })
})

describe('records', () => {
  const labelOf = (type: number, data: Buffer) =>
    only(dissectAll([answer(message(1, 0x8180, [], [record('q.ex', type, data)]))]))
      .rows('dns')
      .filter((row) => row.startsWith('      '))
  test('LOC is told in degrees and metres', () => {
    expect(labelOf(29, hex('00 12 16 13 891792d0 70be15f0 00988d20')).slice(5)).toEqual([
      '      Version: 0',
      '      Size: 18 (1 m)',
      '      Horizontal Precision: 22 (10000 m)',
      '      Vertical Precision: 19 (10 m)',
      '      Latitude: 2300023504 (42 deg 22 min 19.856 sec N)',
      '      Longitude: 1891505648 (71 deg 6 min 18.000 sec W)',
      '      Altitude: 9997600 (-24 m)',
    ])
  })

  test('service parameters are told in their presentation form', () => {
    expect(
      labelOf(64, Buffer.concat([u16(1), name('svc.ex'), hex('0001 0006 026832 026833 0003 0002 20fb 0005 0003 aabbcc')])).filter((row) =>
        row.includes('SvcParam:'),
      ),
    ).toEqual(['      SvcParam: alpn=h2,h3', '      SvcParam: port=8443', '      SvcParam: echconfig=qrvM'])
  })

  test('a key has its tag, a time to live over 2^31 a warning', () => {
    const { values } = only(
      dissectAll([answer(message(1, 0x8180, [], [record('k.ex', 48, hex('0101 03 08 03010001abcdef'), { ttl: 0x8000_0001 })]))]),
    )
    expect([values('dns.dnskey.key_id'), values('dns.ttl.high_bit_set')]).toEqual([['41433'], ['1']])
  })

  test('an option that says to be longer than its record is malformed', () => {
    const { info, values } = only(
      dissectAll([
        query(
          message(
            1,
            0x0120,
            [question('o.ex', 1)],
            [],
            [],
            [record('', 41, Buffer.concat([u16(3), u16(40), octets('abc')]), { rrClass: 1232 })],
          ),
        ),
      ]),
    )
    expect([info, values('dns.opt.len'), values('dns.opt.data')]).toEqual([
      'Standard query 0x0001 A o.ex OPT[Malformed Packet]',
      ['40'],
      [],
    ])
  })

  test('stateful operations are read as TLVs', () => {
    const tlv = Buffer.concat([u16(1), u16(8), u32(15_000), u32(30_000)]),
      { values } = only(dissectAll([query(Buffer.concat([message(5, 0x3000), tlv]))]))
    expect([values('dns.dso.tlv.keepalive.inactivity'), values('dns.dso.tlv.keepalive.interval')]).toEqual([['15000'], ['30000']])
  })
})
