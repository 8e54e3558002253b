// Selection in step with the packet lists: what is selected in the diagram is selected there, and the other way round.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DiagramRow, DiagramSpec } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import type { CaptureSession } from '../../model/capture-session'
import { useSelected, useStore } from '../../model/store'
import { NO_PACKET, sequenceState, type PacketAtBoth } from './sequence-state'
import { NO_ROW, type SelectedRow } from './use-ladder-keys'

/** Selections that follow each other faster than this do not reach the packet list (key repeat). */
const SETTLE_MS = 120

/** The selected row, the stretch of the diagram to bring into view, and how another row is selected. `second` is the capture laid beside. */
export function useLadderSelection(session: CaptureSession, second: CaptureSession | undefined, spec: DiagramSpec | null) {
  const app = useApp()
  const state = sequenceState(session)
  const packet = useStore(state.selected)
  const [selected, setSelected] = useState<SelectedRow>(NO_ROW)
  const [reveal, setReveal] = useState<{ readonly top: number; readonly height: number } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** A selection in the list that this view has caused itself. */
  const own = useRef(0)
  /** What is selected here and will be there, once the selection rests. */
  const pending = useRef<PacketAtBoth>(NO_PACKET)
  /** Selections of this view that the list has not followed yet: until it has, what it says is not news. */
  const going = useRef(0)
  const number = useSelected(session.selection, (selection) => selection.number)
  useEffect(() => {
    const isBehind = going.current > 0 || pending.current !== NO_PACKET
    if (number > 0 && !isBehind && number !== own.current) state.selected.set({ frame: number, otherFrame: 0 })
  }, [number, state])
  const isTwo = spec?.scope.kind === 'both'
  const wanted = packet.frame > 0 ? packet.frame : isTwo ? packet.otherFrame : 0
  // Rows also move when the diagram is drawn differently.
  useEffect(() => {
    if (spec === null || wanted === 0) return undefined
    let current = true
    app.client.call('diagram.find', { spec, number: wanted, second: packet.frame === 0 }).then(
      (found) => {
        if (!current) return
        setSelected({ index: found.index, spec, packet })
        if (found.index >= 0) setReveal({ top: found.top, height: found.height })
      },
      (error: unknown) => {
        app.report(error)
      },
    )
    return () => {
      current = false
    }
  }, [app, spec, packet, wanted])
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const { frame, otherFrame } = pending.current
    pending.current = NO_PACKET
    const report = (error: unknown): void => {
      app.report(error)
    }
    if (otherFrame > 0) second?.goTo(otherFrame).catch(report)
    if (frame === 0) return
    own.current = frame
    going.current++
    session
      .goTo(frame)
      .catch(report)
      .finally(() => {
        going.current--
      })
  }, [app, session, second])
  useEffect(() => flush, [flush])
  const select = ({ index, frame, otherFrame, top, height }: DiagramRow): void => {
    state.selected.set({ frame, otherFrame })
    setSelected({ index, spec, packet: { frame, otherFrame } })
    setReveal({ top, height })
    pending.current = { frame, otherFrame }
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, SETTLE_MS)
  }
  return { selected: wanted === 0 ? NO_ROW : selected, reveal, select }
}
