// A TCP stream as a terminal session: what each side sent, when, in text that only draws.
import type { Trace } from '../index/trace'
import type { FollowedStream } from './followed-stream'
import { TelnetData } from './telnet'
import { TerminalText } from './terminal-text'

/** What one side sent in a packet. */
export interface SessionEvent {
  readonly side: 0 | 1
  readonly frame: number
  /** Seconds since the first event. */
  readonly time: number
  readonly text: string
  readonly missing: number
}

/** A session as far as it is read. */
export interface TerminalSession {
  readonly telnet: boolean
  readonly size: readonly [columns: number, rows: number] | undefined
  readonly events: readonly SessionEvent[]
  readonly more: boolean
}

/** Most events and characters of a session: longer ones are cut. */
const MOST_EVENTS = 20_000,
  MOST_TEXT = 4_000_000
const TELNET_PORT = 23,
  COMMAND = 255

/** Reads a followed TCP stream as a session; `giveWay` is awaited between chunks and may end it by throwing. */
export async function terminalSession(followed: FollowedStream, giveWay: () => Promise<void> | undefined): Promise<TerminalSession> {
  const { trace, chunks } = followed
  const events: SessionEvent[] = []
  const first = chunks[0]
  const telnet = isTelnet(followed)
  const data = [new TelnetData(), new TelnetData()] as const
  const screens = [new TerminalText(), new TerminalText()] as const
  const start = first === undefined ? 0 : secondsOf(trace, first.frame)
  let length = 0
  for (const chunk of chunks) {
    if (events.length >= MOST_EVENTS || length >= MOST_TEXT) return { telnet, size: sizeOf(data), events, more: true }
    await giveWay()
    const { side, frame, missing } = chunk
    const bytes = missing > 0 ? new Uint8Array(0) : followed.bytes(chunk)
    const text = screens[side].push(telnet ? data[side].push(bytes) : bytes)
    if (text === '' && missing === 0) continue
    length += text.length
    events.push({ side, frame, time: secondsOf(trace, frame) - start, text, missing })
  }
  return { telnet, size: sizeOf(data), events, more: false }
}

function sizeOf(data: readonly [TelnetData, TelnetData]): readonly [number, number] | undefined {
  return data[0].size ?? data[1].size
}

/** By its port, or since it begins with a command of Telnet. */
function isTelnet(followed: FollowedStream): boolean {
  const { trace, stream, chunks } = followed
  const { tcp } = trace.conversations
  if (stream >= tcp.count) return false
  if (tcp.destinationPort(stream) === TELNET_PORT || tcp.sourcePort(stream) === TELNET_PORT) return true
  const first = chunks[0]
  const bytes = first === undefined || first.missing > 0 ? undefined : followed.bytes(first)
  return bytes?.[0] === COMMAND && (bytes[1] ?? 0) >= 250
}

function secondsOf({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) - records.seconds.get(0) + (records.nanoseconds.get(frame - 1) - records.nanoseconds.get(0)) / 1e9
}
