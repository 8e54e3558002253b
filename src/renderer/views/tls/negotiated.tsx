// What was agreed on, how often the client waited, what is encrypted from where on, and alerts.
import type { TlsConnection } from '../../../shared/contract'
import { formatSeconds } from '../../app/i18n/format'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Chip } from '../../ui/chip'
import { Card, Evidence, FactList } from './card'

/** Names of the ways to a secret. */
export const KEY_EXCHANGE: Readonly<Record<NonNullable<TlsConnection['keyExchange']>, PlainMessage>> = {
  rsa: m.kxRsa,
  ecdhe: m.kxEcdhe,
  dhe: m.kxDhe,
  psk: m.kxPsk,
  'psk-dhe': m.kxPskDhe,
  resumption: m.kxResumption,
  other: m.kxOther,
}
const EARLY: Readonly<Record<TlsConnection['earlyData'], PlainMessage>> = {
  none: m.earlyNone,
  offered: m.earlyOffered,
  accepted: m.earlyAccepted,
  rejected: m.earlyRejected,
}

interface Props {
  readonly connection: TlsConnection
  readonly onPacket: (frame: number) => void
}

/** Negotiated parameters. */
export function Negotiated({ connection, onPacket }: Props) {
  const t = useT()
  const { phases, keyExchange, certificates } = connection
  const hello = phases.find(({ name }) => name === 'ServerHello')
  const mono = (text: string | null) =>
    text === null || text === '' ? <span className="f3">{t(m.noneOf)}</span> : <span className="mono">{text}</span>
  const sentOne = certificates.some(({ from }) => from === 'client')
  const resumed = t(connection.resumed ? m.yes : m.no)
  return (
    <Card title={t(m.negotiated)} end={hello === undefined ? undefined : <Evidence frame={hello.frame} onPacket={onPacket} />}>
      <FactList
        facts={[
          [t(m.version), mono(connection.version)],
          [t(m.cipher), mono(connection.cipher)],
          [t(m.keyExchange), keyExchange === null ? mono(null) : t(KEY_EXCHANGE[keyExchange])],
          [t(m.group), mono(connection.group)],
          [t(m.signature), mono(connection.signature)],
          [t(m.alpn), mono(connection.alpn)],
          [t(m.sni), mono(connection.sni)],
          [t(m.resumption), connection.tickets > 0 ? t(m.tickets, { resumed, count: connection.tickets }) : resumed],
          [t(m.earlyData), t(EARLY[connection.earlyData])],
          [t(m.clientCertificate), t(sentOne ? m.askedSent : connection.requestedClientCertificate ? m.asked : m.notAsked)],
          [t(m.renegotiations), connection.renegotiations > 0 ? String(connection.renegotiations) : null],
          [t(m.ech), connection.offers?.ech === true ? t(m.echOffered) : null],
          ['JA3', connection.ja3 === null ? null : mono(connection.ja3)],
          ['JA4', connection.ja4 === null ? null : mono(connection.ja4)],
        ]}
      />
    </Card>
  )
}

/** Round trips, counted and timed. */
export function RoundTrips({ connection, onPacket }: Props) {
  const t = useT()
  const language = useLanguage()
  const { roundTrips } = connection
  let number = 0
  return (
    <Card title={t(m.trips)} end={<Chip>{t(m.rtt, { count: String(roundTrips.length) })}</Chip>}>
      {roundTrips.length === 0 && <p className="f3">{t(m.tripsNone)}</p>}
      <ol className="tl-rows">
        {roundTrips.map((trip) => {
          if (trip.kind === 'tls') number++
          return (
            <li key={`${trip.kind} ${trip.fromFrame}`}>
              <span>{trip.kind === 'tcp' ? t(m.tripTcp) : t(m.tripTls, { number: String(number) })}</span>
              <span className="sp" />
              <span className="mono">{formatSeconds(trip.ms / 1e3, language)}</span>
              <Evidence frame={trip.fromFrame} onPacket={onPacket} />
              <Evidence frame={trip.toFrame} onPacket={onPacket} />
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

/** Which bytes are encrypted, with what, from where on. */
export function Encryption({ connection, onPacket }: Props) {
  const t = useT()
  const { encryptedFrom, records, cipher } = connection
  const sides = [
    ['client', m.sideClient],
    ['server', m.sideServer],
  ] as const
  return (
    <Card title={t(m.encryption)}>
      <ul className="tl-rows">
        {sides.map(([side, name]) => {
          const first = encryptedFrom[side]
          return (
            <li key={side}>
              <span>{t(first === null ? m.neverEncrypted : m.encryptedFrom, { side: t(name) })}</span>
              <span className="sp" />
              {first !== null && <Evidence frame={first.frame} onPacket={onPacket} />}
            </li>
          )
        })}
      </ul>
      {cipher !== null && <p>{t(m.encryptedWith, { cipher })}</p>}
      <p className="f3">{t(m.records, { opened: records.opened, protected: records.protected })}</p>
    </Card>
  )
}

/** Alerts. */
export function Alerts({ connection, onPacket }: Props) {
  const t = useT()
  const { alerts, decrypted } = connection
  return (
    <Card title={t(m.alerts)} end={<Chip>{String(alerts.length)}</Chip>}>
      {alerts.length === 0 && <p className="f3">{t(decrypted ? m.noAlerts : m.noAlertsReadable)}</p>}
      <ul className="tl-rows">
        {alerts.map((alert, index) => (
          <li key={index}>
            <span className={alert.level === 'fatal' ? 'bad-text' : ''}>
              {alert.level === 'fatal' ? '× ' : ''}
              {t(m.alertFrom, {
                name: alert.name,
                number: String(alert.number),
                side: t(alert.from === 'client' ? m.theClient : m.theServer),
              })}
            </span>
            <span className="sp" />
            <Evidence frame={alert.frame} onPacket={onPacket} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
