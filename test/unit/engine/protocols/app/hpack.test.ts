// HPACK by the examples of RFC 7541, appendix C, and where it must refuse.
import { describe, expect, it } from 'vitest'
import { HeaderDecoder } from '../../../../../src/engine/protocols/app/http2/hpack'
import type { Representation } from '../../../../../src/engine/protocols/app/http2/hpack'
import { headerBlock, hpackInteger, literal } from '../../../../support/http2-frames'

function read(decoder: HeaderDecoder, hex: string | Uint8Array, isLast = true): Representation[] {
  const taken: Representation[] = []
  decoder.read(typeof hex === 'string' ? Buffer.from(hex.replaceAll(' ', ''), 'hex') : hex, isLast, (one) => taken.push(one))
  return taken
}
function fields(decoder: HeaderDecoder, hex: string | Uint8Array, isLast = true): string[] {
  return read(decoder, hex, isLast).flatMap(({ field }) => (field ? [`${field.name}: ${field.value}`] : []))
}

const REQUESTS = [
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
  [':method: GET', ':scheme: https', ':path: /index.html', ':authority: www.example.com', 'custom-key: custom-value'],
]
const date = (second: number) => `date: Mon, 21 Oct 2013 20:13:${second} GMT`
const RESPONSES = [
  [':status: 302', 'cache-control: private', date(21), 'location: https://www.example.com'],
  [':status: 307', 'cache-control: private', date(21), 'location: https://www.example.com'],
  [
    ':status: 200',
    'cache-control: private',
    date(22),
    'location: https://www.example.com',
    'content-encoding: gzip',
    'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
  ],
]

describe('HPACK', () => {
  it('reads the single fields of C.2', () => {
    expect(fields(new HeaderDecoder(), '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572')).toEqual([
      'custom-key: custom-header',
    ])
    expect(fields(new HeaderDecoder(), '040c 2f73 616d 706c 652f 7061 7468')).toEqual([':path: /sample/path'])
    expect(fields(new HeaderDecoder(), '1008 7061 7373 776f 7264 0673 6563 7265 74')).toEqual(['password: secret'])
    expect(fields(new HeaderDecoder(), '82')).toEqual([':method: GET'])
  })

  it.each([
    [
      'C.3',
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
    ],
    [
      'C.4, by Huffman',
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
    ],
  ])('reads the requests of %s', (_, blocks) => {
    const decoder = new HeaderDecoder()
    expect(blocks.map((block) => fields(decoder, block))).toEqual(REQUESTS)
  })

  it.each([
    [
      'C.5',
      [
        '4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '4803 3330 37c1 c0bf',
        '88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31',
      ],
    ],
    [
      'C.6, by Huffman',
      [
        '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
        '4883 640e ffc1 c0bf',
        '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
      ],
    ],
  ])('reads the responses of %s, whose table of 256 bytes evicts', (_, blocks) => {
    const decoder = new HeaderDecoder()
    read(decoder, hpackInteger(256, 5, 0x20))
    expect(blocks.map((block) => fields(decoder, block))).toEqual(RESPONSES)
  })

  it('tells a representation’s kind, index and length', () => {
    const taken = read(new HeaderDecoder(), '3f9a0a 82 400161 0162 be')
    expect(taken.map(({ kind, index, length }) => [kind, index, length])).toEqual([
      [4, 1337, 3],
      [0, 2, 1],
      [1, 0, 5],
      [0, 62, 1],
    ])
  })

  it('goes on in a further fragment, wherever the block was cut', () => {
    const block = Buffer.concat([headerBlock({ a: 'x'.repeat(300), bb: '' }), literal('name', 'value', 0x40), Buffer.of(0x82, 0xbe)])
    for (let cut = 0; cut <= block.length; cut++) {
      const decoder = new HeaderDecoder(),
        all = [...fields(decoder, block.subarray(0, cut), false), ...fields(decoder, block.subarray(cut))]
      expect(all).toEqual([`a: ${'x'.repeat(300)}`, 'bb: ', 'name: value', ':method: GET', 'name: value'])
    }
  })

  it('shows an entry that was added before the capture began as unknown, and goes on', () => {
    const decoder = new HeaderDecoder()
    expect(fields(decoder, Buffer.concat([hpackInteger(70, 7, 0x80), Buffer.of(0x82)]))).toEqual(['<unknown>: ', ':method: GET'])
    expect(decoder.broken).toBe(false)
  })

  it.each([
    ['index 0', '80'],
    ['a Huffman padding of zeros', '00810000'],
    ['a padding of more than seven bits', '000182 1fff'],
    ['a block that ends within a string', '00056162'],
    ['an integer without end', 'ffffffffffffffffff'],
    ['a size update behind a field', '82 20'],
    ['a table larger than agreed on', '3fe2 1f 82'],
  ])('reads nothing more of a direction after %s', (_, block) => {
    const decoder = new HeaderDecoder()
    read(decoder, block)
    expect(decoder.broken).toBe(true)
    expect(fields(decoder, '82')).toEqual([])
  })

  it('wants the update that a lowered table size calls for', () => {
    const without = new HeaderDecoder(),
      obedient = new HeaderDecoder()
    without.agree(100)
    obedient.agree(100)
    expect(fields(without, '82')).toEqual([])
    expect(fields(obedient, Buffer.concat([hpackInteger(100, 5, 0x20), Buffer.of(0x82)]))).toEqual([':method: GET'])
  })

  it('holds a table no larger than a megabyte, whatever is agreed on', () => {
    const decoder = new HeaderDecoder()
    decoder.agree(0xffff_ffff)
    read(decoder, Buffer.concat([hpackInteger(2 ** 20, 5, 0x20), literal('first', 'x', 0x40)]))
    for (let i = 0; i < 20; i++) read(decoder, literal('n', 'v'.repeat(60_000), 0x40))
    expect(fields(decoder, hpackInteger(62 + 20, 7, 0x80))).toEqual(['<unknown>: '])
  })
})
