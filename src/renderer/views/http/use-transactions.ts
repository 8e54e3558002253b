// The table's rows in windows, with the sums over all that fit; and one transaction with everything that belongs to it.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { HttpRow, Result } from '../../../shared/contract'
import type { Progress } from '../../../shared/rpc/client'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import { RowCache } from '../../model/row-cache'
import type { HttpQuery } from './http-state'

/** Sums over the rows that fit. */
export type HttpSummary = Omit<Result<'http.transactions'>, 'transactions'>

/** What is known of the table; `summary` is null while it is made for the first time. */
export interface Transactions {
  readonly rows: RowCache<HttpRow>
  readonly summary: HttpSummary | null
  readonly progress: Progress | null
}

/** Rows and sums; asked for anew when the query changes or the capture has grown. */
export function useTransactions(session: CaptureSession, query: HttpQuery, packets: number): Transactions {
  const app = useApp()
  const [summary, setSummary] = useState<HttpSummary | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const rows = useMemo(
    () =>
      new RowCache<HttpRow>(
        async (first, count, signal) => {
          const { transactions, matched } = await app.client.call(
            'http.transactions',
            { captureId: session.id, stream: null, ...query, first, count },
            { signal },
          )
          return { rowCount: matched, rows: transactions }
        },
        (error) => {
          app.report(error)
        },
      ),
    [app, session, query],
  )
  useEffect(
    () => () => {
      rows.dispose()
    },
    [rows],
  )
  useEffect(() => {
    const abort = new AbortController()
    app.client
      .call(
        'http.transactions',
        { captureId: session.id, stream: null, ...query, first: 0, count: 0 },
        {
          signal: abort.signal,
          onProgress: setProgress,
        },
      )
      .then(
        (answer) => {
          // a longer capture has another table
          rows.invalidate()
          rows.setRowCount(answer.matched)
          setSummary(answer)
          setProgress(null)
        },
        (error: unknown) => {
          if (!isCancelled(error)) app.report(error)
        },
      )
    return () => {
      abort.abort()
    }
  }, [app, session, query, rows, packets])
  useSyncExternalStore(rows.subscribe, rows.getVersion)
  return { rows, summary, progress }
}

/** One transaction; null while there is none. */
export function useTransaction(session: CaptureSession, id: number, packets: number): Result<'http.transaction'> | null {
  const app = useApp()
  const [answer, setAnswer] = useState<Result<'http.transaction'> | null>(null)
  useEffect(() => {
    if (id < 0) return undefined
    const abort = new AbortController()
    app.client.call('http.transaction', { captureId: session.id, id }, { signal: abort.signal }).then(setAnswer, (error: unknown) => {
      if (!isCancelled(error)) app.report(error)
    })
    return () => {
      abort.abort()
    }
  }, [app, session, id, packets])
  return id < 0 || answer?.row.id !== id ? null : answer
}
