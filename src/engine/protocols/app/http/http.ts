// HTTP/1.x over TCP (RFC 9110, 9112) and SSDP over UDP (UPnP Device Architecture): messages one after the other, until CONNECT or Upgrade hands the
// connection over. HTTP/2 and WebSocket enter the table 'http.upgrade'; a client that speaks HTTP/2 at once is handed over
// at its preface. Not covered: the content of NTLM and Kerberos authentication.
import { asciiValue, printable } from '../../../bytes/printable'
import { ONE_MORE_SEGMENT, defineProtocol, rememberProtocol } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { HTTP2_PREFACE } from '../../../values/http2'
import { FACT } from '../../../dissect/packet-facts'
import { plainData, readBody } from './body'
import { handoverOf, httpConnection } from './exchanges'
import type { Exchange, Handover, HttpConnection, RequestHead } from './exchanges'
import { HTTP_FIELDS } from './fields'
import type { HttpFields } from './fields'
import { emptyHead, readHead } from './head'
import type { Head } from './head'
import { chunksEnd, isComplete } from './needed-bytes'
import { tellObject } from './objects'
import { messageKind, nextLine, statusCode, textEnd } from './start-line'
import type { MessageKind } from './start-line'

/** What one run over a payload carries from message to message. */
interface Run {
  readonly d: Decoder
  readonly f: HttpFields
  readonly connection: HttpConnection
  readonly column: string
  readonly overTcp: boolean
  /** Requests (with notifications) and responses of this frame so far. */
  requests: number
  responses: number
  /** Something of HTTP was seen on the connection before. */
  known: boolean
  /** Some row of this layer was recorded. */
  hasRow: boolean
  /** What was captured, or is needed for state, ended within a message. */
  isCut: boolean
}

function decode(d: Decoder, f: HttpFields, column: string, overTcp: boolean): void {
  if (d.source !== 0) d.facts |= FACT.HTTP_ELSEWHERE
  // inside a tunnel that HTTP itself opened, messages are counted apart
  const nested = d.isInside('http')
  const connection = httpConnection(d, nested),
    frame = d.packet.number
  const earlier =
    overTcp && connection.firstFrame > 0 && connection.firstFrame <= frame ? countMessages(d, f) : { requests: 0, responses: 0 }
  const run: Run = {
    d,
    f,
    connection,
    column,
    overTcp,
    requests: earlier.requests,
    responses: earlier.responses,
    known: !overTcp || (connection.firstFrame > 0 && connection.firstFrame < frame) || earlier.requests + earlier.responses > 0,
    hasRow: false,
    isCut: false,
  }
  while (d.has(1)) {
    if (d.first && overTcp && !connection.handover && isPreface(d)) {
      connection.handover = prefaceHandover(run)
      // tshark hands it out as an object where it meets it first
      tellObject(d, emptyHead('other'), d.at, d.leftCaptured)
    }
    const { handover } = connection
    if (
      handover &&
      (handover.frame < frame || (handover.frame === frame && run.responses >= handover.responses && run.requests >= handover.requests))
    ) {
      handOver(run, handover)
      break
    }
    const at = d.at
    if (!message(run)) {
      // more was asked for: a layer that shows nothing of this payload leaves no row
      if (!run.hasRow) d.withdraw()
      break
    }
    if (d.at <= at || !overTcp || run.isCut) break
    d.fenceInfo()
  }
  // a response alone does so only where all of the payload was captured
  if (run.known && !run.isCut && connection.firstFrame === 0 && d.first && overTcp) connection.firstFrame = frame
}

/** Whether HTTP/2 begins at the cursor, without an upgrade (RFC 9113, 3.3). */
function isPreface(d: Decoder): boolean {
  return d.peek8() === HTTP2_PREFACE.charCodeAt(0) && d.latin1(d.at, Math.min(d.at + HTTP2_PREFACE.length, d.readable)) === HTTP2_PREFACE
}

function prefaceHandover({ d, requests, responses }: Run): Handover {
  return { frame: d.packet.number, requests, responses, host: '', port: 0, protocol: 'h2c', detail: '' }
}

/** Messages that this frame's tree has already, from an earlier payload of the same segment. */
function countMessages(d: Decoder, f: HttpFields): { requests: number; responses: number } {
  let requests = 0,
    responses = 0
  const { tree } = d
  for (let node = 0; node < tree.count; node++) {
    const field = tree.field(node)
    if (field === f['http.request'] || field === f['http.notification']) requests++
    else if (field === f['http.response']) responses++
  }
  return { requests, responses }
}

