import { describe, expect, it } from 'vitest'
import { compileFilter, printFilter } from '../../../../src/engine/filter'
import { expandMacros } from '../../../../src/engine/filter/macros'
import { FilterError } from '../../../../src/shared/errors'
import '../../../../src/engine/protocols/all'

const MACROS = [
  { name: 'private', text: 'ip.addr in {10.0.0.0/8, 192.168.0.0/16}' },
  { name: 'between', text: 'ip.addr == $1 && ip.addr == $2' },
  { name: 'outer', text: '(${between:$1;10.0.0.2}) || ${private}' },
  { name: 'endless', text: '${endless}' },
]

function problem(text: string): [string, string] {
  try {
    compileFilter(text, { macros: MACROS })
  } catch (error) {
    if (error instanceof FilterError) return [error.message, text.slice(error.start, error.end)]
    throw error
  }
  return ['', '']
}

describe('macros', () => {
  it('stand for their text, with arguments, inside one another', () => {
    const printed = (text: string): string => printFilter(compileFilter(text, { macros: MACROS }).condition)
    expect(printed('tcp && ${private}')).toBe('tcp && ip.addr in {10.0.0.0/8, 192.168.0.0/16}')
    expect(printed('${between:10.0.0.1;10.0.0.9}')).toBe('ip.addr == 10.0.0.1 && ip.addr == 10.0.0.9')
    expect(printed('${between;10.0.0.1;10.0.0.9}')).toBe('ip.addr == 10.0.0.1 && ip.addr == 10.0.0.9')
    expect(printed('${outer:10.0.0.1}')).toBe('ip.addr == 10.0.0.1 && ip.addr == 10.0.0.2 || ip.addr in {10.0.0.0/8, 192.168.0.0/16}')
  })

  it('leave references to fields alone', () => {
    expect(expandMacros('ip.src == ${ip.dst}', MACROS).text).toBe('ip.src == ${ip.dst}')
  })

  it('say what is wrong at the place that was typed', () => {
    expect(problem('tcp && ${between:10.0.0.1}')).toEqual([
      'The macro "between" needs 2 or more arguments: ${between:first;second}.',
      '${between:10.0.0.1}',
    ])
    expect(problem('${endless}')).toEqual(['The macro "endless" uses itself.', '${endless}'])
    expect(problem('${private} && no.such.field')[1]).toBe('no.such.field')
    expect(problem('tcp && ${between:x;y}')[1]).toBe('${between:x;y}')
  })
})
