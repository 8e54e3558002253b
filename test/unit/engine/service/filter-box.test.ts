import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../../../src/engine/index/trace'
import { FilterError } from '../../../../src/shared/errors'
import { translateCaptureFilter } from '../../../../src/engine/service/capture-filter-translation'
import { CLASSIC_COLOR_RULES } from '../../../../src/engine/service/default-color-rules'
import { compileFilter, compileLeniently } from '../../../../src/engine/service/display-filter'
import { checkFilterText } from '../../../../src/engine/service/filter-check'

describe('the filter box', () => {
  it('passes on what the language says', () => {
    expect(['', 'tcp', 'tcp.port ==', 'tcp.prot == 5'].map((text) => checkFilterText(text).state)).toEqual([
      'empty',
      'valid',
      'incomplete',
      'invalid',
    ])
    expect(checkFilterText('tcp.prot == 5').suggestion).toBeUndefined()
  })

  it('recognises a capture filter or an address, and offers what was meant', () => {
    expect(checkFilterText('tcp port 80')).toMatchObject({
      state: 'invalid',
      suggestion: 'tcp.port == 80',
      message: { en: expect.stringContaining('capture filter') as string, zh: expect.stringContaining('捕获过滤器') as string },
    })
    expect(checkFilterText(' 10.0.0.1 ').suggestion).toBe('ip.addr == 10.0.0.1')
    expect(checkFilterText('02:00:00:00:00:01').suggestion).toBe('eth.addr == 02:00:00:00:00:01')
    expect(checkFilterText('300.0.0.1').suggestion).toBeUndefined()
  })

  it.each(["'\\", '"\\', 'frame == "a\\'])('marks an unfinished escape inside the text: %s', (text) => {
    expect(checkFilterText(text).end).toBe(text.length)
  })

  it('has an answer for every text, with places inside it', () => {
    const part = fc.constantFrom(
      'tcp',
      'ip.addr',
      '==',
      '~=',
      '&&',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '10.0.0.1',
      '80',
      'port',
      'host',
      'in',
      'not',
      '..',
      '\\',
      '\u0000',
      'é',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part, { maxLength: 12 }).map((parts) => parts.join(' ')),
        ),
        (text) => {
          const { start, end, tokens } = checkFilterText(text)
          for (const range of [{ start, end }, ...tokens]) {
            expect(range.start).toBeLessThanOrEqual(range.end)
            expect(range.end).toBeLessThanOrEqual(text.length)
          }
          for (let index = 1; index < tokens.length; index++)
            expect(tokens[index]?.start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('the translation of a capture filter', () => {
  it.each([
    ['host 10.0.0.1', 'ip.addr == 10.0.0.1'],
    ['src host 10.0.0.1 and not port 22', 'ip.src == 10.0.0.1 && !((tcp.port == 22 || udp.port == 22))'],
    ['net 192.168', 'ip.addr == 192.168.0.0/16'],
    ['dst net 10.0.0.0/8', 'ip.dst == 10.0.0.0/8'],
    ['tcp dst port https', 'tcp.dstport == 443'],
    ['udp portrange 1-1023', 'udp.port in {1..1023}'],
    ['(tcp or udp) and host ::1', '(tcp || udp) && ipv6.addr == ::1'],
    ['ether host 00-11-22-33-44-55', 'eth.addr == 00:11:22:33:44:55'],
    ['ether broadcast', 'eth.dst == ff:ff:ff:ff:ff:ff'],
    ['ether multicast or arp', 'eth.dst[0] & 1 || arp'],
    ['greater 1000', 'frame.len >= 1000'],
    ['vlan 5 && ip', 'vlan.id == 5 && ip'],
    ['src 10.0.0.1 || dst 10.0.0.2', 'ip.src == 10.0.0.1 || ip.dst == 10.0.0.2'],
  ])('of %s is %s', (text, expected) => {
    const translated = translateCaptureFilter(text)
    expect(translated).toBe(expected)
    expect(() => compileFilter(translated ?? '')).not.toThrow()
  })

  it('is not made up for anything else', () => {
    for (const text of [
      'tcp',
      'tcp.port == 80',
      'host',
      'port x',
      'ether host 1',
      'tcp[13] & 2 != 0',
      'host 10.0.0.1 and',
      '(host 10.0.0.1',
      '',
    ])
      expect([text, translateCaptureFilter(text)]).toEqual([text, undefined])
  })
})

describe('the classic colour rules', () => {
  it('work as far as their protocols are known', () => {
    const inert = CLASSIC_COLOR_RULES.filter((rule) => compileLeniently(rule.filter, []) === undefined).map((rule) => rule.name)
    expect(inert).not.toContain('HTTP')
    expect(inert).not.toContain('Checksum Errors')
    expect(inert).not.toContain('TTL low or unexpected')
    expect(inert).not.toContain('Broadcast')
    expect(inert).not.toContain('Bad TCP')
  })

  it('are refused when they are no filters', () => {
    expect(() => compileLeniently('tcp &&', [])).toThrow(FilterError)
    expect(compileLeniently('no.such || neither.this == 4', [])).toBeUndefined()
  })
})
