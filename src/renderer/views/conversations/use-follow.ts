// A followed stream: its summary, its rows as they come into view, its turns. All of them again while the capture grows.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { FollowRow, FollowSpec, FollowTurn, Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { RowCache } from '../../model/row-cache'

/** Turns that are listed. */
export const LISTED_TURNS = 300
/** A growing capture is asked again this often. */
const REFRESH_MS = 700

/** A followed stream as far as it is there. */
export interface Followed {
  readonly rows: RowCache<FollowRow>
  readonly info: Result<'follow.open'> | null
  readonly turns: readonly FollowTurn[]
  readonly progress: number | null
}

interface State {
  readonly spec: FollowSpec | null
  readonly version: number
  readonly info: Result<'follow.open'> | null
  readonly turns: readonly FollowTurn[]
  readonly progress: number | null
}

/**
 * Follows a stream; `spec` must be the same object as long as it says the same. A growing number of `packets` says that there may be more of it,
 * another `version` that what was there may be something else now.
 */
export function useFollow(spec: FollowSpec, packets: number, version: number): Followed {
  const app = useApp()
  const rows = useMemo(
    () =>
      new RowCache<FollowRow>(
        (first, count, signal) => app.client.call('follow.rows', { spec, first, count }, { signal }),
        (error) => {
          app.report(error)
        },
      ),
    [app, spec],
  )
  const [state, setState] = useState<State>({ spec: null, version, info: null, turns: [], progress: null })
  const isKnown = state.spec === spec && state.version === version
  /** What the last answer was about. */
  const answered = useRef<{ readonly spec: FollowSpec | null; readonly version: number }>({ spec: null, version })
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const { spec: before, version: versionBefore } = answered.current
    const isNew = before !== spec || versionBefore !== version
    const open = async (): Promise<void> => {
      const info = await app.client.call(
        'follow.open',
        { spec },
        {
          signal,
          onProgress: ({ done, total }) => {
            setState((before) => ({ ...before, progress: total === 0 ? 1 : Math.min(1, done / total) }))
          },
        },
      )
      rows.setRowCount(info.rows)
      if (versionBefore !== version) rows.reset()
      const { turns } = await app.client.call('follow.turns', { spec, first: 0, count: LISTED_TURNS }, { signal })
      answered.current = { spec, version }
      setState({ spec, version, info, turns, progress: null })
    }
    const timer = setTimeout(
      () => {
        open().catch((error: unknown) => {
          if (!isCancelled(error)) app.report(error)
        })
      },
      isNew ? 0 : REFRESH_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, spec, rows, packets, version])
  return { rows, info: isKnown ? state.info : null, turns: isKnown ? state.turns : [], progress: state.progress }
}
