// The ladder of one TLS connection: TCP's opening, then a row a message (not a packet: one packet may carry many), grouped into phases, with what is
// encrypted from where on.
import type { TlsConnection } from '../../shared/contract'
import type { Trace } from '../index/trace'
import { sinceStart } from './connection'
import { duration, seconds } from './format'
import type { ArrowRow, EndRow, Ladder, Lifeline, PhaseRow, Row, Span } from './ladder'
import { digitsOf } from './time-digits'
import { wordsOf, type Language } from './words'
import { tlsWords, type TlsPhaseKind, type TlsWords } from './words-tls'

type From = 'client' | 'server'

/** What an arrow stands for. */
interface Step {
  readonly phase: TlsPhaseKind
  readonly title: string
  readonly details: string
  readonly from: From
  readonly frame: number
  readonly protected: boolean
  readonly notes: readonly Span[]
}

type Place = { readonly kind: 'phase'; readonly first: number; readonly last: number } | { readonly kind: 'arrow'; readonly step: number }

/** Makes the ladder of a connection. */
export class TlsLadder implements Ladder {
  readonly language: Language
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  readonly hasStates = false
  readonly hasPhases = true
  readonly packets: number
  private readonly trace: Trace
  private readonly words: TlsWords
  private readonly digits: number
  private readonly steps: readonly Step[]
  private readonly places: Place[] = []
  private readonly connection: TlsConnection

  constructor(trace: Trace, connection: TlsConnection, language: Language) {
    this.trace = trace
    this.connection = connection
    this.language = language
    this.words = tlsWords(language)
    this.digits = digitsOf(trace)
    const { client, server, transport, stream, sni, version } = connection,
      general = wordsOf(language)
    this.title = this.words.title(transport, stream, client, sni ?? server, version ?? '')
    this.lifelines = [
      { role: general.client, name: client, remark: '' },
      { role: general.server, name: server, remark: '' },
    ]
    this.steps = stepsOf(connection, this.words)
    this.packets = new Set(this.steps.map(({ frame }) => frame)).size
    for (let first = 0; first < this.steps.length;) {
      let last = first
      while (this.steps[last + 1]?.phase === this.steps[first]?.phase) last++
      this.places.push({ kind: 'phase', first, last })
      for (let step = first; step <= last; step++) this.places.push({ kind: 'arrow', step })
      first = last + 1
    }
  }

  get rowCount(): number {
    return this.places.length + 1
  }
  kindOf(index: number): Row['kind'] {
    return this.places[index]?.kind ?? 'end'
  }
  deltaOf(index: number): number {
    const place = this.places[index]
    return place?.kind === 'arrow' && place.step > 0 ? Math.max(0, this.at(place.step) - this.at(place.step - 1)) : 0
  }
  rowOf(frame: number): number {
    return this.places.findIndex((place) => place.kind === 'arrow' && this.steps[place.step]?.frame === frame)
  }
  row(index: number): Row {
    const place = this.places[index]
    if (place === undefined) return this.endRow()
    return place.kind === 'phase' ? this.phaseRow(place.first, place.last) : this.arrowRow(place.step)
  }

  /** Nanoseconds of a step since the capture's first packet. */
  private at(step: number): number {
    return sinceStart(this.trace, this.steps[step]?.frame ?? 1)
  }

  private phaseRow(first: number, last: number): PhaseRow {
    const title = this.words.phase(this.steps[first]?.phase ?? 'hello'),
      facts = this.words.facts(last - first + 1, duration(Math.max(0, this.at(last) - this.at(first))))
    return { kind: 'phase', title, facts, states: [], sentence: `${title}, ${facts}` }
  }

  private arrowRow(index: number): ArrowRow {
    const step = this.steps[index]
    const { from = 'client', frame = 0, title = '', details = '', notes = [] } = step ?? {},
      deltaNs = index === 0 ? 0 : this.at(index) - this.at(index - 1),
      time = seconds(this.at(index), this.digits),
      [sender, receiver] = from === 'client' ? [0, 1] : [1, 0],
      name = (lane: number) => this.lifelines[lane]?.role.toLowerCase() ?? ''
    return {
      kind: 'arrow',
      frame,
      time,
      delta: index === 0 || frame === this.steps[index - 1]?.frame ? '' : `+${duration(Math.max(0, deltaNs))}`,
      deltaNs,
      from: sender,
      to: receiver,
      title: step?.protected === true ? `[${title}]` : title,
      details,
      mark: undefined,
      message: undefined,
      notes,
      changes: [],
      states: [],
      sentence: wordsOf(this.language).arrow(
        frame,
        time,
        this.words.side(name(sender)),
        this.words.side(name(receiver)),
        [title, details, step?.protected === true ? this.words.encrypted : '', ...notes.map(({ text }) => text)]
          .filter((part) => part !== '')
          .join(', '),
      ),
    }
  }

