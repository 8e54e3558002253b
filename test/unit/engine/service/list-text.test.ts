import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DisplayedList } from '../../../../src/engine/service/displayed-list'
import { plainText, yamlText } from '../../../../src/engine/service/list-text'
import { csvText } from '../../../../src/shared/text/csv'
import { NumberSet } from '../../../../src/engine/service/number-set'
import { inRanges, parsePacketRange } from '../../../../src/engine/service/packet-range'
import { classOfChain, className } from '../../../../src/engine/service/packet-class'
import { encodeBase64 } from '../../../../src/shared/text/base64'

describe('CSV', () => {
  it('never holds a cell that a spreadsheet would run', () => {
    const cells = ['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '-1', '-1.5', 'a"b', '=cmd|"/C calc"!A0']
    expect(csvText({ titles: [], rows: [cells] })).toBe(
      `"'=1+1","'+1","'-1+1","'@SUM(A1)","'\t=1","'\r=1","'\n=1","-1","-1.5","a""b","'=cmd|""/C calc""!A0"\r\n`,
    )
  })

  it('has one cell for each text, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const line = csvText({ titles: [], rows: [cells] })
        const found = [...line.slice(0, -2).matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) => (match[1] ?? '').replaceAll('""', '"'))
        expect(found).toEqual(cells.map((cell) => (/^[=+\-@\t\r\n]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell)))
      }),
    )
  })
})

describe('other texts', () => {
  it('align columns and quote YAML', () => {
    expect(plainText({ titles: [], rows: [] })).toBe('')
    expect(
      plainText({
        titles: [],
        rows: [
          ['1', 'a', 'x'],
          ['10', 'bbb', ''],
        ],
      }),
    ).toBe(' 1  a    x\n10  bbb\n')
    expect(yamlText({ titles: [], rows: [['- x: "y"\n']] })).toBe('- "column 1": "- x: \\"y\\"\\n"\n')
  })
})

describe('a range of packets', () => {
  it('is read as people write it', () => {
    expect(parsePacketRange('1-100, 205 ,300-')).toEqual([
      [1, 100],
      [205, 205],
      [300, Infinity],
    ])
    expect(parsePacketRange('5-9,1-6,10')).toEqual([[1, 10]])
    expect(parsePacketRange('-3')).toEqual([[1, 3]])
    const ranges = parsePacketRange('2-4,8-')
    expect([1, 2, 4, 5, 8, 1e9].map((number) => inRanges(ranges, number))).toEqual([false, true, true, false, true, true])
  })

  it('is refused with the part that is wrong', () => {
    for (const [text, part] of [
      ['1-2,5-3', '5-3'],
      ['0', '0'],
      ['-', '-'],
      ['1--2', '1--2'],
      ['1 2', '1 2'],
    ] as const) {
      expect(() => parsePacketRange(text)).toThrow(`"${part}"`)
    }
    expect(() => parsePacketRange(' , ')).toThrow('names no packet')
  })
})

describe('a set of packet numbers', () => {
  it('is a set', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.boolean())),
        fc.integer({ min: 0, max: 5001 }),
        (steps, probe) => {
          const set = new NumberSet()
          const model = new Set<number>()
          for (const [number, on] of steps) {
            expect(set.set(number, on)).toBe(model.has(number) !== on)
            if (on) model.add(number)
            else model.delete(number)
          }
          const sorted = [...model].sort((a, b) => a - b)
          expect(set.size).toBe(model.size)
          expect(set.has(probe)).toBe(model.has(probe))
          expect(set.next(probe, false)).toBe(sorted.find((number) => number > probe) ?? 0)
          expect(set.next(probe, true)).toBe(sorted.findLast((number) => number < probe) ?? 0)
        },
      ),
    )
  })
})

describe('the displayed list', () => {
  it('finds every row, and the nearest one for what is hidden', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 300 }),
        (numbers, ascending, wanted) => {
          if (ascending) numbers.sort((a, b) => a - b)
          const list = new DisplayedList()
          list.show(Uint32Array.from(numbers.slice(0, 1)), 1, ascending)
          for (const number of numbers.slice(1)) list.append(number)
          expect([...list.copy()]).toEqual(numbers)
          const { row, exact } = list.find(wanted)
          expect(exact).toBe(numbers.includes(wanted))
          const following = numbers.filter((number) => number >= wanted)
          if (following.length > 0) expect(list.at(row)).toBe(Math.min(...following))
          else if (ascending) expect(list.at(row)).toBe(Math.max(...numbers))
          expect([list.at(-1), list.at(numbers.length)]).toEqual([0, 0])
        },
      ),
    )
  })
})

describe('the class of a packet', () => {
  it.each([
    ['eth:ethertype:ip:tcp', 'tcp'],
    ['eth:ethertype:ip:tcp:http', 'http'],
    ['eth:ethertype:ip:tcp:tls', 'tls'],
    ['eth:ethertype:ip:udp:dns', 'dns'],
    ['eth:ethertype:ip:icmp:ip:udp:dns', 'icmp'],
    ['eth:ethertype:arp', 'arp'],
    ['eth:ethertype:data', 'other'],
    ['eth:ethertype:ip:udp:data', 'udp'],
  ])('of %s is %s', (chain, expected) => {
    expect(className(classOfChain(chain.split(':')))).toBe(expected)
  })
})

describe('base64', () => {
  it('is what every other program writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      }),
    )
    const large = new Uint8Array(50_000).map((_value, index) => index * 7)
    expect(encodeBase64(large)).toBe(Buffer.from(large).toString('base64'))
  })
})
