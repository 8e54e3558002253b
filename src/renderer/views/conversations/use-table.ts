// Rows of a table that the engine sorts: a summary first, then the rows that come into view; both again while the capture grows.
import { useEffect, useMemo, useRef, useState } from 'react'
import { isCancelled } from '../../../shared/rpc/problem'
import { RowCache } from '../../model/row-cache'

/** A growing capture is counted again this often. */
const REFRESH_MS = 1000

/** What one call answers. */
export interface TablePage<R> {
  readonly shown: number
  readonly rows: readonly R[]
}

/** Asks for rows; with count 0 for the summary alone. */
export type LoadPage<P> = (
  first: number,
  count: number,
  options: { readonly signal: AbortSignal; readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void },
) => Promise<P>

/** A table as far as it is there. */
export interface Table<R, P> {
  readonly rows: RowCache<R>
  readonly summary: P | null
  /** Share that is counted, while the first answer is on its way. */
  readonly progress: number | null
}

/** The table that `load` reads; `load` must change exactly when the question does. `packets` and `version` say that the answer may have changed. */
export function useTable<R, P extends TablePage<R>>(
  load: LoadPage<P>,
  packets: number,
  version: string,
  report: (error: unknown) => void,
): Table<R, P> {
  const rows = useMemo(
    () =>
      new RowCache<R>(async (first, count, signal) => {
        const page = await load(first, count, { signal })
        return { rowCount: page.shown, rows: page.rows }
      }, report),
    [load, report],
  )
  const [state, setState] = useState<{ readonly load: LoadPage<P> | null; readonly summary: P | null; readonly progress: number | null }>({
    load: null,
    summary: null,
    progress: null,
  })
  const last = useRef<{ load: LoadPage<P> | null; version: string; at: number }>({ load: null, version: '', at: 0 })
  useEffect(() => {
    const abort = new AbortController()
    const isNew = last.current.load !== load || last.current.version !== version
    const wait = isNew ? 0 : Math.max(0, last.current.at + REFRESH_MS - Date.now())
    const timer = setTimeout(() => {
      last.current = { load, version, at: Date.now() }
      load(0, 0, {
        signal: abort.signal,
        onProgress: ({ done, total }) => {
          setState((before) => ({ ...before, progress: total === 0 ? 1 : done / total }))
        },
      }).then(
        (summary) => {
          rows.setRowCount(summary.shown)
          if (isNew) rows.reset()
          else rows.invalidate()
          setState({ load, summary, progress: null })
        },
        (error: unknown) => {
          if (!isCancelled(error)) report(error)
        },
      )
    }, wait)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [load, rows, packets, version, report])
  return { rows, summary: state.load === load ? state.summary : null, progress: state.progress }
}
