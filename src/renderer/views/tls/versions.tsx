// TLS 1.2 with RSA, TLS 1.2 with ECDHE and TLS 1.3 side by side: the model of each, and what the user's own captures measured.
import type { TlsConnection } from '../../../shared/contract'
import { formatSeconds } from '../../app/i18n/format'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Chip } from '../../ui/chip'
import { FactList } from './card'
import { HANDSHAKE_KINDS, kindOf, type Example, type HandshakeKind } from './use-connections'

/** A flight of the model: its messages, the way it goes, and whether it is encrypted. */
type Flight = readonly [text: string, toServer: boolean, encrypted: boolean]

const MODEL: Readonly<
  Record<
    HandshakeKind,
    {
      readonly name: PlainMessage
      readonly rtt: string
      readonly flights: readonly Flight[]
      readonly secrecy: PlainMessage
      readonly certificate: PlainMessage
    }
  >
> = {
  '12rsa': {
    name: m.kind12rsa,
    rtt: '2',
    flights: [
      ['ClientHello', true, false],
      ['ServerHello, Certificate, ServerHelloDone', false, false],
      ['ClientKeyExchange (RSA), ChangeCipherSpec', true, false],
      ['Finished', true, true],
      ['ChangeCipherSpec, Finished', false, true],
    ],
    secrecy: m.secrecyShortNo,
    certificate: m.certVisible,
  },
  '12ecdhe': {
    name: m.kind12ecdhe,
    rtt: '2',
    flights: [
      ['ClientHello', true, false],
      ['ServerHello, Certificate, ServerKeyExchange, Done', false, false],
      ['ClientKeyExchange, ChangeCipherSpec', true, false],
      ['Finished', true, true],
      ['ChangeCipherSpec, Finished', false, true],
    ],
    secrecy: m.secrecyShortYes,
    certificate: m.certVisible,
  },
  '13': {
    name: m.kind13,
    rtt: '1',
    flights: [
      ['ClientHello + key_share', true, false],
      ['ServerHello + key_share', false, false],
      ['EncryptedExtensions, Certificate, Finished', false, true],
      ['Finished', true, true],
      ['ApplicationData', true, true],
    ],
    secrecy: m.secrecyAlways,
    certificate: m.certEncrypted,
  },
}

/** The comparison. */
export function Versions({
  connection,
  examples,
}: {
  readonly connection: TlsConnection
  readonly examples: ReadonlyMap<HandshakeKind, Example>
}) {
  const t = useT()
  const own = kindOf(connection)
  return (
    <section className="tl-section" aria-label={t(m.compare)}>
      <h3>
        {t(m.compare)} <span className="f3">{t(m.compareNote)}</span>
      </h3>
      <div className="tl-versions">
        {HANDSHAKE_KINDS.map((kind) => (
          <Version key={kind} kind={kind} isOwn={kind === own} example={examples.get(kind)} />
        ))}
      </div>
    </section>
  )
}

function Version({
  kind,
  isOwn,
  example,
}: {
  readonly kind: HandshakeKind
  readonly isOwn: boolean
  readonly example: Example | undefined
}) {
  const t = useT()
  const language = useLanguage()
  const { name, rtt, flights, secrecy, certificate } = MODEL[kind]
  return (
    <article className={`tl-card ${isOwn ? 'own' : ''}`}>
      <h3>
        {t(name)} {isOwn && <Chip>{t(m.thisOne)}</Chip>}
        <span className="sp" />
        <span className="mono f2">{t(m.rtt, { count: rtt })}</span>
      </h3>
      <ol className="tl-flights">
        {flights.map(([text, toServer, encrypted]) => (
          <li key={text} className={`${toServer ? 'right' : 'left'} ${encrypted ? 'encrypted' : ''}`}>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <FactList
        facts={[
          [t(m.compareSecrecy), <span className={kind === '12rsa' ? 'bad-text' : 'ok-text'}>{t(secrecy)}</span>],
          [t(m.compareCertificate), t(certificate)],
          [
            t(m.measured),
            example === undefined ? (
              <span className="f3">{t(m.notMeasured)}</span>
            ) : (
              t(m.measuredIn, {
                trips: t(m.roundTrips, { count: example.row.tlsRoundTrips }),
                time: formatSeconds((example.row.handshakeMs ?? 0) / 1e3, language),
                stream: String(example.row.stream),
                file: example.file,
              })
            ),
          ],
        ]}
      />
    </article>
  )
}
