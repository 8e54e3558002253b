// Why a connection can be decrypted or not and what to do, and the way from two randoms to the keys.
import type { TlsConnection, TlsReason } from '../../../shared/contract'
import { KeyRound } from 'lucide-react'
import { useApp } from '../../app/app-context'
import { formatNumber } from '../../app/i18n/format'
import { programMessages } from '../../app/i18n/programs'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Card, Evidence, FactList } from './card'
import { isPartly, stateText } from './connection-list'

/** The reason in words, and what helps. */
const REASONS: Readonly<Record<TlsReason, readonly [reason: PlainMessage, todo: PlainMessage | null]>> = {
  none: [m.reasonNone, null],
  'no-application-data': [m.reasonNoData, null],
  'no-client-hello': [m.reasonNoClientHello, m.todoNoClientHello],
  'no-server-hello': [m.reasonNoServerHello, m.todoNoServerHello],
  'no-key-log': [m.reasonNoKeyLog, m.todoNoKeyLog],
  'no-key-for-random': [m.reasonNoKey, m.todoNoKey],
  'labels-missing': [m.reasonLabels, m.todoLabels],
  ech: [m.reasonEch, m.todoEch],
  'cipher-not-supported': [m.reasonCipher, m.todoCipher],
  'lost-segments': [m.reasonLost, m.todoLost],
  'cut-packets': [m.reasonCut, m.todoCut],
  'key-does-not-fit': [m.reasonFit, m.todoFit],
}

/** Reasons that a program started with its keys logged would not have. */
const NEEDS_KEYS: ReadonlySet<TlsReason> = new Set(['no-key-log', 'no-key-for-random', 'no-client-hello'])

/** Why, or why not. */
export function Decryption({ connection, onPacket }: { readonly connection: TlsConnection; readonly onPacket: (frame: number) => void }) {
  const app = useApp()
  const t = useT()
  const { decrypted, reason } = connection
  const [why, todo] = REASONS[reason]
  const isFine = decrypted || reason === 'no-application-data' || reason === 'none'
  return (
    <Card
      title={t(isFine || isPartly(connection) ? m.why : m.whyNot)}
      end={<Chip kind={decrypted ? 'ok' : isFine ? 'plain' : 'warn'}>{stateText(connection, t)}</Chip>}
    >
      <p>{t(why)}</p>
      <Gaps connection={connection} onPacket={onPacket} />
      {todo !== null && (
        <>
          <h4>{t(m.todo)}</h4>
          <p>{t(todo)}</p>
          {NEEDS_KEYS.has(reason) && (
            <Button
              icon={KeyRound}
              onClick={() => {
                app.openDialog('record-program', {})
              }}
            >
              {t(programMessages.offer)}
            </Button>
          )}
        </>
      )}
    </Card>
  )
}

/** Gaps that are listed. */
const SHOWN_GAPS = 6

/** What the capture lacks, with the packets that show it. */
function Gaps({ connection: { gaps }, onPacket }: { readonly connection: TlsConnection; readonly onPacket: (frame: number) => void }) {
  const t = useT()
  const language = useLanguage()
  if (gaps.length === 0) return null
  return (
    <ul className="tl-rows">
      {gaps.slice(0, SHOWN_GAPS).map(({ from, frame, bytes, records }, index) => {
        const side = t(from === 'client' ? m.theClient : m.theServer)
        const size = formatNumber(bytes, language)
        return (
          <li key={index}>
            <span>{records === null ? t(m.gapBytes, { bytes: size, side }) : t(m.gapRecords, { bytes: size, side, count: records })}</span>
            <span className="sp" />
            <Evidence frame={frame} onPacket={onPacket} />
          </li>
        )
      })}
      {gaps.length > SHOWN_GAPS && <li className="f3">{t(m.moreGaps, { count: gaps.length - SHOWN_GAPS })}</li>}
    </ul>
  )
}

/** Roles of the randoms, the pre-master secret and the keys, and whether the recording stays closed. */
export function Keys({ connection }: { readonly connection: TlsConnection }) {
  const t = useT()
  const { offers, answer, keyExchange, forwardSecret, labels, cipher, version } = connection
  const hex = (text: string | undefined, why: PlainMessage) => (
    <>
      {text !== undefined && <span className="mono tl-hex">{text}</span>}
      <span className="f3">{t(why)}</span>
    </>
  )
  return (
    <Card title={t(m.keys)}>
      <FactList
        facts={[
          [t(m.clientRandom), hex(offers?.random, m.clientRandomWhy)],
          [t(m.serverRandom), hex(answer?.random, m.serverRandomWhy)],
          [t(m.premaster), keyExchange === null ? null : t(PREMASTER[keyExchange])],
          [t(m.derived), t(version === 'TLSv1.3' ? m.derived13 : m.derived12)],
          [
            t(m.labels),
            labels.length === 0 ? (
              <span className="f3">{t(m.noLabels)}</span>
            ) : (
              <span className="tl-chips">
                {labels.map((label) => (
                  <Chip key={label} className="square mono">
                    {label}
                  </Chip>
                ))}
              </span>
            ),
          ],
          [
            t(m.secrecy),
            keyExchange === null
              ? null
              : t(
                  forwardSecret === null
                    ? m.secrecyUnknown
                    : forwardSecret
                      ? m.secrecyYes
                      : keyExchange === 'rsa'
                        ? m.secrecyNo
                        : m.secrecyPsk,
                ),
          ],
        ]}
      />
      {cipher !== null && <p className="f3">{t(m.asymmetric, { cipher })}</p>}
    </Card>
  )
}

const PREMASTER: Readonly<Record<NonNullable<TlsConnection['keyExchange']>, PlainMessage>> = {
  rsa: m.premasterRsa,
  ecdhe: m.premasterDhe,
  dhe: m.premasterDhe,
  psk: m.premasterPsk,
  'psk-dhe': m.premasterDhe,
  resumption: m.premasterResumed,
  other: m.kxOther,
}
