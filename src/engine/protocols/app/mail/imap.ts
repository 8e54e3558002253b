// IMAP (RFC 9051, 3501): lines, tags, and what a tagged response answers. Literals of FETCH responses are given to IMF; STARTTLS hands over to TLS.
import { asciiValue, printable } from '../../../bytes/printable'
import {
  ONE_MORE_SEGMENT,
  bool,
  conversationOf,
  defineProgress,
  defineProtocol,
  defineState,
  framenum,
  progressOf,
  relativeTime,
  rememberProtocol,
  string,
} from '../../../dissect/define'
import { startTls } from '../../../dissect/start-tls'
import type { Decoder } from '../../../dissect/define'
import { lineAt, tokenAt } from '../../../dissect/lines'
import { protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { TransactionTable } from '../../../dissect/transactions'
import type { Transaction } from '../../../dissect/transactions'

const PORT = 143
const FIELDS = {
  'imap.isrequest': bool('Request', { hidden: true }),
  'imap.line': string('Line'),
  'imap.request': string('Request'),
  'imap.request_tag': string('Request Tag'),
  'imap.response': string('Response'),
  'imap.response_tag': string('Response Tag'),
  'imap.request.command': string('Request Command'),
  'imap.response.command': string('Response Command'),
  'imap.response.status': string('Response Status'),
  'imap.tag': string('Tag', { hidden: true }),
  'imap.command': string('Command', { hidden: true }),
  'imap.request.folder': string('Request Folder'),
  'imap.request.command.uid': bool('Request isUID'),
  'imap.request.username': string('Request Username'),
  'imap.request.password': string('Request Password'),
  'imap.response_in': framenum('Response In', { generated: true }),
  'imap.response_to': framenum('Request In', { generated: true }),
  'imap.time': relativeTime('Response Time', { generated: true }),
} as const
type Ids = FieldIds<typeof FIELDS>

const REQUESTS = defineState('imap.requests', () => new TransactionTable())
/** Tag of the STARTTLS command that was not answered yet. */
const TLS_TAG = defineProgress('imap', '')
/** Payloads of the conversation that are still looked at for TLS, as tshark does where the STARTTLS was not captured. */
const TLS_TRIES = defineProgress('imap-tls', 2)
/** Bytes at the start of a payload that are text when it is not TLS. */
const TEXT_HEAD = 5

/** Commands whose first argument is a mailbox (RFC 9051, 6.3). */
const MAILBOX_FIRST = /^(select|examine|create|delete|rename|subscribe|unsubscribe|status|append)$/i
/** Longest tag by which requests and responses are matched. */
const LONGEST_TAG = 100

export const imap = defineProtocol({
  name: 'imap',
  title: 'Internet Message Access Protocol',
  short: 'IMAP',
  accepts: { 'tcp.port': [PORT] },
  fields: FIELDS,
  decode(d, f) {
    if (isTls(d)) return
    const isRequest = d.packet.destinationPort === PORT || (d.packet.sourcePort !== PORT && d.packet.direction === 0),
      progress = progressOf(d, TLS_TAG),
      start = d.at
    let info = '',
      fromTagged = false
    const say = (line: string, tagged: boolean) => {
      if (!d.summary || (info !== '' && (fromTagged || !tagged))) return
      info = `${isRequest ? 'Request' : 'Response'}: ${printable(line)}`
      fromTagged = tagged
      d.setProtocol('IMAP')
      d.setInfo(info)
    }
    const literals: { start: number; end: number }[] = []
    while (d.at < d.readable) {
      const at = d.at,
        line = lineAt(d, at),
        words = d.latin1(at, line.end),
        literal = isRequest ? undefined : /^\* \d+ FETCH .*\{(\d+)\}$/i.exec(words)?.[1],
        after = line.next + Number(literal ?? 0)
      if (d.canDesegment > 0 && (!line.complete || after > d.end)) {
        d.needMore(at, ONE_MORE_SEGMENT)
        if (at === start && line.complete) d.add(f['imap.isrequest'], at, at, isRequest ? 1 : 0)
        else if (at === start) d.withdraw()
        break
      }
      if (at === start) d.add(f['imap.isrequest'], at, at, isRequest ? 1 : 0)
      const tagged = words !== '' && !words.startsWith('*')
      say(words, tagged)
      d.value(f['imap.line'], at, line.next, asciiValue(d.latin1(at, line.next)))
      if (tagged) {
        const outer = d.enter()
        if (isRequest) {
          const tag = request(d, f, at, line.end)
          if (tag !== undefined) progress.now = tag
        } else if (response(d, f, at, line.end, progress.now)) {
          progress.now = ''
          startTls(d, 'imap')
        }
        d.leave(outer)
      }
      if (literal !== undefined) literals.push({ start: line.next, end: Math.min(after, d.end) })
      d.at = Math.min(literal === undefined ? line.next : after, d.readable)
    }
    if (d.first) progress.keep(d.packet.number)
    const imf = protocolByName('imf')
    if (imf && !d.stateOnly) for (const literal of literals) d.layer(imf, literal.start, literal.end)
  },
})

/** Whether TLS took the payload: one of the conversation's first that does not begin with text. From then on TLS is asked before IMAP. */
function isTls(d: Decoder): boolean {
  const tries = progressOf(d, TLS_TRIES)
  if (tries.now === 0) return false
  tries.now--
  if (d.first) tries.keep(d.packet.number)
  if (d.left < TEXT_HEAD || /^[ -~]*$/.test(d.latin1(d.at, d.at + TEXT_HEAD))) return false
  const tls = protocolByName('tls')
  if (!tls) return false
  if (!d.layer(tls, d.at, d.end)) d.data()
  rememberProtocol(d, 'tls', d.packet.number + 1)
  return true
}

/** A tagged request; returns its tag when it asks for TLS. */
function request(d: Decoder, f: Ids, start: number, end: number): string | undefined {
  d.value(f['imap.request'], start, end, asciiValue(d.latin1(start, end)))
  const tag = tokenAt(d, start, end),
    tagText = d.latin1(start, tag.end)
  if (tagText !== '') {
    both(d, f['imap.request_tag'], f['imap.tag'], start, tag.end)
    const found = transactions(d).request(d, keyOf(d, tagText))
    if (found && found.responseFrame > 0) d.generated(f['imap.response_in'], found.responseFrame)
  }
  let at = tag.next,
    command = tokenAt(d, at, end)
  if (at >= end || tagText === '') return undefined
  const first = d.latin1(at, command.end)
  d.value(f['imap.command'], at, command.end, asciiValue(first))
  if (/^uid$/i.test(first)) {
    d.add(f['imap.request.command.uid'], at, command.end, 1)
    at = command.next
    command = tokenAt(d, at, end)
    if (at >= end) return undefined
  }
  const name = d.latin1(at, command.end)
  d.value(f['imap.request.command'], at, command.end, asciiValue(name))
  const argument = tokenAt(d, command.next, end)
  if (MAILBOX_FIRST.test(name) && argument.end > command.next) text(d, f['imap.request.folder'], command.next, argument.end)
  else if (/^copy$/i.test(name)) {
    const second = tokenAt(d, argument.next, end)
    if (second.end > argument.next) text(d, f['imap.request.folder'], argument.next, second.end)
  } else if (/^login$/i.test(name)) {
    const password = tokenAt(d, argument.next, end)
    if (argument.end > command.next) unquoted(d, f['imap.request.username'], command.next, argument.end)
    if (password.end > argument.next) unquoted(d, f['imap.request.password'], argument.next, password.end)
  }
  return /^starttls$/i.test(name) ? tagText : undefined
}

/** A response that is not untagged; returns whether it answers STARTTLS with OK. */
function response(d: Decoder, f: Ids, start: number, end: number, tlsTag: string): boolean {
  d.value(f['imap.response'], start, end, asciiValue(d.latin1(start, end)))
  const tag = tokenAt(d, start, end),
    tagText = d.latin1(start, tag.end)
  if (tagText === '') return false
  both(d, f['imap.response_tag'], f['imap.tag'], start, tag.end)
  const status = tokenAt(d, tag.next, end)
  if (status.end > tag.next) text(d, f['imap.response.status'], tag.next, status.end)
  const command = tokenAt(d, status.next, end)
  if (command.end > status.next) both(d, f['imap.response.command'], f['imap.command'], status.next, command.end)
  const found = transactions(d).response(d, keyOf(d, tagText))
  if (found) timeRows(d, f, found)
  return tlsTag !== '' && tagText === tlsTag && /^ok$/i.test(d.latin1(tag.next, status.end))
}

function timeRows(d: Decoder, f: Ids, found: Transaction): void {
  const { packet } = d,
    { frames } = d.session,
    own = found.requestFrame === packet.number
  let seconds = packet.seconds - (own ? packet.seconds : frames.seconds(found.requestFrame)),
    nanoseconds = packet.nanoseconds - (own ? packet.nanoseconds : frames.nanoseconds(found.requestFrame))
  if (nanoseconds < 0 && seconds > 0) {
    seconds--
    nanoseconds += 1e9
  }
  d.generated(f['imap.response_to'], found.requestFrame)
  d.time(f['imap.time'], seconds, nanoseconds)
}

function transactions(d: Decoder): TransactionTable {
  return d.state(REQUESTS)
}
function keyOf(d: Decoder, tag: string): string {
  return `${conversationOf(d)}/${tag.slice(0, LONGEST_TAG)}`
}

function text(d: Decoder, field: Ids['imap.line'], start: number, end: number): void {
  d.value(field, start, end, asciiValue(d.latin1(start, end)))
}
function both(d: Decoder, field: Ids['imap.line'], hidden: Ids['imap.line'], start: number, end: number): void {
  text(d, field, start, end)
  text(d, hidden, start, end)
}
/** A word, without the quotation marks around it. */
function unquoted(d: Decoder, field: Ids['imap.line'], start: number, end: number): void {
  if (d.peek8(start) === 0x22 && end - start > 1) text(d, field, start + 1, end - 1)
  else text(d, field, start, end)
}
