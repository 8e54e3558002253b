// The TLS view: the connections of a capture, and one of them from its first packet to its keys.
import { useCallback, useEffect, useRef } from 'react'
import { KeyRound, LockOpen, Search, TriangleAlert } from 'lucide-react'
import type { TlsRow, TlsTransport } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { tlsMessages as m } from '../../app/i18n/tls'
import { useT } from '../../app/i18n/use-t'
import { useSettledPackets } from '../../app/use-settled-packets'
import type { CaptureSession } from '../../model/capture-session'
import { useSelected, useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { ProgressBar, useDelayed } from '../../ui/progress'
import { saveArtifact } from '../http/save-artifact'
import { Certificates } from './certificates'
import { ConnectionList, stateText } from './connection-list'
import { Decryption, Keys } from './decryption'
import { Alerts, Encryption, Negotiated, RoundTrips } from './negotiated'
import { Offers } from './offers'
import { TimeBar } from './time-bar'
import { TlsLadderPane } from './tls-ladder'
import { tlsState } from './tls-state'
import { useConnection, useConnections, useExamples } from './use-connections'
import { Versions } from './versions'
import './tls.css'

/** The view. */
export function TlsView({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const state = tlsState(session)
  const text = useStore(state.text)
  const stream = useStore(state.stream)
  const transport = useStore(state.transport)
  const packets = useSettledPackets(session)
  const { rows, summary } = useConnections(session, text, packets)
  const connection = useConnection(session, transport, stream, packets)
  const examples = useExamples(session, packets)
  const isSlow = useDelayed(summary === null)
  const chosen = useFollowedStream(session, rows.row(0))
  const goTo = useCallback(
    (frame: number) => {
      chosen(frame)
      session.goTo(frame).catch((error: unknown) => {
        app.report(error)
      })
    },
    [app, session, chosen],
  )
  const select = (row: TlsRow): void => {
    state.transport.set(row.transport)
    state.stream.set(row.stream)
    goTo(row.firstFrame)
  }
  return (
    <div className="tl-view">
      <div className="tl-header" data-pane="toolbar">
        <h2>{t(m.title)}</h2>
        <i className="vr" />
        {connection !== null && (
          <>
            <b className="cut">{connection.sni ?? connection.server}</b>
            <Chip kind={connection.decrypted ? 'ok' : 'plain'}>
              {connection.decrypted && <Icon icon={LockOpen} size="small" />}
              {stateText(connection, t)}
            </Chip>
            <Chip>{t(m.roundTrips, { count: connection.tlsRoundTrips })}</Chip>
            {connection.resumed && <Chip>{t(m.resumed)}</Chip>}
            {connection.fatalAlerts > 0 && <Chip kind="bad">× {t(m.alertsChip, { count: connection.fatalAlerts })}</Chip>}
            {connection.rejected && (
              <Chip kind="warn">
                <Icon icon={TriangleAlert} size="small" />
                {t(m.rejected)}
              </Chip>
            )}
          </>
        )}
        <span className="sp" />
        {summary !== null && (
          <span className="f3">
            {t(m.decryptedOf, { connections: t(m.connections, { count: summary.total }), count: summary.decrypted, total: summary.total })}
          </span>
        )}
        <Button
          icon={KeyRound}
          onClick={() => {
            app.openDialog('decryption-keys', {})
          }}
        >
          {t(m.keyLog)}
        </Button>
      </div>
      {isSlow && summary === null && <ProgressBar label={t(m.finding)} share={null} />}
      {summary?.total === 0 ? (
        <div className="state">
          <h2>{t(m.none)}</h2>
        </div>
      ) : (
        <div className="tl-body">
          <div className="tl-side">
            <TextField label={t(m.filter)} hideLabel icon={Search} placeholder={t(m.filterHint)} value={text} onChange={state.text.set} />
            {summary?.matched === 0 && <p className="f3">{t(m.noMatch)}</p>}
            <ConnectionList rows={rows} count={summary?.matched ?? 0} selected={{ transport, stream }} onSelect={select} />
          </div>
          <div className="tl-main" data-pane="details" tabIndex={0} role="region" aria-label={connection?.sni ?? t(m.title)}>
            {connection !== null && (
              <>
                <TimeBar connection={connection} />
                <TlsLadderPane
                  session={session}
                  transport={connection.transport}
                  stream={connection.stream}
                  packets={packets}
                  onPacket={goTo}
                />
                <div className="tl-cards">
                  <Negotiated connection={connection} onPacket={goTo} />
                  <div>
                    <Decryption connection={connection} onPacket={goTo} />
                    <RoundTrips connection={connection} onPacket={goTo} />
                  </div>
                  <div>
                    <Encryption connection={connection} onPacket={goTo} />
                    <Alerts connection={connection} onPacket={goTo} />
                  </div>
                </div>
                <Certificates
                  connection={connection}
                  onPacket={goTo}
                  onExport={() => {
                    void saveArtifact(app, session.id, { kind: 'certificates', transport: connection.transport, stream: connection.stream })
                  }}
                />
                <Keys connection={connection} />
                <Versions connection={connection} examples={examples} />
                <Offers connection={connection} />
              </>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

/** Follows the packet that is selected elsewhere, else begins with the first connection. The result is to be told of packets selected here. */
function useFollowedStream(session: CaptureSession, first: TlsRow | undefined): (frame: number) => void {
  const app = useApp()
  const state = tlsState(session)
  const number = useSelected(session.selection, (selection) => selection.number)
  const own = useRef(0)
  const firstStream = first?.stream ?? -1
  const firstTransport = first?.transport ?? 'tcp'
  useEffect(() => {
    if (firstStream < 0 || number === own.current) return undefined
    const show = (transport: TlsTransport, stream: number): void => {
      state.transport.set(transport)
      state.stream.set(stream)
    }
    if (number === 0) {
      if (state.stream.get() < 0) show(firstTransport, firstStream)
      return undefined
    }
    const abort = new AbortController()
    const find = async (): Promise<void> => {
      const { transport, stream } = await app.client.call('tls.find', { captureId: session.id, number }, { signal: abort.signal })
      if (stream >= 0) show(transport, stream)
      else if (state.stream.get() < 0) show(firstTransport, firstStream)
    }
    find().catch(() => undefined)
    return () => {
      abort.abort()
    }
  }, [app, session, state, number, firstTransport, firstStream])
  return useCallback((frame: number) => {
    own.current = frame
  }, [])
}
