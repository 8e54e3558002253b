import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFilter, completeFilter } from '../../../../src/engine/filter'
import '../../../../src/engine/protocols/all'

const kinds = (text: string) => checkFilter(text).tokens.map(({ start, end, kind }) => `${text.slice(start, end)}:${kind}`)

describe('a text while it is typed', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['tcp', 'valid'],
    ['tcp.port == 80', 'valid'],
    ['tcp.po', 'incomplete'],
    ['tcp.port ==', 'incomplete'],
    ['tcp.port == 80 &&', 'incomplete'],
    ['(tcp', 'incomplete'],
    ['http.host contains "x', 'incomplete'],
    ['tcp.port == "x"', 'invalid'],
    ['qqq.zzz == 1', 'invalid'],
    ['tcp.port == 80)', 'invalid'],
    ['ip.addr ~= 10.0.0.1', 'hint'],
    ['ip.addr != 10.0.0.1', 'valid'],
    ['tcp || udp && arp', 'hint'],
    ['tcp || (udp && arp)', 'valid'],
  ])('%j is %s', (text, state) => {
    expect(checkFilter(text).state).toBe(state)
  })

  it('says where it is wrong', () => {
    expect(checkFilter('ip and tcp.port == "x"')).toMatchObject({ state: 'invalid', start: 19, end: 22 })
  })

  it('is coloured by what its parts are', () => {
    expect(kinds('lower(http.host) contains "x" and ip.addr in {10.0.0.0/8} or tcp[1:2] == 0x50')).toEqual([
      'lower:function',
      '(:punctuation',
      'http.host:field',
      '):punctuation',
      'contains:operator',
      '"x":string',
      'and:keyword',
      'ip.addr:field',
      'in:keyword',
      '{:punctuation',
      '10.0.0.0/8:address',
      '}:punctuation',
      'or:keyword',
      'tcp:field',
      '[:punctuation',
      '1:2:number',
      ']:punctuation',
      '==:operator',
      '0x50:number',
    ])
    expect(kinds('nosuch == "a')).toEqual(['nosuch:error', '==:operator', '"a:error'])
  })

  it('has an answer whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { start, end } of checkFilter(text).tokens) expect(0 <= start && start <= end && end <= text.length).toBe(true)
      }),
    )
  })
})

describe('proposals', () => {
  const texts = (text: string, cursor = text.length) => completeFilter(text, cursor).items.map((item) => item.text)

  it('are fields where a condition begins, protocols first', () => {
    expect(texts('arp')[0]).toBe('arp')
    expect(texts('arp')).toContain('arp.opcode')
    expect(texts('ip && tcp.srcp')).toEqual(['tcp.srcport'])
    expect(texts('upp')).toEqual(['upper('])
  })

  it('are operators that the type allows behind a field', () => {
    expect(texts('http.host ')).toContain('matches')
    expect(texts('tcp.port ')).not.toContain('contains')
    expect(texts('tcp.port ')).toContain('in {')
    expect(texts('tcp ')).toContain('&&')
  })

  it('are named values behind a comparison', () => {
    expect(completeFilter('arp.opcode == req', 17).items).toContainEqual(expect.objectContaining({ text: '1', kind: 'value' }))
    expect(texts('tcp.flags.syn == ')).toEqual(['1', '0'])
  })

  it('are values seen in the capture where it tells them', () => {
    const source = { packets: () => 1, values: () => ['"www.example.test"'] }
    expect(completeFilter('http.host == ', 13, source).items.map((item) => item.text)).toEqual(['"www.example.test"'])
  })

  it('replace the word at the cursor', () => {
    expect(completeFilter('tcp.po == 80', 4)).toMatchObject({ start: 0, end: 6 })
  })

  it('end with the condition, and are none inside a string', () => {
    expect(texts('tcp.port == 80 ')).toEqual(['&&', '||'])
    expect(texts('http.host == "tc')).toEqual([])
  })
})
