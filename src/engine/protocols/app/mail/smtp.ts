// SMTP (RFC 5321) with BDAT (RFC 3030), AUTH (RFC 4954) and STARTTLS (RFC 3207): commands, replies, and the mail between them, which is given to IMF.
// Not covered: decoding user names and passwords, NTLM authentication.
import { asciiValue, printable } from '../../../bytes/printable'
import { ONE_MORE_SEGMENT, bool, defineProtocol, expert, framenum, none, progressOf, string, u32 } from '../../../dissect/define'
import { startTls } from '../../../dissect/start-tls'
import type { Decoder, Progress } from '../../../dissect/define'
import { isDigits, lineAt } from '../../../dissect/lines'
import { protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { SMTP_REPLIES } from '../../../values/smtp'
import { MessageParts, showParts } from './message-parts'
import { SMTP, requestKind } from './smtp-state'
import type { Login, RequestKind, SmtpState } from './smtp-state'

const PORTS = [25, 587]
const FIELDS = {
  'smtp.req': bool('Request', { hidden: true }),
  'smtp.rsp': bool('Response', { hidden: true }),
  'smtp.command_line': string('Command Line'),
  'smtp.req.command': string('Command'),
  'smtp.req.parameter': string('Request parameter'),
  'smtp.response': string('Response'),
  'smtp.response.code': u32('Response code', { values: SMTP_REPLIES }),
  'smtp.rsp.parameter': string('Response parameter'),
  'smtp.auth.username': string('Username'),
  'smtp.auth.password': string('Password'),
  'smtp.auth.username_password': string('Username/Password'),
  'smtp.eom': none('EOM'),
  'smtp.data.fragments': none('DATA fragments', { generated: true }),
  'smtp.data.fragment': framenum('DATA fragment', { generated: true }),
  'smtp.data.fragment.count': u32('DATA fragment count', { generated: true }),
  'smtp.data.reassembled.in': framenum('Reassembled DATA in frame', { generated: true }),
  'smtp.data.reassembled.length': u32('Reassembled DATA length', { generated: true }),
  'smtp.base64_decode': expert('warning', 'protocol', 'base64 decode failed or is not enabled (check SMTP preferences)'),
  'smtp.response.code.unexpected': expert('warning', 'protocol', 'Unexpected response code in multiline response'),
} as const
type Ids = FieldIds<typeof FIELDS>

export const smtp = defineProtocol({
  name: 'smtp',
  title: 'Simple Mail Transfer Protocol',
  short: 'SMTP',
  accepts: { 'tcp.port': PORTS },
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, SMTP),
      { packet } = d,
      fromClient = PORTS.includes(packet.destinationPort) || (!PORTS.includes(packet.sourcePort) && packet.direction === 0)
    if (d.canDesegment > 0 && !lineAt(d, d.at).complete) {
      d.needMore(d.at, ONE_MORE_SEGMENT)
      d.withdraw()
      return
    }
    d.setProtocol('SMTP')
    if (fromClient) request(d, f, progress)
    else replies(d, f, progress)
    if (d.first) progress.keep(packet.number)
    d.at = d.end
  },
})

function request(d: Decoder, f: Ids, progress: Progress<SmtpState>): void {
  const { login } = progress.now,
    asked = login === 'user' || login === 'password' || login === 'credentials'
  if (asked) {
    answer(d, f, login, lineAt(d, d.at).end)
    progress.now = { ...progress.now, login: login === 'user' ? 'user sent' : 'none' }
    return
  }
  const found = requestKind(d, progress.now),
    start = d.at
  let message = progress.now.message
  progress.now = found.state
  if (found.kind === 'command') {
    commands(d, f, progress)
    return
  }
  if (!message) {
    message = new MessageParts()
    if (found.kind === 'message') progress.now = { ...progress.now, message }
  }
  if (found.kind === 'end') endOfMail(d, f, found, message)
  else {
    const length = d.left
    if (d.summary) d.setInfo(`C: DATA fragment, ${length} byte${length === 1 ? '' : 's'}`)
    message.add(d, start, d.leftCaptured)
    if (found.kind === 'last chunk') d.generated(f['smtp.data.reassembled.in'], d.packet.number, start, start)
    const text = protocolByName('data-text-lines')
    if (text && !d.stateOnly) {
      d.key = 0
      d.layer(text, start, d.end, true)
    }
  }
}

function endOfMail(d: Decoder, f: Ids, found: RequestKind, message: MessageParts): void {
  const { dot, state } = found
  if (d.summary) d.setInfo('C: .')
  message.add(d, d.at, (endsWithEmptyLine(d, d.at, dot) ? dot - 2 : dot) - d.at)
  if (d.stateOnly) return
  d.range(f['smtp.eom'], dot, Math.min(dot + 3, d.readable))
  if (d.labels) d.label('C: .')
  if (state.message || message.until(d.packet.number).length === 0) return
  showParts(
    d,
    {
      fragments: f['smtp.data.fragments'],
      fragment: f['smtp.data.fragment'],
      count: f['smtp.data.fragment.count'],
      length: f['smtp.data.reassembled.length'],
    },
    message,
  )
  const imf = protocolByName('imf')
  if (!imf) return
  const bytes = message.bytes(d, d.packet.number)
  d.within('Reassembled DATA', bytes, () => {
    d.layer(imf, 0, bytes.length)
  })
}

