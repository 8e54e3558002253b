// Where the window was and how large, kept as a document; a place that no display shows any more is not used again.
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import type { DocumentStore } from '../engine/service'

const DOCUMENT = 'window.json'
const DEFAULT_SIZE = { width: 1440, height: 900 }
export const MIN_SIZE = { width: 800, height: 560 }

/** What is kept. x and y are missing when the system should choose. */
export interface WindowState {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

/** The kept state, fitted to the displays that exist now. */
export function readWindowState(documents: DocumentStore): WindowState {
  const kept = parse(documents.read(DOCUMENT))
  if (kept === undefined) return { ...DEFAULT_SIZE, maximized: false }
  const size = { width: Math.max(kept.width, MIN_SIZE.width), height: Math.max(kept.height, MIN_SIZE.height), maximized: kept.maximized }
  if (kept.x === undefined || kept.y === undefined) return size
  const area = { x: kept.x, y: kept.y, ...size }
  const visible = screen.getAllDisplays().some((display) => overlap(display.workArea, area))
  return visible ? area : size
}

/** Writes the state when the window closes. */
export function keepWindowState(window: BrowserWindow, documents: DocumentStore): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      documents.write(DOCUMENT, `${JSON.stringify(state)}\n`)
    } catch {
      // The next window opens at its default place: no reason to keep this one from closing.
    }
  })
}

/** Enough of the title bar must be on a display to drag the window by. */
function overlap(display: Rectangle, window: Rectangle): boolean {
  const width = Math.min(display.x + display.width, window.x + window.width) - Math.max(display.x, window.x)
  const top = window.y >= display.y - 10 && window.y < display.y + display.height - 40
  return width >= 100 && top
}

function parse(text: string | null): WindowState | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { x, y, width, height, maximized } = value as Record<string, unknown>
    if (!isLength(width) || !isLength(height) || width <= 0 || height <= 0) return undefined
    return { width, height, maximized: maximized === true, ...(isLength(x) && isLength(y) ? { x, y } : {}) }
  } catch {
    return undefined
  }
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 100_000
}