/** Reads one message; false when TCP was asked for more. */
function message(run: Run): boolean {
  const { d, f, connection } = run,
    start = d.at
  const leading = d.peek16() === 0x0d0a && d.has(3) && isPrintable(d.peek8(start + 2)),
    head = leading ? start + 2 : start
  if (!isPrintable(d.peek8(head))) {
    binary(run)
    return true
  }
  const next = nextLine(d, head, d.readable, d.canDesegment > 0)
  if (next < 0 && d.canDesegment > 0) {
    d.needMore(start, ONE_MORE_SEGMENT)
    return false
  }
  const line = d.latin1(head, next < 0 ? d.readable : textEnd(d, head, next)),
    kind = messageKind(line)
  if (kind !== 'other') {
    if (d.summary) d.setInfo(`${printable(line)} `)
    if (
      run.overTcp &&
      !isComplete(d, start, head, { untilFin: kind === 'response', hasBody: !d.packet.streamEnds && mayHaveBody(run, kind, line) })
    )
      return false
    // a request makes the connection HTTP's at once, whatever of it was captured
    if (kind === 'request' && run.overTcp && connection.firstFrame === 0 && d.first) connection.firstFrame = d.packet.number
  } else if (run.known) d.setInfo('Continuation')
  if (kind !== 'other' || run.known) d.setProtocol(run.column)
  if (run.hasRow) d.furtherRow()
  run.hasRow = true
  const encrypted = run.overTcp && !d.isInside('tls') && (d.packet.sourcePort === 443 || d.packet.destinationPort === 443)
  if (encrypted && kind !== 'other') d.expert(f['http.tls_port'], start, start)
  if (leading) {
    d.note(start, head, 'Leading CRLF previous message in the stream may have extra CRLF')
    const outer = d.enter()
    d.expert(f['http.leading_crlf'], start, head)
    d.leave(outer)
  }
  d.at = head
  const parsed = emptyHead(kind),
    facts = d.facts
  d.facts |= FACT.HTTP_OTHER
  readHead(d, f, parsed)
  if (!parsed.hasRows && !run.known) {
    // not HTTP by any sign, on a port that says so: Wireshark takes the bytes and shows nothing, but exports them
    tellObject(d, parsed, head, d.readable - head)
    d.withdraw()
    d.at = d.end
    return true
  }
  finish(run, parsed, facts)
  if (kind !== 'other') run.known = true
  // where a message was not captured whole Wireshark looks for the next one at once
  run.isCut = run.overTcp && d.readable < d.end && d.at >= d.readable
  // nobody reads the problem where the rest was left out because state does not need it
  if (run.isCut && !d.stateOnly) d.require(1, d.readable)
  return true
}

/** What does not begin with text is not looked into. */
function binary(run: Run): void {
  const { d } = run
  d.facts |= FACT.HTTP_OTHER
  if (run.known) {
    d.setProtocol(run.column)
    d.setInfo('Continuation')
    if (run.hasRow) d.furtherRow()
    plainData(d, d.at, d.end)
  } else if (!run.hasRow) d.withdraw()
  d.at = d.end
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f
}

/** Whether a message can have a body worth waiting for (RFC 9112, 6.3). */
function mayHaveBody(run: Run, kind: MessageKind, line: string): boolean {
  if (kind !== 'response') return true
  const code = statusCode(line),
    asked = run.connection.latestHead(run.d.packet.number, run.requests)?.method ?? ''
  return (
    asked !== 'HEAD' && !(asked === 'CONNECT' && code >= 200 && code < 300) && !(code >= 100 && code < 200) && code !== 204 && code !== 304
  )
}

/** Rows after the head, body, and what the message changes on the connection. `facts` were those before the message. */
function finish(run: Run, head: Head, facts: number): void {
  const { d, f, connection } = run,
    frame = d.packet.number
  if (head.kind === 'request' || head.kind === 'notification') requestRows(run, head)
  // behind a request this is the request itself
  const asked = connection.latestHead(frame, run.requests)
  head.asked = asked?.target
  if (head.kind === 'response') responseRows(run, asked)
  if (head.kind === 'request' || head.kind === 'response') d.facts = (d.facts & ~FACT.HTTP_OTHER) | (facts & FACT.HTTP_OTHER)
  const left = d.end - d.at
  let length = left
  if (head.length >= 0 && !head.chunked) length = Math.min(length, head.length)
  else if (head.kind === 'request' && !head.hasTransferEncoding) length = 0
  if (head.kind === 'response' && !bodyAllowed(head, asked)) length = 0
  if (d.stateOnly) d.at = head.chunked ? chunksEnd(d, d.at) : d.at + length
  else if (length > 0 && d.has(1)) {
    const at = d.at,
      end = readBody(d, f, head, length)
    d.layerEnds(head.chunked ? end : Math.max(at, d.at))
    d.at = end
  } else d.layerEnds(d.at)
  if (head.kind === 'response') enterHandover(run, head, asked)
}

