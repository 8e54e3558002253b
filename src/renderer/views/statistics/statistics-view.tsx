// The statistics view: overview, graphs of a TCP connection, expert information. The tab is remembered for as long as the capture is open.
import type { CaptureSession } from '../../model/capture-session'
import { createStore, useStore, type Store } from '../../model/store'
import { statisticsMessages as m } from '../../app/i18n/statistics'
import { useT } from '../../app/i18n/use-t'
import { Tabs } from '../../ui/tabs'
import { ExpertTab } from './expert-tab'
import { OverviewTab } from './overview-tab'
import { TcpGraphs } from './tcp-graphs'
import './statistics.css'

const TABS = { overview: OverviewTab, tcp: TcpGraphs, expert: ExpertTab } as const
type Tab = keyof typeof TABS

const chosen = new WeakMap<CaptureSession, Store<Tab>>()

/** Which tab a capture's statistics show; others can open one. */
export function statisticsTab(session: CaptureSession): Store<Tab> {
  let tab = chosen.get(session)
  if (tab === undefined) chosen.set(session, (tab = createStore<Tab>('overview')))
  return tab
}

/** The view. */
export function StatisticsView({ session }: { readonly session: CaptureSession }) {
  const t = useT()
  const store = statisticsTab(session)
  const tab = useStore(store)
  const Content = TABS[tab]
  return (
    <div className="st-view">
      <Content
        session={session}
        tabs={
          <>
            <h2>{t(m.title)}</h2>
            <i className="sep" />
            <Tabs
              label={t(m.title)}
              value={tab}
              tabs={[
                { value: 'overview', name: t(m.overview) },
                { value: 'tcp', name: t(m.tcpGraphs) },
                { value: 'expert', name: t(m.expert) },
              ]}
              onChange={(next) => {
                store.set(next)
              }}
            />
          </>
        }
      />
    </div>
  )
}
