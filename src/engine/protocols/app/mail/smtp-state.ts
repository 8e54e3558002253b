// Where an SMTP conversation stands, and what kind of payload a client's packet is, as Wireshark takes it: one kind a packet.
import { defineProgress } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { lineAt } from '../../../dissect/lines'
import type { MessageParts } from './message-parts'

/** Answers that a client was asked for by 334 (RFC 4954), or that it is to be asked for. */
export type Login = 'none' | 'login' | 'user' | 'user sent' | 'password' | 'plain' | 'credentials'

export interface SmtpState {
  readonly reading: 'commands' | 'data'
  /** The data so far end with CR LF. */
  readonly lineEnded: boolean
  /** Bytes of a BDAT chunk (RFC 3030) that are missing; -1 when the data end with a dot. */
  readonly left: number
  readonly lastChunk: boolean
  readonly login: Login
  readonly tlsAsked: boolean
  readonly message: MessageParts | undefined
}

export const SMTP = defineProgress<SmtpState>('smtp', {
  reading: 'commands',
  lineEnded: false,
  left: -1,
  lastChunk: false,
  login: 'none',
  tlsAsked: false,
  message: undefined,
})

/** What a client's packet is: commands, a part of a mail, or its end (the position of the dot's line). */
export interface RequestKind {
  readonly kind: 'command' | 'message' | 'end' | 'last chunk'
  readonly dot: number
  readonly state: SmtpState
}

/** Classifies the client's packet at d.at. */
export function requestKind(d: Decoder, before: SmtpState): RequestKind {
  let state = before,
    kind: RequestKind['kind'] = 'message'
  const end = d.readable
  for (let at = d.at; at < end;) {
    const line = lineAt(d, at, end)
    if (state.reading === 'data') {
      if (state.left < 0 && state.lineEnded && d.peek8(at) === 0x2e && d.peek16(at + 1) === 0x0d0a && line.next > line.end) {
        return { kind: 'end', dot: at, state: { ...state, reading: 'commands', message: undefined } }
      }
      const lineEnded = d.leftCaptured === d.left && d.peek16(end - 2) === 0x0d0a
      if (lineEnded !== state.lineEnded) state = { ...state, lineEnded }
      kind = 'message'
      if (state.left >= 0) {
        const left = state.left - (end - at)
        if (left !== 0) return { kind, dot: -1, state: { ...state, left: left < 0 ? Number.MAX_SAFE_INTEGER : left } }
        const isLast = state.lastChunk
        state = { ...state, left: -1, reading: 'commands', lastChunk: false, message: isLast ? undefined : state.message }
        return { kind: isLast ? 'last chunk' : kind, dot: -1, state }
      }
    } else if (line.end - at >= 4) {
      const words = d.latin1(at, Math.min(line.end, at + 64)).toUpperCase()
      kind = 'command'
      if (words === 'DATA') state = { ...state, reading: 'data', lineEnded: true, left: -1 }
      else if (words === 'STARTTLS') state = { ...state, tlsAsked: true }
      else if (words.startsWith('BDAT ')) {
        const chunk = /^BDAT +(\d+)( +LAST)?/.exec(words),
          length = Number(chunk?.[1] ?? 0)
        if (chunk && length > 0) state = { ...state, reading: 'data', left: length, lastChunk: chunk[2] !== undefined }
      } else if (words.startsWith('RSET')) state = { ...state, message: undefined }
    }
    at = line.next
  }
  return { kind, dot: -1, state }
}
