import { expect, test } from 'vitest'
import type { DiagramRow, DiagramShape } from '../../../src/shared/contract'
import { groundOf } from '../../../src/renderer/views/sequence/ground'

const line = (y1: number, y2: number): DiagramShape => ({ kind: 'line', x1: 5, y1, x2: 5, y2, tone: 'line3', width: 1.5 })
const band = (y: number, height: number, fill: 'open' | 'closed'): DiagramShape => ({ kind: 'rect', x: 9, y, width: 8, height, fill })
const row = (index: number, back: readonly DiagramShape[], front: readonly DiagramShape[]): DiagramRow => ({
  index,
  top: index * 10,
  height: 10,
  kind: 'arrow',
  frame: index + 1,
  lastFrame: index + 1,
  otherFrame: 0,
  sentence: '',
  back: [...back],
  front: [...front],
})

test('lifelines and bands run through the rows as one shape each, and a band ends where the state changes', () => {
  const arrow: DiagramShape = { kind: 'line', x1: 5, y1: 3, x2: 90, y2: 4, tone: 'fg1', width: 1 }
  const rows = [
    row(0, [line(0, 10)], [band(0, 10, 'open'), arrow]),
    row(1, [line(10, 20)], [band(10, 4, 'open'), band(15, 5, 'closed')]),
    row(2, [line(20, 30)], [band(20, 10, 'closed')]),
  ]
  expect(groundOf(rows)).toEqual([line(0, 30), band(0, 14, 'open'), band(15, 15, 'closed')])
})

test('rows that do not follow each other are not joined', () => {
  expect(groundOf([row(0, [line(0, 10)], []), row(4, [line(40, 50)], [])])).toEqual([line(0, 10), line(40, 50)])
})

test('a panel that begins further down does not cover the lifeline that runs through it', () => {
  const panel: DiagramShape = { kind: 'path', d: 'M8 12L90 12', fill: 'panel' }
  expect(groundOf([row(0, [line(0, 10)], []), row(1, [panel, line(10, 20)], [])])).toEqual([panel, line(0, 20)])
})
