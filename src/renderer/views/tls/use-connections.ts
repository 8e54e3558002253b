// The list of TLS connections, one of them with everything about it, and examples of each kind of handshake from all open captures.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Result, TlsConnection, TlsRow, TlsTransport } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import { RowCache } from '../../model/row-cache'
import { useStore } from '../../model/store'

/** Sums over all connections. */
export type TlsSummary = Omit<Result<'tls.connections'>, 'connections'>

/** Rows in windows, and the sums; null while they are found for the first time. */
export function useConnections(
  session: CaptureSession,
  text: string,
  packets: number,
): { readonly rows: RowCache<TlsRow>; readonly summary: TlsSummary | null } {
  const app = useApp()
  const [summary, setSummary] = useState<TlsSummary | null>(null)
  const rows = useMemo(
    () =>
      new RowCache<TlsRow>(
        async (first, count, signal) => {
          const answer = await app.client.call('tls.connections', { captureId: session.id, text, first, count }, { signal })
          return { rowCount: answer.matched, rows: answer.connections }
        },
        (error) => {
          app.report(error)
        },
      ),
    [app, session, text],
  )
  useEffect(
    () => () => {
      rows.dispose()
    },
    [rows],
  )
  useEffect(() => {
    const abort = new AbortController()
    app.client.call('tls.connections', { captureId: session.id, text, first: 0, count: 0 }, { signal: abort.signal }).then(
      (answer) => {
        rows.invalidate()
        rows.setRowCount(answer.matched)
        setSummary(answer)
      },
      (error: unknown) => {
        if (!isCancelled(error)) app.report(error)
      },
    )
    return () => {
      abort.abort()
    }
  }, [app, session, text, rows, packets])
  useSyncExternalStore(rows.subscribe, rows.getVersion)
  return { rows, summary }
}

/** One connection; null while there is none. */
export function useConnection(session: CaptureSession, transport: TlsTransport, stream: number, packets: number): TlsConnection | null {
  const app = useApp()
  const [connection, setConnection] = useState<TlsConnection | null>(null)
  useEffect(() => {
    if (stream < 0) return undefined
    const abort = new AbortController()
    app.client.call('tls.connection', { captureId: session.id, transport, stream }, { signal: abort.signal }).then(
      (answer) => {
        setConnection(answer.connection)
      },
      (error: unknown) => {
        if (!isCancelled(error)) app.report(error)
      },
    )
    return () => {
      abort.abort()
    }
  }, [app, session, transport, stream, packets])
  return connection?.stream === stream && connection.transport === transport ? connection : null
}

/** Kinds of full handshakes that are compared. */
export const HANDSHAKE_KINDS = ['12rsa', '12ecdhe', '13'] as const
export type HandshakeKind = (typeof HANDSHAKE_KINDS)[number]

/** The kind of a connection; null for what is not compared. */
export function kindOf({ version, keyExchange, resumed }: Pick<TlsRow, 'version' | 'keyExchange' | 'resumed'>): HandshakeKind | null {
  if (resumed) return null
  if (version === 'TLSv1.3') return '13'
  if (version !== 'TLSv1.2') return null
  return keyExchange === 'rsa' ? '12rsa' : keyExchange === 'ecdhe' ? '12ecdhe' : null
}

/** An example of a kind. */
export interface Example {
  readonly row: TlsRow
  readonly file: string
}
const MOST_LOOKED_AT = 500

/** The first whole handshake of each kind in the open captures, this capture's before others'. */
export function useExamples(session: CaptureSession, packets: number): ReadonlyMap<HandshakeKind, Example> {
  const app = useApp()
  const captures = useStore(app.captures)
  const [examples, setExamples] = useState<ReadonlyMap<HandshakeKind, Example>>(new Map())
  useEffect(() => {
    const abort = new AbortController()
    const find = async (): Promise<void> => {
      const found = new Map<HandshakeKind, Example>()
      for (const capture of [session, ...captures.filter((one) => one !== session)]) {
        const { connections } = await app.client.call(
          'tls.connections',
          { captureId: capture.id, text: '', first: 0, count: MOST_LOOKED_AT },
          { signal: abort.signal },
        )
        for (const row of connections) {
          const kind = row.handshakeMs === null ? null : kindOf(row)
          if (kind !== null && !found.has(kind)) found.set(kind, { row, file: capture.info.get().name })
        }
        if (found.size === HANDSHAKE_KINDS.length) break
      }
      setExamples(found)
    }
    find().catch((error: unknown) => {
      // a capture that is closed meanwhile has no examples to give
      if (!isCancelled(error) && !abort.signal.aborted) setExamples(new Map())
    })
    return () => {
      abort.abort()
    }
  }, [app, session, captures, packets])
  return examples
}
