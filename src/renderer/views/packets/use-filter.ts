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