/** Whether the last line of a range is empty: in front of the dot tshark takes it for the end of mail data (RFC 5321, 4.1.1.4), not for a part of the mail. */
function endsWithEmptyLine(d: Decoder, start: number, end: number): boolean {
  return end - start >= 2 && d.peek16(end - 2) === 0x0d0a && (end - start === 2 || d.peek8(end - 3) === 0x0a)
}

/** What a client answers to 334: base 64, which is shown as it is. */
function answer(d: Decoder, f: Ids, login: Login, end: number): void {
  const start = d.at,
    text = asciiValue(d.latin1(start, end))
  d.add(f['smtp.req'], start, start, 1)
  if (login === 'credentials') {
    if (d.summary) d.setInfo(`C: ${printable(text)}`)
    d.value(f['smtp.auth.username_password'], start, end, text)
    undecoded(d, f, start, end)
    return
  }
  if (d.summary) d.setInfo(`C: ${login === 'user' ? 'User' : 'Pass'}: ${printable(text)}`)
  d.value(login === 'user' ? f['smtp.auth.username'] : f['smtp.auth.password'], start, end, text)
}

function undecoded(d: Decoder, f: Ids, start: number, end: number): void {
  const outer = d.enter()
  d.expert(f['smtp.base64_decode'], start, end)
  d.leave(outer)
}

function commands(d: Decoder, f: Ids, progress: Progress<SmtpState>): void {
  const end = d.readable
  let info = ''
  for (let at = d.at; at < end;) {
    const line = lineAt(d, at, end),
      words = d.latin1(at, line.end),
      [, mechanism = '', initial = ''] = /^AUTH +(LOGIN|PLAIN)\b *(.*)$/i.exec(words) ?? []
    const isUser = mechanism.toUpperCase() === 'LOGIN' && initial !== '',
      initialAt = line.end - initial.length
    info += `${info === '' ? 'C: ' : ' | '}${printable(isUser ? words.slice(0, words.length - initial.length) : words)}${isUser ? `User: ${printable(initial)}` : ''}`
    d.add(f['smtp.req'], at, at, 1)
    d.value(f['smtp.command_line'], at, line.next, asciiValue(d.latin1(at, line.next)))
    if (d.labels) d.label(`Command Line: ${printable(d.latin1(at, line.next))}`)
    const outer = d.enter()
    d.value(f['smtp.req.command'], at, Math.min(at + 4, line.end), asciiValue(words.slice(0, 4)))
    if (words.length > 5) d.value(f['smtp.req.parameter'], at + 5, line.end, asciiValue(words.slice(5)))
    if (isUser) d.value(f['smtp.auth.username'], initialAt, line.end, asciiValue(initial))
    else if (initial !== '') {
      d.value(f['smtp.auth.username_password'], initialAt, line.end, asciiValue(initial))
      undecoded(d, f, initialAt, line.end)
    }
    d.leave(outer)
    if (mechanism !== '') {
      const login = isUser ? 'user sent' : initial !== '' ? 'none' : mechanism.toUpperCase() === 'LOGIN' ? 'login' : 'plain'
      progress.now = { ...progress.now, login }
    }
    at = line.next
  }
  if (d.summary) d.setInfo(info)
}

const NEXT_LOGIN: Readonly<Partial<Record<Login, Login>>> = { login: 'user', 'user sent': 'password', plain: 'credentials' }

function replies(d: Decoder, f: Ids, progress: Progress<SmtpState>): void {
  const end = d.readable,
    { parent } = d
  let info = 'S: ',
    expected = -1,
    codeNode = -1,
    responseNode = -1
  d.add(f['smtp.rsp'], d.at, d.at, 1)
  for (let at = d.at; at < end;) {
    const line = lineAt(d, at, end),
      words = d.latin1(at, line.end)
    if (at > d.at) info += ' | '
    if (words.length >= 3 && isDigits(d, at, at + 3)) {
      const code = Number(words.slice(0, 3))
      if (expected < 0) {
        info += printable(words)
        d.value(f['smtp.response'], at, line.next, asciiValue(d.latin1(at, line.next)))
        if (d.labels) d.label(`Response: ${printable(d.latin1(at, line.next))}`)
        responseNode = d.last
        d.parent = responseNode
        d.add(f['smtp.response.code'], at, at + 3, code)
        codeNode = d.last
        answered(d, progress, code)
      } else {
        info += printable(words.slice(4))
        d.parent = responseNode
        if (code !== expected) {
          const outer = d.enter(codeNode)
          d.expert(
            f['smtp.response.code.unexpected'],
            at,
            at + 3,
            `Unexpected response code ${code} in multiline response. Expected ${expected}`,
          )
          d.leave(outer)
        }
      }
      if (words.length >= 4) d.value(f['smtp.rsp.parameter'], at + 4, line.end, asciiValue(words.slice(4)))
      d.parent = parent
      expected = words.charAt(3) === '-' ? (expected < 0 ? code : expected) : -1
    }
    at = line.next
  }
  if (d.summary) d.setInfo(info)
}

/** What a reply changes. */
function answered(d: Decoder, progress: Progress<SmtpState>, code: number): void {
  const { login, tlsAsked } = progress.now
  if (tlsAsked) {
    progress.now = { ...progress.now, tlsAsked: false }
    if (code === 220) startTls(d, 'smtp')
  }
  if (login !== 'none') progress.now = { ...progress.now, login: code === 334 ? (NEXT_LOGIN[login] ?? login) : 'none' }
}
