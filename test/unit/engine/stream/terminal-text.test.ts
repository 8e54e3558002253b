// What a replayed terminal is given: nothing that reaches outside of it, whatever the bytes.
import { expect, test } from 'vitest'
import { utf8Bytes } from '../../../../src/engine/stream/find'
import { TelnetData } from '../../../../src/engine/stream/telnet'
import { TerminalText } from '../../../../src/engine/stream/terminal-text'

const ESC = '\u001b'
const safe = (...chunks: string[]): string => {
  const terminal = new TerminalText()
  return chunks.map((chunk) => terminal.push(utf8Bytes(chunk))).join('')
}

test.each([
  ['clipboard', `${ESC}]52;c;aGk=\u0007`],
  ['clipboard, 8-bit', '\u009d52;c;aGk=\u009c'],
  ['link', `${ESC}]8;;https://example.test/${ESC}\\`],
  ['title', `${ESC}]0;title\u0007`],
  ['title by window operation', `${ESC}[21t`],
  ['device attributes', `${ESC}[c`],
  ['secondary device attributes', `${ESC}[>0c`],
  ['device status', `${ESC}[6n`],
  ['device status, 8-bit', '\u009b6n'],
  ['mode request', `${ESC}[?25$p`],
  ['terminal identification', `${ESC}Z`],
  ['answer back', '\u0005'],
  ['device control string', `${ESC}P$qm${ESC}\\`],
  ['application program command', `${ESC}_secret${ESC}\\`],
  ['privacy message', `${ESC}^secret${ESC}\\`],
  ['start of string', `${ESC}Xsecret${ESC}\\`],
  ['mouse reports', `${ESC}[?1000h${ESC}[?1006h`],
  ['focus reports', `${ESC}[?1004h`],
  ['bracketed paste', `${ESC}[?2004h`],
  ['one bad mode among good ones', `${ESC}[?25;1000h`],
  ['reset', `${ESC}c`],
  ['bell', '\u0007'],
  ['right to left', '\u202e'],
])('%s is dropped', (_name, text) => {
  expect(safe(`a${text}b`)).toBe('ab')
  // The same byte by byte: a sequence may be split anywhere.
  const terminal = new TerminalText()
  expect(Array.from(utf8Bytes(`a${text}b`), (byte) => terminal.push(Uint8Array.of(byte))).join('')).toBe('ab')
})

test('what only draws stays', () => {
  const drawing = `${ESC}[2J${ESC}[1;31mred${ESC}[0m${ESC}[10;5H${ESC}[K${ESC}[?25l${ESC}(0lqk${ESC}(B${ESC}7${ESC}8\r\n\té世界`
  expect(safe(drawing)).toBe(drawing)
  expect(safe('é世', '界')).toBe('é世界')
})

test('a string that never ends hides what follows, an escape ends it', () => {
  expect(safe(`a${ESC}]52;c;`, 'x'.repeat(100_000), `${ESC}[1mb`)).toBe(`a${ESC}[1mb`)
})

test('random bytes give nothing but text, drawing controls and drawing sequences', () => {
  let seed = 7
  const next = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8
  const spice = utf8Bytes(`${ESC}[]P_^X\u009b\u009d?;012468cnthqm$\u0007\\`)
  const allowed = new RegExp(
    '^(?:[\\b\\t\\n\\v\\f\\r\\u000e\\u000f\\u0020-\\u007e\\u00a0-\\u{10ffff}]|\\u001b[78DEHM]|\\u001b[()*+][0AB]|\\u001b\\[\\??[\\d;:]*[@A-HJKLMPSTXZ`abdefghlmrsu])*$',
    'u',
  )
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: 400 }, () => (next() % 3 === 0 ? next() & 0xff : (spice[next() % spice.length] ?? 0)))
    const text = new TerminalText().push(bytes)
    expect(text).toMatch(allowed)
    expect(text).not.toMatch(/\u001b\[[^a-zA-Z@`]*[cntxqpy]/)
  }
})

test('Telnet’s commands are taken out, wherever a chunk ends', () => {
  const sent = [255, 253, 24, 255, 251, 31, 255, 250, 31, 0, 80, 0, 24, 255, 240, 104, 255, 255, 13, 0, 255, 241, 105, 13, 10]
  const whole = new TelnetData()
  expect([...whole.push(Uint8Array.from(sent))]).toEqual([104, 255, 13, 105, 13, 10])
  expect(whole.size).toEqual([80, 24])
  const pieces = new TelnetData()
  expect(sent.flatMap((byte) => [...pieces.push(Uint8Array.of(byte))])).toEqual([104, 255, 13, 105, 13, 10])
})