function bodyAllowed(head: Head, asked: RequestHead | undefined): boolean {
  const { status } = head
  return (
    !(status >= 100 && status < 200) &&
    status !== 204 &&
    status !== 304 &&
    asked?.method !== 'HEAD' &&
    !(asked?.method === 'CONNECT' && status >= 200 && status < 300)
  )
}

function requestRows(run: Run, head: Head): void {
  const { d, f, connection } = run,
    frame = d.packet.number,
    isRequest = head.kind === 'request'
  d.add(isRequest ? f['http.request'] : f['http.notification'], d.layerStart, d.layerStart, 1)
  if (isRequest) d.facts |= FACT.HTTP_REQUEST
  const target = asciiValue(head.target)
  const isWhole = /^https?:\/\//i.test(target) || head.method === 'CONNECT',
    uri = isWhole || !head.host ? target : `${d.isInside('tls') ? 'https' : 'http'}://${head.host}${target}`
  const known = d.first ? connection.enterRequest(d, head.method, head.target, uri, isRequest) : connection.headIn(frame, run.requests)
  run.requests++
  if (uri && head.host) d.generatedValue(f['http.request.full_uri'], uri)
  const exchange = known?.exchange
  if (exchange) exchangeRows(run, exchange, 'request')
}

function responseRows(run: Run, asked: RequestHead | undefined): void {
  const { d, f, connection } = run,
    frame = d.packet.number
  d.add(f['http.response'], d.layerStart, d.layerStart, 1)
  d.facts |= FACT.HTTP_RESPONSE
  const exchange = d.first ? connection.enterResponse(frame) : connection.responseIn(frame, run.responses)
  run.responses++
  if (exchange) exchangeRows(run, exchange, 'response')
  if (asked?.uri) d.generatedValue(f['http.response_for.uri'], asked.uri)
}

/** Number, time and neighbours; what the first visit cannot know yet is left out there, as in tshark's single pass. */
function exchangeRows(run: Run, exchange: Exchange, side: 'request' | 'response'): void {
  const { d, f, connection } = run,
    { packet } = d,
    before = connection.exchanges[exchange.number - 2],
    after = connection.exchanges[exchange.number]
  d.generated(side === 'request' ? f['http.request_number'] : f['http.response_number'], exchange.number)
  if (d.labels) d.label(`HTTP ${side} ${exchange.number}/${connection.exchanges.length}`)
  if (side === 'response' && exchange.requestFrame > 0) {
    let seconds = packet.seconds - exchange.seconds,
      nanoseconds = packet.nanoseconds - exchange.nanoseconds
    if (nanoseconds < 0 && seconds > 0) {
      seconds--
      nanoseconds += 1_000_000_000
    } else if (nanoseconds > 0 && seconds < 0) {
      seconds++
      nanoseconds -= 1_000_000_000
    }
    d.time(f['http.time'], seconds, nanoseconds)
  }
  frameRow(d, f['http.prev_request_in'], before?.requestFrame)
  if (side === 'response') frameRow(d, f['http.prev_response_in'], before?.responseFrame)
  if (side === 'response') frameRow(d, f['http.request_in'], exchange.requestFrame)
  else frameRow(d, f['http.response_in'], exchange.responseFrame)
  frameRow(d, f['http.next_request_in'], after?.requestFrame)
  if (side === 'response') frameRow(d, f['http.next_response_in'], after?.responseFrame)
}

function frameRow(d: Decoder, field: FieldId<'framenum'>, frame: number | undefined): void {
  if (frame !== undefined && frame > 0) d.generated(field, frame)
}

