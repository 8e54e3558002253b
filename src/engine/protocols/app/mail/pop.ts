// POP3 (RFC 1939) with STLS (RFC 2595): commands, replies, and mails, which are given to IMF packet by packet, or whole where a reply told their size.
import { asciiValue, printable } from '../../../bytes/printable'
import { defineProgress, defineProtocol, framenum, none, progressOf, string, u32 } from '../../../dissect/define'
import { startTls } from '../../../dissect/start-tls'
import type { Decoder, Progress } from '../../../dissect/define'
import { lineAt, tokenAt } from '../../../dissect/lines'
import type { Line } from '../../../dissect/lines'
import { protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { MessageParts, showParts } from './message-parts'

const PORT = 110
const FIELDS = {
  'pop.request': string('Request'),
  'pop.request.command': string('Request command'),
  'pop.request.parameter': string('Request parameter'),
  'pop.request.data': string('Data'),
  'pop.response': string('Response'),
  'pop.response.indicator': string('Response indicator'),
  'pop.response.description': string('Response description'),
  'pop.response.data': string('Data'),
  'pop.data.fragments': none('DATA fragments', { generated: true }),
  'pop.data.fragment': framenum('DATA fragment', { generated: true }),
  'pop.data.fragment.count': u32('DATA fragment count', { generated: true }),
  'pop.data.reassembled.length': u32('Reassembled DATA length', { generated: true }),
} as const
type Ids = FieldIds<typeof FIELDS>

interface PopState {
  /** A mail was asked for, and the reply to that is missing. */
  readonly asked: boolean
  readonly tlsAsked: boolean
  /** Size of the mail that is coming, 0 when no reply told it; what came of it. */
  readonly size: number
  readonly got: number
  readonly message: MessageParts | undefined
}
const POP = defineProgress<PopState>('pop', { asked: false, tlsAsked: false, size: 0, got: 0, message: undefined })

export const pop = defineProtocol({
  name: 'pop',
  title: 'Post Office Protocol',
  short: 'POP',
  accepts: { 'tcp.port': [PORT] },
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, POP),
      isRequest = d.packet.destinationPort === PORT || (d.packet.sourcePort !== PORT && d.packet.direction === 0),
      line = lineAt(d, d.at),
      words = d.latin1(d.at, line.end)
    d.setProtocol('POP')
    if (!isRequest && !words.startsWith('+OK') && !words.startsWith('-ERR')) mail(d, f, progress)
    else lines(d, f, progress, isRequest, line)
    if (d.first) progress.keep(d.packet.number)
    d.at = d.end
  },
})

function lines(d: Decoder, f: Ids, progress: Progress<PopState>, isRequest: boolean, line: Line): void {
  const start = d.at,
    words = d.latin1(start, line.end),
    whole = asciiValue(d.latin1(start, line.next))
  if (d.summary) d.setInfo(`${isRequest ? 'C' : 'S'}: ${printable(words)}`)
  d.value(isRequest ? f['pop.request'] : f['pop.response'], start, line.next, whole)
  if (d.labels) d.label(printable(d.latin1(start, line.next)))
  const outer = d.enter(),
    token = tokenAt(d, start, line.end)
  if (token.end > start) {
    const first = asciiValue(d.latin1(start, token.end))
    d.value(isRequest ? f['pop.request.command'] : f['pop.response.indicator'], start, token.end, first)
    if (isRequest) progress.now = { ...progress.now, asked: /^retr$/i.test(first), tlsAsked: /^stls$/i.test(first) }
    else reply(d, progress, words)
  }
  if (token.next < line.end) {
    const rest = asciiValue(d.latin1(token.next, line.end))
    d.value(isRequest ? f['pop.request.parameter'] : f['pop.response.description'], token.next, line.end, rest)
  }
  d.leave(outer)
  for (let at = line.next; at < d.readable && !d.stateOnly;) {
    const { next } = lineAt(d, at)
    d.value(isRequest ? f['pop.request.data'] : f['pop.response.data'], at, next, asciiValue(d.latin1(at, next)))
    if (d.labels) d.label(printable(d.latin1(at, next)))
    at = next
  }
}

/** What a reply changes: TLS follows, or a mail of a size that the reply tells ("+OK 120 octets"). */
function reply(d: Decoder, progress: Progress<PopState>, words: string): void {
  const { asked, tlsAsked } = progress.now,
    ok = words.startsWith('+OK')
  if (tlsAsked && ok) startTls(d, 'pop')
  const size = asked && ok ? Number(/^\+OK +(\d{1,9})\b/.exec(words)?.[1] ?? 0) : 0
  if (asked || tlsAsked || progress.now.size > 0) {
    const message = size > 0 ? new MessageParts() : undefined
    progress.now = { asked: false, tlsAsked: false, size, got: 0, message }
  }
}

/** A packet that begins with no reply: a part of a mail. */
function mail(d: Decoder, f: Ids, progress: Progress<PopState>): void {
  const { size, got, message } = progress.now,
    imf = protocolByName('imf'),
    length = d.left
  if (d.summary) d.setInfo(message ? `S: DATA fragment, ${length} byte${length === 1 ? '' : 's'}` : 'S: DATA')
  if (!message) {
    if (imf && !d.stateOnly) d.layer(imf, d.at, d.end)
    return
  }
  message.add(d, d.at, d.leftCaptured)
  const now = got + length
  progress.now = now >= size ? { ...progress.now, size: 0, got: 0, message: undefined } : { ...progress.now, got: now }
  if (now < size || d.stateOnly) return
  const ids = {
    fragments: f['pop.data.fragments'],
    fragment: f['pop.data.fragment'],
    count: f['pop.data.fragment.count'],
    length: f['pop.data.reassembled.length'],
  }
  showParts(d, ids, message)
  const bytes = message.bytes(d, d.packet.number)
  if (imf) {
    d.within('Reassembled DATA', bytes, () => {
      d.layer(imf, 0, bytes.length)
    })
  }
}
