// The diagram itself: a scrolled area of which only the rows on screen exist. One tab stop; arrows, J and K move from row to row.
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { DiagramRow, DiagramSpec } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useT } from '../../app/i18n/use-t'
import { scrollScale } from '../../model/scroll-scale'
import { useSize } from '../packets/use-size'
import { groundOf } from './ground'
import { LadderCanvas } from './ladder-canvas'
import { HatchPatterns, Shapes } from './shapes'
import { useDiagramRows, type DiagramState } from './use-diagram'
import { isStop, targetOf, useLadderKeys, type SelectedRow } from './use-ladder-keys'

/** The scrolled diagram. */
export function LadderPane({
  diagram,
  wanted,
  selected,
  initialTop,
  reveal,
  onSelect,
  onOpenFold,
  onScrolled,
}: {
  readonly diagram: DiagramState & { readonly spec: DiagramSpec }
  /** What was asked for last; its diagram may be on the way. */
  readonly wanted: DiagramSpec
  readonly selected: SelectedRow
  readonly initialTop: number
  /** A stretch to bring into view; each request has its own identity. */
  readonly reveal: { readonly top: number; readonly height: number } | null
  readonly onSelect: (row: DiagramRow) => void
  readonly onOpenFold: (row: DiagramRow) => void
  readonly onScrolled: (top: number) => void
}) {
  const app = useApp()
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const { info } = diagram
  const height = info?.height ?? 0
  const header = info?.headerHeight ?? 0
  const viewport = Math.max(0, size.height - header)
  const scale = scrollScale(height, 1, viewport)
  const [top, setTop] = useState(initialTop)
  const shown = useDiagramRows(app.client, diagram, top, viewport)
  const { rows } = shown
  // Rows of another specification have other indices.
  const selectedIndex = selected.spec === shown.spec ? selected.index : -1
  const ground = useMemo(() => groundOf(rows), [rows])
  const width = info?.width ?? 0

  useEffect(() => {
    onScrolled(top)
  }, [top, onScrolled])
  /** What an effect needs of the present without running again for it. */
  const view = useRef({ top, viewport, scale })
  useLayoutEffect(() => {
    view.current = { top, viewport, scale }
  })
  // Once there is something to scroll, go where the view was left.
  const restored = useRef(false)
  useLayoutEffect(() => {
    if (restored.current || viewport === 0 || height === 0 || box.current === null) return
    restored.current = true
    box.current.scrollTop = scale.toElement(initialTop)
  }, [viewport, height, scale, initialTop])
  // Only a new request scrolls: the user's own scrolling is not called back.
  useLayoutEffect(() => {
    const { top: now, viewport: shown, scale: conversion } = view.current
    if (reveal === null || shown === 0 || box.current === null) return
    const margin = Math.min(60, shown / 4)
    const { top: first, height: tall } = reveal
    if (first - margin < now) box.current.scrollTop = conversion.toElement(first - margin)
    else if (first + tall + margin > now + shown) box.current.scrollTop = conversion.toElement(first + tall + margin - shown)
  }, [reveal])

  const take = useLadderKeys(diagram, wanted, shown, selected, onSelect)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (info === null || event.ctrlKey || event.metaKey || event.altKey) return
    const target = targetOf(event.key, Math.max(1, Math.floor(viewport / 40) - 1))
    if (target !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      take(target)
      return
    }
    if (event.key !== ' ' && event.key !== 'Enter') return
    const row = rows.find((one) => one.index === selectedIndex)
    if (row?.kind !== 'fold') return
    event.preventDefault()
    event.stopPropagation()
    onOpenFold(row)
  }

  const first = rows[0]
  const end = rows.at(-1)
  const windowTop = first?.top ?? 0
  const windowHeight = end === undefined ? 0 : end.top + end.height - windowTop
  const active = rows.some((row) => row.index === selectedIndex) ? `dg-row-${selectedIndex}` : undefined
  // A scaled area moves its content along with the thumb.
  const shift = scale.toElement(top) - top
  return (
    <div
      ref={box}
      className="dg-box"
      data-pane="list"
      data-pane-focus=""
      role="listbox"
      aria-label={info === null ? t(m.diagram) : `${t(m.diagram)}: ${info.title}`}
      aria-activedescendant={active}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(scale.toList(event.currentTarget.scrollTop))
      }}
    >
      <HatchPatterns />
      {info !== null && (
        <>
          <svg className="dg-header" width={width} height={header} aria-hidden="true">
            <Shapes shapes={info.header} />
          </svg>
          <div className="dg-space" style={{ height: scale.elementHeight, width }} role="presentation">
            <div className="dg-window" style={{ top: windowTop + shift, height: windowHeight, width }} role="presentation">
              <svg width={width} height={windowHeight} viewBox={`0 ${windowTop} ${width} ${windowHeight}`} aria-hidden="true">
                <Shapes shapes={ground} />
              </svg>
              {rows.map((row) => (
                <div
                  key={row.index}
                  id={`dg-row-${row.index}`}
                  className={`dg-hit ${row.kind} ${row.index === selectedIndex ? 'on' : ''}`}
                  style={{ top: row.top - windowTop, height: row.height }}
                  role="option"
                  aria-selected={row.index === selectedIndex}
                  aria-label={row.sentence}
                  onClick={() => {
                    if (isStop(row)) onSelect(row)
                    if (row.kind === 'fold') onOpenFold(row)
                  }}
                />
              ))}
              <LadderCanvas rows={rows} top={windowTop} width={width} height={windowHeight} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}
