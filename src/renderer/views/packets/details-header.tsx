// Line above details and bytes: the packet, its protocol, the packets that belong to it, and steps to the neighbours.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { PacketDetail } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { COMMANDS } from '../../app/commands/commands'
import { shortcutText } from '../../app/commands/registry'
import type { PlainMessage } from '../../app/i18n/messages'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { IconButton, Segmented } from '../../ui/button'
import { PacketLink } from '../../ui/chip'

/** Which of the two panes a narrow window shows. */
export type LowerTab = 'details' | 'bytes'

type Kind = PacketDetail['related'][number]['kind']

const RELATED: Readonly<Partial<Record<Kind, PlainMessage>>> = {
  request: m.relatedRequest,
  response: m.relatedResponse,
  acknowledges: m.relatedAcknowledges,
  'retransmission-of': m.relatedRetransmission,
  'reassembled-in': m.relatedReassembled,
}
/** Kinds of relation in the order in which they matter most; at most two are printed. */
const ORDER: readonly Kind[] = ['response', 'request', 'retransmission-of', 'reassembled-in', 'acknowledges']

/** The header line. `tab` is set in narrow windows, where details and bytes share the space. */
export function DetailsHeader({
  session,
  packet,
  tab,
  onTab,
}: {
  readonly session: CaptureSession
  readonly packet: PacketDetail | null
  readonly tab: LowerTab | null
  readonly onTab: (tab: LowerTab) => void
}) {
  const app = useApp()
  const t = useT()
  const go = (number: number): void => {
    session.goTo(number).catch((error: unknown) => {
      session.fail(error)
    })
  }
  const related = ORDER.flatMap((kind) => packet?.related.find((item) => item.kind === kind) ?? []).slice(0, tab === null ? 2 : 1)
  const segments = packet?.related.filter((item) => item.kind === 'segment').length ?? 0
  const previous = COMMANDS.find('go.previous')
  const next = COMMANDS.find('go.next')
  return (
    <div className="lh">
      {packet === null ? (
        <span className="f3">{t(m.noPacket)}</span>
      ) : (
        <>
          <h2 className="b6">{t(m.packetTitle, { number: String(packet.number) })}</h2>
          {packet.protocol !== '' && (
            <span className={`chip p-${packet.protocolClass} proto`}>
              <i className="dot" />
              {packet.protocol}
            </span>
          )}
          {related.map((item) => {
            const text = RELATED[item.kind]
            return (
              <span key={`${item.kind}-${String(item.number)}`} className="row g6 f2">
                {text !== undefined && <span className="wide-only">{t(text)}</span>}
                <PacketLink number={item.number} label={t(m.openPacket, { number: String(item.number) })} onOpen={go} />
              </span>
            )
          })}
          {segments > 1 && <span className="f3 wide-only">{t(m.relatedSegment, { count: segments })}</span>}
        </>
      )}
      <span className="sp" />
      {tab !== null && (
        <Segmented
          label={t(m.details)}
          className="low"
          value={tab}
          options={[
            { value: 'details', name: t(m.details2) },
            { value: 'bytes', name: t(m.bytesMenu) },
          ]}
          onChange={onTab}
        />
      )}
      <span className="vr" />
      <IconButton
        label={t(m.previousPacket)}
        icon={ChevronLeft}
        shortcut={previous === undefined ? undefined : shortcutText(previous, app.host.kind)}
        onClick={() => COMMANDS.run('go.previous', app)}
      />
      <IconButton
        label={t(m.nextPacket)}
        icon={ChevronRight}
        shortcut={next === undefined ? undefined : shortcutText(next, app.host.kind)}
        onClick={() => COMMANDS.run('go.next', app)}
      />
    </div>
  )
}
