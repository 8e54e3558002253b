// DNS messages made in the test.
import { octets } from './conversations'

/** Big-endian integers. */
export function u8(value: number): Buffer {
  return Buffer.from([value & 0xff])
}
export function u16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff])
}
export function u32(value: number): Buffer {
  return Buffer.from([(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff])
}
/** Bytes of hexadecimal digits and blanks. */
export function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex')
}
/** A name without compression; '' is the root. */
export function name(text: string): Buffer {
  return Buffer.concat([
    ...text
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([u8(label.length), octets(label)])),
    u8(0),
  ])
}
/** A character string: length and text. */
export function counted(text: string): Buffer {
  return Buffer.concat([u8(text.length), octets(text)])
}
export function question(owner: string | Buffer, type: number, rrClass = 1): Buffer {
  return Buffer.concat([typeof owner === 'string' ? name(owner) : owner, u16(type), u16(rrClass)])
}
export function record(owner: string | Buffer, type: number, data: Uint8Array, options: { rrClass?: number; ttl?: number } = {}): Buffer {
  return Buffer.concat([
    typeof owner === 'string' ? name(owner) : owner,
    u16(type),
    u16(options.rrClass ?? 1),
    u32(options.ttl ?? 300),
    u16(data.length),
    data,
  ])
}
/** A message; sections are lists of questions and records. */
export function message(
  id: number,
  flags: number,
  questions: readonly Buffer[] = [],
  answers: readonly Buffer[] = [],
  authorities: readonly Buffer[] = [],
  additional: readonly Buffer[] = [],
): Buffer {
  return Buffer.concat([
    u16(id),
    u16(flags),
    u16(questions.length),
    u16(answers.length),
    u16(authorities.length),
    u16(additional.length),
    ...questions,
    ...answers,
    ...authorities,
    ...additional,
  ])
}
/** Data of every record type that is decoded: type and data. */
export const RECORD_DATA: readonly (readonly [type: number, data: Buffer])[] = [
  [1, hex('01020304')],
  [1, hex('0102')],
  [2, name('ns.ex.com')],
  [3, name('md.ex')],
  [4, name('mf.ex')],
  [5, name('c.ex')],
  [6, Buffer.concat([name('m.ex'), name('r.ex'), u32(1), u32(2), u32(3), u32(4), u32(5)])],
  [7, name('mb.ex')],
  [8, name('mg.ex')],
  [9, name('mr.ex')],
  [10, hex('00112233')],
  [11, hex('01020304 06 8040ff')],
  [12, name('ptr.ex')],
  [13, Buffer.concat([counted('cpu'), counted('linux')])],
  [14, Buffer.concat([name('r.ex'), name('e.ex')])],
  [15, Buffer.concat([u16(10), name('mx.ex')])],
  [16, Buffer.concat([counted('hello'), counted('wo"r\\ld')])],
  [16, u8(0)],
  [17, Buffer.concat([name('mbox.ex'), name('txt.ex')])],
  [18, Buffer.concat([u16(1), name('afs.ex')])],
  [19, counted('311061700956')],
  [20, Buffer.concat([counted('150862028003217'), counted('004')])],
  [21, Buffer.concat([u16(10), name('rt.ex')])],
  [22, hex('47000580005a0000000001e133ffffff00016100')],
  [23, name('nsp.ex')],
  [
    24,
    Buffer.concat([u16(1), u8(5), u8(2), u32(3600), u32(1_700_000_000), u32(1_600_000_000), u16(1234), name('ex.com'), hex('0102030405')]),
  ],
  [25, hex('0200 03 05 010203040506')],
  [25, hex('c000 03 05 010203')],
  [26, Buffer.concat([u16(5), name('map.822'), name('mapx.400')])],
  [27, Buffer.concat([counted('-32.6882'), counted('116.8652'), counted('10.0')])],
  [28, hex('20010db8000000000000000000000001')],
  [29, hex('00 12 16 13 891792d0 70be15f0 00988d20')],
  [29, hex('01 121613 1122')],
  [30, Buffer.concat([name('next.ex'), hex('40010022')])],
  [33, Buffer.concat([u16(1), u16(2), u16(80), name('srv.ex')])],
  [34, hex('0102030405060708')],
  [35, Buffer.concat([u16(100), u16(50), counted('s'), counted('http+I2L'), counted(''), name('naptr.ex')])],
  [36, Buffer.concat([u16(1), name('kx.ex')])],
  [37, hex('0001 1234 05 aabbcc')],
  [38, Buffer.concat([u8(64), hex('0000000000000001'), name('a6.ex')])],
  [38, Buffer.concat([u8(0), hex('20010db8000000000000000000000001')])],
  [39, name('dname.ex')],
  [42, hex('0001 18 83 c0a801 0002 20 04 20010db8 0003 08 01 aa')],
  [43, hex('ec45 05 01 2bb183af5f22588179a53b0a98631fad1a292118')],
  [44, hex('0101 123456789abcdef6')],
  [45, hex('0a0102 c0000226 0102030405')],
  [45, hex('0a0002 0102030405')],
  [45, Buffer.concat([hex('0a0302'), name('gw.ex'), hex('0102')])],
  [
    46,
    Buffer.concat([u16(1), u8(8), u8(2), u32(3600), u32(1_700_000_000), u32(1_600_000_000), u16(1234), name('ex.com'), hex('0102030405')]),
  ],
  [47, Buffer.concat([name('next.ex'), hex('0006400000080003 010180')])],
  [47, Buffer.concat([name('next.ex'), hex('0020 60')])],
  [48, hex('0101 03 08 03010001abcdef')],
  [48, hex('0181 03 01 03010001abcdef')],
  [49, hex('000201636ffc4b4c8faf')],
  [50, hex('01 01 000c 04aabbccdd 14174eb2409fe28bcb4887a1836f957f0a8425e27b 000722010000000290')],
  [51, hex('01 00 000c 04aabbccdd')],
  [52, hex('030101 aabbcc')],
  [55, Buffer.concat([hex('04 02 0003 20010010 030100'), name('rvs.ex'), name('rvs2.ex')])],
  [59, hex('ec45 08 02 aabb')],
  [60, hex('0101 03 08 03010001abcdef')],
  [62, hex('00000042 0003 000460000008')],
  [63, hex('78464d1c 01 01 aabbccdd')],
  [
    64,
    Buffer.concat([
      u16(1),
      name('svc.ex'),
      hex('0001 0006 026832 026833 0000 0004 0001 0003 0002 0000 0003 0002 20fb 0004 0008 0102030405060708 0005 0003 aabbcc'),
      hex('0006 0010 20010db8000000000000000000000001 0007 0002 aabb'),
    ]),
  ],
  [65, Buffer.concat([u16(0), name('alias.ex')])],
  [65, Buffer.concat([u16(1), name('')])],
  [99, counted('v=spf1 -all')],
  [104, hex('000a 00144fffff20ee64')],
  [105, hex('000a 0a010200')],
  [106, hex('000a 20010db811401000')],
  [107, Buffer.concat([u16(10), name('l64.ex')])],
  [108, hex('00005eef002a')],
  [109, hex('00005eef1000002a')],
  [
    250,
    Buffer.concat([
      name('hmac-sha256'),
      u16(0),
      u32(1_700_000_000),
      u16(300),
      u16(4),
      hex('aabbccdd'),
      u16(1234),
      u16(18),
      u16(6),
      hex('000000000001'),
    ]),
  ],
  [257, Buffer.concat([u8(0x80), counted('issue'), octets('ca.example.net; x=y')])],
  [257, Buffer.concat([u8(0), counted('tbs'), octets('Unknown')])],
  [32769, hex('0001 01 01 aa')],
  [65281, hex('00010000 00000002 00000384 00000001 0a000001')],
  [65282, Buffer.concat([u32(1), u32(5), u32(900), name('wr.ex')])],
  [65422, hex('04 11 0102030405060708 0035 0036')],
  [65400, hex('aabbcc')],
]
/** Option codes and data of OPT records. */
export const OPTION_DATA: readonly (readonly [code: number, data: Buffer])[] = [
  [3, octets('nsid')],
  [3, hex('')],
  [5, hex('0507')],
  [6, hex('0102')],
  [7, hex('01')],
  [8, hex('0001 18 00 c0a801')],
  [8, hex('0002 38 20 20010db8000000')],
  [8, hex('0003 10 00 aabb')],
  [9, u32(7200)],
  [10, hex('0102030405060708')],
  [10, hex('01020304050607081112131415161718')],
  [11, u16(100)],
  [12, hex('000000')],
  [15, Buffer.concat([u16(18), octets('blocked')])],
  [15, u16(99)],
  [65001, hex('aa')],
  [10, hex('01')],
]