/** After a response that accepts CONNECT or Upgrade, the connection carries another protocol (RFC 9110, 7.8 and 9.3.6). */
function enterHandover(run: Run, head: Head, asked: RequestHead | undefined): void {
  const { d, connection } = run
  if (!d.first || connection.handover || !run.overTcp) return
  if (asked?.method === 'CONNECT' && head.status === 200) {
    const colon = asked.target.lastIndexOf(':'),
      port = Number(asked.target.slice(colon + 1))
    connection.handover = {
      frame: d.packet.number,
      requests: 0,
      responses: run.responses,
      host: colon < 0 ? asked.target : asked.target.slice(0, colon),
      port: colon >= 0 && Number.isInteger(port) && port < 65536 ? port : 0,
      protocol: '',
      detail: '',
    }
  } else if (head.status === 101)
    connection.handover = {
      frame: d.packet.number,
      requests: 0,
      responses: run.responses,
      host: '',
      port: 0,
      protocol: head.upgrade,
      detail: `${head.extensions}\n${head.subprotocol}`,
    }
}

/** Gives the rest of the payload to the protocol that the connection was handed over to. */
function handOver(run: Run, handover: Handover): void {
  const { d, f } = run,
    start = d.at
  d.facts |= FACT.HTTP_OTHER
  if (run.hasRow) d.furtherRow()
  run.hasRow = true
  d.layerEnds(start)
  d.keyDetail = handover.detail
  // an upgraded connection shows nothing of HTTP, which stays in the chain of protocols
  const empty = handover.host === '' && d.tree.count === d.layerNode + 1
  if (empty) d.tree.count = d.layerNode
  let rows = d.tree.count
  // what is called here stands directly above TCP, too, and may ask it for more
  if (d.canDesegment > 0) d.canDesegment++
  if (handover.host !== '') {
    d.generatedValue(f['http.proxy_connect_host'], printable(handover.host))
    d.generated(f['http.proxy_connect_port'], handover.port)
    rows = d.tree.count
    throughTunnel(d, handover.port, () => {
      if (!d.next('tcp.port', handover.port, start) && !d.nextByContent('tcp', start)) d.data(start)
    })
  } else if (!d.next('http.upgrade', handover.protocol, start)) plainData(d, start, d.end)
  // the protocol inside asked TCP for more before it showed anything
  if (d.desegmentLength > 0 && d.tree.count === rows && (empty || d.tree.count > d.layerNode)) d.withdraw()
  d.at = d.end
}

/** Runs `inside` with the port that a tunnel leads to in place of the proxy's. */
function throughTunnel(d: Decoder, port: number, inside: () => void): void {
  const p = d.packet,
    { sourcePort, destinationPort } = p
  if (p.direction === 0) p.destinationPort = port
  else p.sourcePort = port
  inside()
  p.sourcePort = sourcePort
  p.destinationPort = destinationPort
}

/** First line that ends with HTTP/1.x, or begins so: how HTTP is told on other ports. */
function looksLikeHttp(d: Decoder): boolean {
  const newline = d.indexOf(10, d.at)
  if (newline < 0) return false
  const end = newline > d.at && d.peek8(newline - 1) === 13 ? newline - 1 : newline
  return end - d.at >= 8 && (/^HTTP\/1\./i.test(d.latin1(d.at, d.at + 7)) || /^HTTP\/1\./i.test(d.latin1(end - 8, end)))
}

/** Bytes of a message that hold its head; longer heads are paired without what comes behind. */
const STATE_BYTES = 16_384

/** Ports on which TCP carries HTTP. */
const PORTS = [80, 631, 1900, 2710, 2869, 3128, 3132, 3689, 5985, 8080, 8088, 11371]

export const http = defineProtocol({
  name: 'http',
  title: 'Hypertext Transfer Protocol',
  short: 'HTTP',
  accepts: { 'tcp.port': PORTS, 'sctp.port': [80], 'tls.port': [443], 'tls.alpn': ['http/1.1', 'http/1.0', 'http/0.9'] },
  heuristic: ['tcp', 'tls'],
  recognises: looksLikeHttp,
  stateInHead: (session, conversation) => (handoverOf(session, conversation) ? 0 : STATE_BYTES),
  fields: HTTP_FIELDS,
  decode(d, f) {
    // found by content on a port that says nothing: the rest of the conversation is HTTP, too
    if (
      d.packet.transport === 'tcp' &&
      !d.isInside('tls') &&
      !PORTS.includes(d.packet.sourcePort) &&
      !PORTS.includes(d.packet.destinationPort)
    )
      rememberProtocol(d, 'http')
    decode(d, f, 'HTTP', d.packet.transport === 'tcp')
  },
})

export const ssdp = defineProtocol({
  name: 'ssdp',
  title: 'Simple Service Discovery Protocol',
  short: 'SSDP',
  accepts: { 'udp.port': [1900] },
  fields: HTTP_FIELDS,
  decode(d, f) {
    decode(d, f, 'SSDP', false)
  },
})
