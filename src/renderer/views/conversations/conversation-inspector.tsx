// What is known of the selected conversation, how sure it is, and where to go from it.
import { AlignLeft, ChartNoAxesColumn, CircleCheck, EyeOff, Funnel, Spline } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConversationKind, ConversationRow } from '../../../shared/contract'
import { conversationMessages as m } from '../../app/i18n/conversations'
import { followMessages } from '../../app/i18n/follow'
import { formatNumber, formatSeconds } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Button, Key } from '../../ui/button'
import { Chip, PacketLink } from '../../ui/chip'
import { Icon } from '../../ui/icon'
import { LifeBars } from './life-bars'
import { stateWords } from './state-words'

/** Actions on a conversation. */
export interface ConversationActions {
  readonly openSequence: (row: ConversationRow) => void
  readonly openGraphs: (row: ConversationRow) => void
  readonly follow: (row: ConversationRow) => void
  readonly filter: (row: ConversationRow) => void
  readonly goTo: (frame: number) => void
}

const SYN = 1
const CLOSED = 16 | 32

/** The inspector. */
export function ConversationInspector({
  row,
  kind,
  displayed,
  actions,
}: {
  readonly row: ConversationRow
  readonly kind: ConversationKind
  readonly displayed: boolean
  readonly actions: ConversationActions
}) {
  const t = useT()
  const language = useLanguage()
  const { tcp, a, b, packets, bytes } = row
  const number = (value: number): string => formatNumber(value, language)
  const end = ({ address, port }: ConversationRow['a']): string =>
    port === null ? address : `${address.includes(':') ? `[${address}]` : address}:${String(port)}`
  const link = (frame: number) => <PacketLink number={frame} label={t(m.goToPacket, { number: String(frame) })} onOpen={actions.goTo} />
  const [client, server] = tcp?.client === 'b' ? [b, a] : [a, b]
  return (
    <>
      <div className="cv-title">
        <h3>{t(kind === 'tcp' || kind === 'udp' ? m.streamTitle : m.pairTitle, { number: String(row.id) })}</h3>
        {link(row.firstFrame)}
        {row.lastFrame !== row.firstFrame && <>– {link(row.lastFrame)}</>}
        <span className="sp" />
        {tcp !== null && <Chip>{tcp.state}</Chip>}
      </div>
      {tcp !== null && <p>{t(stateWords(tcp))}</p>}
      <div className="cv-actions">
        {tcp !== null && (
          <Button
            kind="primary"
            icon={Spline}
            onClick={() => {
              actions.openSequence(row)
            }}
          >
            {t(m.openSequence)}
          </Button>
        )}
        {(kind === 'tcp' || kind === 'udp') && (
          <Button
            icon={AlignLeft}
            onClick={() => {
              actions.follow(row)
            }}
          >
            {t(followMessages.follow)}
          </Button>
        )}
        <Button
          icon={Funnel}
          onClick={() => {
            actions.filter(row)
          }}
        >
          {t(m.filterList)}
        </Button>
        {tcp !== null && (
          <Button
            icon={ChartNoAxesColumn}
            onClick={() => {
              actions.openGraphs(row)
            }}
          >
            {t(m.graphs)}
          </Button>
        )}
      </div>
      {row.life !== null && (
        <section>
          <h4>{t(m.perBar, { interval: formatSeconds(row.life.interval, language) })}</h4>
          <LifeBars row={row} width={258} height={72} label={t(m.life)} />
          <div className="cv-axis">
            <span>{row.start.toFixed(3)} s</span>
            <span>{(row.start + row.duration).toFixed(3)} s</span>
          </div>
        </section>
      )}
      <dl>
        <Fact name={t(tcp === null ? m.addressA : m.client)}>{end(client)}</Fact>
        <Fact name={t(tcp === null ? m.addressB : m.server)}>{end(server)}</Fact>
        <Fact name={t(m.packets)}>
          {number(packets[0])} → · {number(packets[1])} ←
        </Fact>
        {tcp !== null && <Fact name={t(m.endStates)}>{`A\u00a0${tcp.ends[0]} · B\u00a0${tcp.ends[1]}`}</Fact>}
        {tcp !== null && (
          <Fact name={t(m.payload)}>{`${number(tcp.payload[0])}\u00a0B\u00a0→ · ${number(tcp.payload[1])}\u00a0B\u00a0←`}</Fact>
        )}
        <Fact name={t(m.onTheWire)}>{`${number(bytes[0])}\u00a0B\u00a0→ · ${number(bytes[1])}\u00a0B\u00a0←`}</Fact>
        {tcp !== null && (
          <>
            <Fact name={t(m.initialRoundTrip)}>
              {tcp.initialRoundTrip === null ? t(m.notCaptured) : `${(tcp.initialRoundTrip * 1000).toFixed(3)} ms`}
            </Fact>
            <Fact name={t(m.retransmitted)}>{number(tcp.retransmissions)}</Fact>
            <Fact name={t(m.outOfOrder)}>{number(tcp.outOfOrder)}</Fact>
            <Fact name={t(m.completeness)}>{String(tcp.completeness)}</Fact>
          </>
        )}
      </dl>
      {(tcp !== null || displayed) && (
        <section>
          <h4>{t(m.sure)}</h4>
          <ul>
            {tcp !== null && (tcp.completeness & SYN) !== 0 && (tcp.completeness & CLOSED) !== 0 && <Remark good>{t(m.sureWhole)}</Remark>}
            {tcp !== null && (tcp.completeness & SYN) === 0 && <Remark>{t(m.sureStart)}</Remark>}
            {tcp !== null && (tcp.completeness & CLOSED) === 0 && <Remark>{t(m.sureEnd)}</Remark>}
            {displayed && <Remark>{t(m.sureFilter)}</Remark>}
            {tcp !== null && <Remark>{t(m.surePlace)}</Remark>}
          </ul>
        </section>
      )}
      <span className="sp" />
      <div className="cv-keys">
        {tcp !== null && (
          <>
            <Key>Enter</Key> {t(m.keyOpen)}
          </>
        )}
        {(kind === 'tcp' || kind === 'udp') && (
          <>
            <Key>F</Key> {t(followMessages.follow)}
          </>
        )}
        <Key>Alt+Enter</Key> {t(m.keyFilter)}
      </div>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">{children}</dd>
    </>
  )
}

function Remark({ good = false, children }: { readonly good?: boolean; readonly children: ReactNode }) {
  return (
    <li>
      <span className={good ? 'ok' : 'warn'}>
        <Icon icon={good ? CircleCheck : EyeOff} />
      </span>
      {children}
    </li>
  )
}
