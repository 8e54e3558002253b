// What the engine says about the text in the filter box while it is typed: check and completions, debounced, stale answers dropped.
import { useEffect, useState } from 'react'
import type { Completion, FilterCheck } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'

const PAUSE_MS = 70

/** The last check and the text it belongs to. */
export interface Checked {
  readonly text: string
  readonly check: FilterCheck
}

/** Check of a filter text; null until the first answer. */
export function useFilterCheck(text: string): Checked | null {
  const app = useApp()
  const [checked, setChecked] = useState<Checked | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      app.client.call('filter.check', { text }, { signal: abort.signal }).then(
        (check) => {
          if (!abort.signal.aborted) setChecked({ text, check })
        },
        // Without a check the text stays uncoloured; applying it reports what is wrong.
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, text])
  return checked
}

const COUNT_PAUSE_MS = 150

/** How many packets a filter that is not applied would show; null while that is not known. '' counts nothing. */
export function useFilterCount(session: CaptureSession, text: string): number | null {
  const app = useApp()
  const [counted, setCounted] = useState<{ readonly text: string; readonly matched: number } | null>(null)
  useEffect(() => {
    if (text === '') return undefined
    const abort = new AbortController()
    const reference = session.selection.get().number
    const timer = setTimeout(() => {
      app.client
        .call('filter.count', { captureId: session.id, text, ...(reference > 0 ? { reference } : {}) }, { signal: abort.signal })
        .then(
          ({ matched }) => {
            if (!abort.signal.aborted) setCounted({ text, matched })
          },
          // Superseded by the next keystroke, or by the filter being applied.
          () => undefined,
        )
    }, COUNT_PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, session, text])
  return counted?.text === text ? counted.matched : null
}

/** Completions at the cursor. */
export interface Completions {
  readonly start: number
  readonly end: number
  readonly items: readonly Completion[]
}

const NONE: Completions = { start: 0, end: 0, items: [] }

/** Completions for the text at the cursor while `active`. */
export function useCompletions(session: CaptureSession, text: string, cursor: number, active: boolean): Completions {
  const app = useApp()
  const [completions, setCompletions] = useState<Completions>(NONE)
  useEffect(() => {
    if (!active) return undefined
    const abort = new AbortController()
    const timer = setTimeout(() => {
      app.client.call('filter.complete', { captureId: session.id, text, cursor }, { signal: abort.signal }).then(
        (answer) => {
          if (!abort.signal.aborted) setCompletions(answer)
        },
        () => {
          if (!abort.signal.aborted) setCompletions(NONE)
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, session, text, cursor, active])
  return active ? completions : NONE
}
