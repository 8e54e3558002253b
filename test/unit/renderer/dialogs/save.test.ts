// Which packets are saved, and under which name.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRange, rangeText } from '../../../../src/renderer/dialogs/save/packet-range'
import { suggestPath, withEnding } from '../../../../src/renderer/dialogs/save/save-options'

describe('packet ranges', () => {
  it.each([
    ['1-100, 205, 300-', 400, 202],
    ['5', 10, 1],
    ['-3', 10, 3],
    ['8-', 10, 3],
    ['1-5,3-7', 10, 7],
    ['11-20', 10, 0],
  ] as const)('%s of %d packets names %d', (text, total, count) => {
    expect(countRange(text, total)).toBe(count)
  })
  it.each(['', ' , ', 'a', '5-1', '0', '1--2', '1-2-3'])('refuses %j', (text) => {
    expect(countRange(text, 10)).toBeNull()
  })
  it('writes and counts the same packets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (numbers) => {
        expect(countRange(rangeText(numbers), 200)).toBe(numbers.length)
      }),
    )
  })
  it('joins neighbours', () => {
    expect(rangeText([7, 1, 2, 3])).toBe('1-3,7')
  })
})

describe('names of saved files', () => {
  const info = { name: 'client.pcap', path: '/data/client.pcap' }
  it('never propose the open file itself', () => {
    expect(suggestPath(info, '/home/ada', 'all', false, 'pcap')).toBe('/data/client-copy.pcap')
  })
  it('say which part it is', () => {
    expect(suggestPath(info, '/home/ada', 'marked', false, 'pcapng')).toBe('/data/client-marked.pcapng')
    expect(suggestPath(info, '/home/ada', 'all', true, 'pcapng')).toBe('/data/client-salvaged.pcapng')
  })
  it('use the home folder for what is not a file, and no signs a file name cannot have', () => {
    expect(suggestPath({ name: 'a/b:c.pcapng.gz', path: null }, '/home/ada', 'displayed', false, 'pcapng')).toBe(
      '/home/ada/a_b_c-displayed.pcapng',
    )
  })
  it('change the ending with the format', () => {
    expect([withEnding('/x/a.pcapng', 'pcap'), withEnding('/x/a', 'pcapng'), withEnding('/x/a.PCAP', 'pcap-ns')]).toEqual([
      '/x/a.pcap',
      '/x/a.pcapng',
      '/x/a.PCAP',
    ])
  })
})