  private endRow(): EndRow {
    const text = this.connection.decrypted ? this.words.legend : this.words.undecrypted
    return { kind: 'end', text, timeWait: undefined, states: [], sentence: text }
  }
}

function stepsOf(connection: TlsConnection, words: TlsWords): Step[] {
  const { tcp, phases, alerts, encryptedFrom, version } = connection,
    is13 = version === 'TLSv1.3',
    steps: Step[] = []
  const tcpStep = (title: string, from: From, moment: { readonly frame: number } | null): void => {
    if (moment) steps.push({ phase: 'tcp', title, details: '', from, frame: moment.frame, protected: false, notes: [] })
  }
  tcpStep('SYN', 'client', tcp.syn)
  tcpStep('SYN, ACK', 'server', tcp.synAck)
  const begun = { client: false, server: false }
  const begins = (from: From, frame: number): Span[] => {
    if (begun[from] || encryptedFrom[from]?.frame !== frame) return []
    begun[from] = true
    return [{ text: words.begins(from), bold: true, tone: 'tls' }]
  }
  for (const { name, from, frame, protected: isProtected } of phases) {
    const phase = phaseOf(name, is13)
    steps.push({
      phase,
      title: name,
      details: detailsOf(name, from, connection, words),
      from,
      frame,
      protected: isProtected,
      notes: [...(isProtected ? begins(from, frame) : []), ...noteOf(name, connection, words)],
    })
  }
  for (const from of ['client', 'server'] as const) {
    const first = encryptedFrom[from]
    if (first && !begun[from] && !phases.some((one) => one.from === from && one.frame === first.frame && one.protected))
      steps.push({
        phase: 'unreadable',
        title: words.record,
        details: '',
        from,
        frame: first.frame,
        protected: true,
        notes: begins(from, first.frame),
      })
  }
  for (const { name, from, frame, level } of alerts) {
    steps.push({
      phase: 'end',
      title: `Alert: ${name}`,
      details: level,
      from,
      frame,
      protected: (encryptedFrom[from]?.frame ?? Infinity) <= frame,
      notes: level === 'fatal' ? [{ text: words.fatal, bold: true, tone: 'bad' }] : [],
    })
  }
  // by packet, and within one as they came
  const ordered = steps.toSorted((one, other) => one.frame - other.frame)
  let before: TlsPhaseKind = 'hello'
  return ordered.map((step) => {
    // in TLS 1.3 it means nothing: it goes with what came before it
    const phase = is13 && step.title === 'ChangeCipherSpec' ? before : step.phase
    before = phase
    return { ...step, phase }
  })
}

/** The phase of a message. */
function phaseOf(name: string, is13: boolean): TlsPhaseKind {
  switch (name) {
    case 'ClientHello':
    case 'HelloRetryRequest':
    case 'HelloVerifyRequest':
    case 'ServerHello':
    case 'EncryptedExtensions':
    case 'HelloRequest':
      return 'hello'
    case 'ApplicationData':
    case 'KeyUpdate':
      return 'data'
    case 'NewSessionTicket':
      return is13 ? 'data' : 'finish'
    case 'ChangeCipherSpec':
    case 'Finished':
    case 'EndofEarlyData':
      return 'finish'
    default:
      return 'authentication'
  }
}

function detailsOf(name: string, from: From, connection: TlsConnection, words: TlsWords): string {
  const { offers, version, cipher, group, certificates, sni, alpn } = connection
  const parts = (...texts: readonly (string | null | undefined)[]) =>
    texts.filter((text): text is string => text !== null && text !== undefined && text !== '').join(', ')
  switch (name) {
    case 'ClientHello':
      return offers ? parts(sni, words.suites(offers.suites.filter(({ grease }) => !grease).length)) : ''
    case 'ServerHello':
      return parts(version, cipher, version === 'TLSv1.3' ? group : '')
    case 'EncryptedExtensions':
      return alpn ? `ALPN ${alpn}` : ''
    case 'Certificate':
      return certificates.find((one) => one.from === from)?.subject ?? ''
    case 'ServerKeyExchange':
      return parts(group, connection.signature)
    case 'CertificateVerify':
      return from === 'server' ? (connection.signature ?? '') : ''
    case 'ClientKeyExchange':
      return connection.keyExchange === 'rsa' ? words.premaster : (group ?? '')
    default:
      return ''
  }
}

function noteOf(name: string, { version, keyExchange }: TlsConnection, words: TlsWords): Span[] {
  if (name === 'HelloRetryRequest') return [{ text: words.retry, bold: true, tone: 'warn' }]
  if (name === 'HelloVerifyRequest') return [{ text: words.cookie, tone: 'fg3' }]
  if (name === 'ChangeCipherSpec' && version === 'TLSv1.3') return [{ text: words.noEffect, tone: 'fg3' }]
  if (name === 'ClientKeyExchange' && keyExchange === 'rsa') return [{ text: words.noSecrecy, bold: true, tone: 'warn' }]
  return []
}
