// Views of the rail, in order. Only views that exist are listed: the rail has no dead entries. To add one: its id, name, icon and component.
import type { ComponentType } from 'react'
import { ArrowRightLeft, ChartNoAxesColumn, Globe, LockKeyhole, Rows3, Spline, type LucideIcon } from 'lucide-react'
import type { PlainMessage } from '../app/i18n/messages'
import { shellMessages } from '../app/i18n/shell'
import type { CaptureSession } from '../model/capture-session'
import { ConversationsView } from './conversations/conversations-view'
import { HttpView } from './http/http-view'
import { PacketsView } from './packets/packets-view'
import { SequenceView } from './sequence/sequence-view'
import { StatisticsView } from './statistics/statistics-view'
import { TlsView } from './tls/tls-view'

/** One view of an open capture. */
export interface View {
  readonly id: string
  readonly name: PlainMessage
  readonly icon: LucideIcon
  readonly component: ComponentType<{ readonly session: CaptureSession }>
}

/** The views. */
export const VIEWS: readonly View[] = [
  { id: 'packets', name: shellMessages.packets, icon: Rows3, component: PacketsView },
  { id: 'conversations', name: shellMessages.conversations, icon: ArrowRightLeft, component: ConversationsView },
  { id: 'sequence', name: shellMessages.sequence, icon: Spline, component: SequenceView },
  { id: 'tls', name: shellMessages.tls, icon: LockKeyhole, component: TlsView },
  { id: 'http', name: shellMessages.http, icon: Globe, component: HttpView },
  { id: 'statistics', name: shellMessages.statistics, icon: ChartNoAxesColumn, component: StatisticsView },
]
