import { describe, expect, it } from 'vitest'
import { paletteScore } from '../../../../../src/renderer/app/palette'
import { tokenParts } from '../../../../../src/renderer/views/packets/filter-tokens'
import { infoParts } from '../../../../../src/renderer/views/packets/info-parts'
import { combineFilters, tidy } from '../../../../../src/renderer/views/packets/menus'

const parts = (text: string): string[] => infoParts(text).map((part) => `${part.kind}:${part.text}`)

describe('Info texts', () => {
  it('emphasise flags, requests and status lines, and mark notes in front', () => {
    expect(parts('42704 → 80 [SYN, ACK] Seq=0')).toEqual(['plain:42704 → 80 ', 'strong:[SYN, ACK]', 'plain: Seq=0'])
    expect(parts('GET /old HTTP/1.1 ')).toEqual(['strong:GET /old', 'plain: HTTP/1.1 '])
    expect(parts('HTTP/1.1 301 Moved Permanently  (text/html)')).toEqual([
      'quiet:HTTP/1.1 ',
      'strong:301 Moved Permanently',
      'plain:  (text/html)',
    ])
    expect(parts('[TCP Retransmission] 1 → 2 [ACK] Len=0')[0]).toBe('problem:[TCP Retransmission] ')
  })

  it('never change the text', () => {
    for (const text of [
      '',
      '[SYN]',
      '[RST, ACK] x',
      'GET',
      '[Malformed Packet]',
      '[TCP Out-Of-Order] [TCP Dup ACK 3#1] 5 → 6 [ACK]',
      'a [b] c',
    ]) {
      expect(
        infoParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }
  })
})

describe('filter colours', () => {
  const check = {
    state: 'valid',
    message: { en: '', zh: '' },
    start: 0,
    end: 0,
    tokens: [
      { start: 0, end: 3, kind: 'field' as const },
      { start: 4, end: 6, kind: 'operator' as const },
    ],
  } as const

  it('follow the tokens', () => {
    expect(tokenParts('tcp == 1', 'tcp == 1', { ...check, tokens: [...check.tokens] }).map((part) => `${part.kind}:${part.text}`)).toEqual([
      'field:tcp',
      'plain: ',
      'operator:==',
      'plain: 1',
    ])
  })

  it('keep only the part that is still the same while an answer is on its way', () => {
    expect(tokenParts('tcp != 1', 'tcp == 1', { ...check, tokens: [...check.tokens] }).map((part) => `${part.kind}:${part.text}`)).toEqual([
      'field:tcp',
      'plain: != 1',
    ])
    expect(tokenParts('abc', '', null)).toEqual([{ kind: 'plain', text: 'abc' }])
  })
})

describe('menus', () => {
  it('combine a field with the filter in force', () => {
    expect(combineFilters('', 'ip.src == 1.2.3.4', 'and')).toBe('ip.src == 1.2.3.4')
    expect(combineFilters('tcp', 'ip.ttl == 64', 'and')).toBe('tcp && ip.ttl == 64')
    expect(combineFilters('tcp || udp', 'ip.ttl == 64', 'and-not')).toBe('(tcp || udp) && !(ip.ttl == 64)')
    expect(combineFilters('tcp', 'ip.ttl == 64', 'not')).toBe('!(ip.ttl == 64)')
    expect(combineFilters('tcp', 'ip.ttl == 64', 'or')).toBe('tcp || ip.ttl == 64')
  })

  it('have no separator at an end or next to another', () => {
    const line = (id: string): { kind: 'separator'; id: string } => ({ kind: 'separator', id })
    const item = { id: 'x', label: 'x', onSelect: () => undefined }
    expect(tidy([line('a'), item, line('b'), line('c'), { ...item, id: 'y' }, line('d')]).map((entry) => entry.id)).toEqual(['x', 'b', 'y'])
  })
})

describe('palette', () => {
  it('matches words in any order and prefers the start of words', () => {
    expect(paletteScore('Mark all displayed packets', 'pack mark')).toBeGreaterThan(0)
    expect(paletteScore('Mark all displayed packets', 'zebra')).toBe(0)
    expect(paletteScore('Mark or unmark', 'mark')).toBeGreaterThan(paletteScore('Remove bookmarks', 'mark'))
  })
})
