// Keys in the diagram. They may come faster than rows and diagrams: each step starts where the one before it ended, and in the diagram that was
// asked for last, which a step waits for.
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { DiagramInfo, DiagramRow, DiagramSpec } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { NO_PACKET, type PacketAtBoth } from './sequence-state'
import type { DiagramRows, DiagramState } from './use-diagram'

/** A row of a diagram that is selected; index -1 for none. Rows of another specification have other indices. */
export interface SelectedRow {
  readonly index: number
  readonly spec: DiagramSpec | null
  /** What the row stands for: by it the row is found in another diagram. */
  readonly packet: PacketAtBoth
}

/** Nothing selected. */
export const NO_ROW: SelectedRow = { index: -1, spec: null, packet: NO_PACKET }

/** Where a key leads from a row (-1: none is selected). */
type Target = (at: number, info: DiagramInfo) => number

/** Whether a row can be selected. A packet that the first of two captures does not have is a row with frame 0. */
export function isStop({ kind }: DiagramRow): boolean {
  return kind === 'arrow' || kind === 'fold'
}

/** The target of a key that moves, or undefined. `page` is the number of rows on screen. */
export function targetOf(key: string, page: number): Target | undefined {
  const down: Target = (at, info) => (at < 0 ? info.firstRow : Math.min(info.rowCount - 2, at + 1))
  const up: Target = (at) => Math.max(0, at - 1)
  const targets: Readonly<Record<string, Target>> = {
    ArrowDown: down,
    j: down,
    ArrowUp: up,
    k: up,
    PageDown: (at, info) => Math.min(info.rowCount - 2, Math.max(0, at) + page),
    PageUp: (at) => Math.max(0, at - page),
    Home: (_, info) => info.firstRow,
    End: (_, info) => info.rowCount - 2,
  }
  return targets[key]
}

/** Takes the steps asked for, one after the other. `wanted` is the specification of the diagram that will be there. */
export function useLadderKeys(
  diagram: DiagramState & { readonly spec: DiagramSpec },
  wanted: DiagramSpec,
  shown: DiagramRows,
  selected: SelectedRow,
  onSelect: (row: DiagramRow) => void,
): (target: Target) => void {
  const app = useApp()
  const now = useRef({ diagram, wanted, shown, onSelect })
  const cursor = useRef(selected)
  const queue = useRef<Target[]>([])
  const isStepping = useRef(false)
  useLayoutEffect(() => {
    now.current = { diagram, wanted, shown, onSelect }
  })
  useLayoutEffect(() => {
    if (!isStepping.current) cursor.current = selected
  }, [selected])

  const step = useCallback(
    async (target: Target): Promise<void> => {
      const { spec, info } = now.current.diagram
      if (info === null) return
      const { client } = app
      const { index: known, spec: place, packet } = cursor.current
      const number = packet.frame > 0 ? packet.frame : packet.otherFrame
      const at =
        place === null || place === spec || number === 0
          ? known
          : (await client.call('diagram.find', { spec, number, second: packet.frame === 0 })).index
      const index = target(at, info)
      const forward = index >= at
      const rows = now.current.shown.spec === spec ? now.current.shown.rows : []
      let row = rows.find((one) => one.index === index) ?? (await client.call('diagram.row', { spec, index }))
      // Headings are not stops.
      while (!isStop(row)) {
        const next = row.index + (forward ? 1 : -1)
        if (next < info.firstRow || next >= info.rowCount - 1) return
        row = await client.call('diagram.row', { spec, index: next })
      }
      cursor.current = { index: row.index, spec, packet: { frame: row.frame, otherFrame: row.otherFrame } }
      now.current.onSelect(row)
    },
    [app],
  )
  const work = useCallback(async (): Promise<void> => {
    if (isStepping.current) return
    isStepping.current = true
    try {
      while (now.current.diagram.spec === now.current.wanted) {
        const target = queue.current.shift()
        if (target === undefined) break
        await step(target)
      }
    } catch (error) {
      queue.current = []
      app.report(error)
    } finally {
      isStepping.current = false
    }
  }, [app, step])
  // Steps that waited for the diagram go on when it is there.
  useEffect(() => {
    void work()
  }, [work, diagram.spec, wanted])
  return useCallback(
    (target) => {
      queue.current.push(target)
      void work()
    },
    [work],
  )
}
