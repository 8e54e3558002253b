// Text for a terminal that acts on nothing but what it draws. Only what moves the cursor, erases, scrolls, colours or chooses a character set is let through;
// everything that could write the clipboard (OSC 52), make links (OSC 8), change a title, load or ask for something (DA, DSR, DECRQM, ENQ, DCS) is dropped,
// in its 7-bit and in its 8-bit form. What is not known is dropped.
import { utf8Text } from '../bytes/text'

/** Control characters that are let through: BS, HT, LF, VT, FF, CR, SO, SI. */
const CONTROLS: ReadonlySet<number> = new Set([8, 9, 10, 11, 12, 13, 14, 15])
/** Letters that end control sequences which only draw. */
const FINALS = /^[@A-HJKLMPSTXZ`abdefgmrsu]$/
/** Modes that only change how is drawn: origin, wrap, insert, cursor, alternate screen. */
const MODES: ReadonlySet<number> = new Set([5, 6, 7, 12, 25, 47, 1047, 1048, 1049])
/** Two-character sequences that only draw: save and restore the cursor, index, next line, tab stop, reverse index. */
const PLAIN = /^[78DEHM]$/
/** Longest sequence that is let through. */
const LONGEST = 64

type State = 'text' | 'escape' | 'charset' | 'csi' | 'string' | 'string-escape'

/** One direction; characters and sequences may begin in one chunk and end in another. */
export class TerminalText {
  private state: State = 'text'
  private sequence = ''
  private rest = new Uint8Array(0)

  /** The harmless part of a chunk. */
  push(bytes: Uint8Array): string {
    const all = new Uint8Array(this.rest.length + bytes.length)
    all.set(this.rest)
    all.set(bytes, this.rest.length)
    const whole = all.length - unfinished(all)
    this.rest = all.slice(whole)
    let text = ''
    for (const character of utf8Text(all, 0, whole)) text += this.take(character)
    return text
  }

  private take(character: string): string {
    const code = character.codePointAt(0) ?? 0
    // cancel and substitute end any sequence
    if (code === 0x18 || code === 0x1a) {
      this.state = 'text'
      return ''
    }
    switch (this.state) {
      case 'text':
        return this.plain(character, code)
      case 'escape':
        return this.escape(character, code)
      case 'charset': {
        this.state = 'text'
        return /^[0AB]$/.test(character) ? `\u001b${this.sequence}${character}` : ''
      }
      case 'csi':
        return this.control(character, code)
      case 'string':
        if (code === 7 || code === 0x9c) this.state = 'text'
        else if (code === 0x1b) this.state = 'string-escape'
        return ''
      case 'string-escape':
        if (character === '\\') {
          this.state = 'text'
          return ''
        }
        // an escape ends the string; what follows is a sequence of its own
        this.state = 'escape'
        return this.escape(character, code)
    }
  }

  private plain(character: string, code: number): string {
    if (code === 0x1b) this.state = 'escape'
    else if (code === 0x9b) this.begin()
    else if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) this.state = 'string'
    else if (code >= 0x20 ? code !== 0x7f && (code < 0x80 || code > 0x9f) && !BIDI.test(character) : CONTROLS.has(code)) return character
    return ''
  }

  private begin(): void {
    this.state = 'csi'
    this.sequence = ''
  }

  private escape(character: string, code: number): string {
    this.state = 'text'
    if (character === '[') this.begin()
    else if (/^[\]PX^_]$/.test(character)) this.state = 'string'
    else if (/^[()*+]$/.test(character)) {
      this.state = 'charset'
      this.sequence = character
    } else if (code === 0x1b) this.state = 'escape'
    else if (PLAIN.test(character)) return `\u001b${character}`
    return ''
  }

  private control(character: string, code: number): string {
    if (code === 0x1b) {
      this.state = 'escape'
      return ''
    }
    if (code >= 0x20 && code <= 0x3f) {
      if (this.sequence.length < LONGEST) this.sequence += character
      return ''
    }
    // control characters inside a sequence are carried out, as terminals do
    if (code < 0x20) return CONTROLS.has(code) ? character : ''
    this.state = 'text'
    return code >= 0x40 && code <= 0x7e && draws(this.sequence, character) ? `\u001b[${this.sequence}${character}` : ''
  }
}

/** Whether a control sequence changes nothing but what is drawn. */
function draws(parameters: string, final: string): boolean {
  if (parameters.length >= LONGEST) return false
  if (final === 'h' || final === 'l') {
    const match = /^(\??)([\d;]+)$/.exec(parameters)
    if (match === null) return false
    const modes = (match[2] ?? '').split(';').map(Number)
    return match[1] === '?' ? modes.every((mode) => MODES.has(mode)) : modes.every((mode) => mode === 4 || mode === 20)
  }
  return FINALS.test(final) && (/^[\d;:]*$/.test(parameters) || (/^[JK]$/.test(final) && /^\?[\d;]*$/.test(parameters)))
}

/** Characters that change the direction of what follows. */
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Bytes at the end that begin a character of UTF-8 and do not end it. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}
