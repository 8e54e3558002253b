// The diagram of a specification, and the rows of the stretch that is on screen. Old rows stay until the new ones are there.
import { useEffect, useState } from 'react'
import type { DiagramInfo, DiagramRow, DiagramSpec } from '../../../shared/contract'
import type { EngineClient } from '../../../shared/rpc/client'
import { isCancelled } from '../../../shared/rpc/problem'

/** What is asked for and what has come. */
export interface DiagramState {
  readonly spec: DiagramSpec | null
  readonly info: DiagramInfo | null
  readonly error: unknown
}

/** Opens the diagram again whenever the specification changes, or the capture grows. */
export function useDiagram(client: EngineClient, spec: DiagramSpec | null, packets: number): DiagramState {
  const [state, setState] = useState<DiagramState>({ spec: null, info: null, error: null })
  useEffect(() => {
    if (spec === null) return undefined
    const abort = new AbortController()
    client.call('diagram.open', { spec }, { signal: abort.signal }).then(
      (info) => {
        setState({ spec, info, error: null })
      },
      (error: unknown) => {
        if (!isCancelled(error)) setState({ spec, info: null, error })
      },
    )
    return () => {
      abort.abort()
    }
  }, [client, spec, packets])
  return state
}

/** Rows are asked for in stretches of this many pixels around what is on screen. */
const STRETCH = 240

/** Rows, and the specification of the diagram they are of. */
export interface DiagramRows {
  readonly spec: DiagramSpec | null
  readonly info: DiagramInfo | null
  readonly rows: readonly DiagramRow[]
}

/** The rows from `top` to `top + height` and some around them. Rows that stay are the same objects as before. */
export function useDiagramRows(client: EngineClient, diagram: DiagramState, top: number, height: number): DiagramRows {
  const [shown, setShown] = useState<DiagramRows>({ spec: null, info: null, rows: [] })
  const { spec, info } = diagram
  const from = Math.max(0, (Math.floor(top / STRETCH) - 1) * STRETCH)
  const to = (Math.floor((top + height) / STRETCH) + 2) * STRETCH
  useEffect(() => {
    if (spec === null || info === null) return undefined
    const abort = new AbortController()
    client.call('diagram.rows', { spec, from, to }, { signal: abort.signal }).then(
      (answer) => {
        setShown((before) => {
          const known = new Map(before.info === info ? before.rows.map((row) => [row.index, row]) : [])
          return { spec, info, rows: answer.rows.map((row) => known.get(row.index) ?? row) }
        })
      },
      // The next stretch asks again; what failed for good was told when the diagram was opened.
      () => undefined,
    )
    return () => {
      abort.abort()
    }
  }, [client, spec, info, from, to])
  return shown
}
