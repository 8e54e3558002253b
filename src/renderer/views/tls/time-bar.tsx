// Where the time of a handshake went, to scale: whose turn it was.
import type { TlsConnection } from '../../../shared/contract'
import { formatSeconds } from '../../app/i18n/format'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'

interface Part {
  readonly name: PlainMessage
  readonly kind: 'tcp' | 'idle' | 'server' | 'client'
  readonly from: number
  readonly to: number
}

/** Stretches of a handshake in order: each ends with a message, and belongs to the side that sent it. */
function partsOf({ tcp, phases, application, roundTrips }: TlsConnection): Part[] {
  const parts: Part[] = []
  const add = (name: PlainMessage, kind: Part['kind'], from: number, to: number): void => {
    if (to > from) parts.push({ name, kind, from, to })
  }
  const timeOf = (frame: number): number | undefined => phases.find((phase) => phase.frame === frame)?.time
  const hello = phases.find(({ name, from }) => name === 'ClientHello' && from === 'client')
  if (hello === undefined) return []
  if (tcp.syn !== null && tcp.synAck !== null) {
    add(m.barTcp, 'tcp', tcp.syn.time, tcp.synAck.time)
    add(m.barIdle, 'idle', tcp.synAck.time, hello.time)
  }
  let at = hello.time
  for (const { kind, fromFrame, toFrame } of roundTrips) {
    const [from, to] = [timeOf(fromFrame), timeOf(toFrame)]
    if (kind === 'tcp' || from === undefined || to === undefined) continue
    add(m.barClient, 'client', at, from)
    add(m.barServer, 'server', from, to)
    at = to
  }
  const finished = phases.findLast(({ name, from }) => name === 'Finished' && from === 'client')
  const end = application.client?.time ?? finished?.time ?? at
  if (finished !== undefined && finished.time > at) {
    add(m.barClient, 'client', at, finished.time)
    at = finished.time
  }
  add(m.barData, 'idle', at, end)
  return parts
}

/** The bar; nothing where the hello was not captured. */
export function TimeBar({ connection }: { readonly connection: TlsConnection }) {
  const t = useT()
  const language = useLanguage()
  const parts = partsOf(connection)
  const [first] = parts
  const end = parts.at(-1)
  if (first === undefined || end === undefined) return null
  const whole = end.to - first.from
  const time = (seconds: number): string => formatSeconds(seconds, language)
  const sum = (kinds: readonly Part['kind'][]): number =>
    parts.reduce((total, part) => total + (kinds.includes(part.kind) ? part.to - part.from : 0), 0)
  return (
    <section className="tl-time" aria-label={t(m.where, { time: time(whole) })}>
      <h3>
        {t(m.where, { time: time(whole) })} <span>{t(connection.application.client === null ? m.whereNoteEnd : m.whereNote)}</span>
      </h3>
      <div className="tl-bar">
        {parts.map((part) => {
          const share = ((part.to - part.from) / whole) * 100
          const label = `${t(part.name)} ${time(part.to - part.from)}`
          return (
            <span key={part.from} className={part.kind} style={{ width: `${share}%` }} title={label}>
              {share > 7 && <b>{time(part.to - part.from)}</b>}
              {share > 24 && ` ${t(part.name)}`}
            </span>
          )
        })}
      </div>
      <ul className="visually-hidden">
        {parts.map((part) => (
          <li key={part.from}>{`${t(part.name)} ${time(part.to - part.from)}`}</li>
        ))}
      </ul>
      <p className="f2">{t(m.split, { server: time(sum(['tcp', 'server'])), client: time(sum(['idle', 'client'])) })}</p>
    </section>
  )
}
