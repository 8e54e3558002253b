import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseColorFilters, printColorFilters } from '../../../../src/engine/service/color-filters-file'
import { CLASSIC_COLOR_RULES } from '../../../../src/engine/service/default-color-rules'
import { startEngine } from '../../../support/engine-harness'

describe('the colorfilters file', () => {
  it('is read as Wireshark writes it', () => {
    const text =
      '# a comment\n\n@Bad TCP@tcp.analysis.flags@[4718,10030,11796][63479,34695,34695]\r\n!@ARP @arp@[64250,61680,55255][4718,10030,11796]\n@At@http.host == "a@b"@[0,0,0][65535,65535,65535]'
    expect(parseColorFilters(text)).toEqual({
      rules: [
        { name: 'Bad TCP', filter: 'tcp.analysis.flags', background: '#12272e', foreground: '#f78787', enabled: true },
        { name: 'ARP', filter: 'arp', background: '#faf0d7', foreground: '#12272e', enabled: false },
        { name: 'At', filter: 'http.host == "a@b"', background: '#000000', foreground: '#ffffff', enabled: true },
      ],
      problems: [],
    })
  })

  it('says which line is no rule and why, and keeps the others', () => {
    const { rules, problems } = parseColorFilters(
      'arp\n@x@y\n@@arp@[0,0,0][0,0,0]\n@x@@[0,0,0][0,0,0]\n@x@arp@[0,0][0,0,0]\n@x@arp@[0,0,65536][0,0,0]\n@good@arp@[1,2,3][4,5,6]',
    )
    expect(rules.map((rule) => rule.name)).toEqual(['good'])
    expect(problems.map(({ line, message }) => [line, message.split(' ').slice(0, 3).join(' ')])).toEqual([
      [1, 'A rule begins'],
      [2, 'A rule has'],
      [3, 'The name of'],
      [4, 'The filter of'],
      [5, 'The colours are'],
      [6, 'A colour value'],
    ])
  })

  it('is read back as it was written', () => {
    const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
    const word = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })
      .map((text) => text.replace(/[@\r\n]/g, '.').trim())
      .filter((text) => text !== '')
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: word, filter: word, foreground: color, background: color, enabled: fc.boolean() }), { maxLength: 20 }),
        (rules) => {
          expect(parseColorFilters(printColorFilters(rules))).toEqual({ rules, problems: [] })
        },
      ),
    )
    expect(parseColorFilters(printColorFilters(CLASSIC_COLOR_RULES)).rules).toEqual(CLASSIC_COLOR_RULES)
  })

  it('cannot be made to hold another rule by a name', () => {
    const name = 'x@arp@[0,0,0][0,0,0]\n@y'
    const { rules } = parseColorFilters(
      printColorFilters([{ name, filter: 'udp', foreground: '#000000', background: '#ffffff', enabled: true }]),
    )
    expect(rules.map((rule) => rule.filter)).toEqual(['udp'])
  })
})

describe('colour profiles', () => {
  it("are our own without rules, the classic ones, or the user's, and stay chosen", async () => {
    const engine = startEngine()
    expect(await engine.client.call('colors.get', {})).toEqual({ rules: [], profile: 'wireglass' })
    await engine.client.call('colors.set', { rules: [], profile: 'classic' })
    expect((await engine.client.call('colors.get', {})).rules).toHaveLength(20)
    const text = (await engine.client.call('colors.export', {})).text
    expect(text).toContain('@ARP@arp@[64250,61680,55255][4626,10023,11822]\n')
    const { rules } = await engine.client.call('colors.parse', { text })
    await engine.client.call('colors.set', { rules: rules.slice(0, 2), profile: 'custom' })
    const again = startEngine({ documents: Object.fromEntries(engine.documents) })
    expect(await again.client.call('colors.get', {})).toEqual({ rules: rules.slice(0, 2), profile: 'custom' })
  })

  it('that are damaged on disk count as none', async () => {
    const engine = startEngine({ documents: { 'colors.json': '{"profile":"neon"}' } })
    expect((await engine.client.call('colors.get', {})).profile).toBe('wireglass')
  })
})
