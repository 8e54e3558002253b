// The screen of a terminal that exists only in memory: xterm.js works out what stands where, and nobody listens to what it might answer. It is never opened
// in the page, since it would write style sheets that the page's policy forbids; its cells are drawn as rows of runs.
import { Terminal, type IBufferCell } from '@xterm/xterm'

/** Cells that look alike. Colours are CSS colours; undefined = as the terminal's ground or text. */
export interface Run {
  readonly text: string
  readonly color: string | undefined
  readonly background: string | undefined
  readonly bold: boolean
  readonly underline: boolean
  readonly cursor: boolean
}

/** Colours 0 to 15, those of xterm made readable on the dark ground. */
const PALETTE = [
  '#3b4148',
  '#f0776c',
  '#7cc68a',
  '#dcb862',
  '#7fa8f5',
  '#c890dd',
  '#6cc5d0',
  '#d7dde3',
  '#7a858f',
  '#ff9a90',
  '#9be0a8',
  '#f2d58a',
  '#a6c4ff',
  '#e0b3f0',
  '#93e0e9',
  '#ffffff',
] as const

/** A terminal in memory. */
export class TerminalScreen {
  private terminal: Terminal
  private readonly columns: number
  private readonly rows: number

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
    this.terminal = this.make()
  }

  private make(): Terminal {
    return new Terminal({ cols: this.columns, rows: this.rows, scrollback: 0, allowProposedApi: false })
  }

  /** Starts anew. */
  reset(): void {
    this.terminal.dispose()
    this.terminal = this.make()
  }

  /** Draws text; resolves once it stands on the screen. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.terminal.write(text, resolve)
    })
  }

  /** What stands on the screen. */
  lines(): Run[][] {
    const { active } = this.terminal.buffer
    const lines: Run[][] = []
    for (let y = 0; y < this.rows; y++) {
      const line = active.getLine(active.baseY + y)
      const runs: Run[] = []
      for (let x = 0; x < this.columns; x++) {
        const cell = line?.getCell(x)
        if (cell?.getWidth() === 0) continue
        const cursor = x === active.cursorX && y === active.cursorY
        const next = { ...lookOf(cell), cursor }
        const last = runs.at(-1)
        const text = cell === undefined || cell.getChars() === '' ? ' ' : cell.getChars()
        if (last !== undefined && !cursor && !last.cursor && looksAlike(last, next))
          runs[runs.length - 1] = { ...last, text: last.text + text }
        else runs.push({ ...next, text })
      }
      lines.push(runs)
    }
    return lines
  }

  dispose(): void {
    this.terminal.dispose()
  }
}

type Look = Omit<Run, 'text' | 'cursor'>

function lookOf(cell: IBufferCell | undefined): Look {
  if (cell === undefined) return { color: undefined, background: undefined, bold: false, underline: false }
  const color = cell.isFgDefault() ? undefined : colorOf(cell.isFgRGB(), cell.getFgColor())
  const background = cell.isBgDefault() ? undefined : colorOf(cell.isBgRGB(), cell.getBgColor())
  const isInverse = cell.isInverse() !== 0
  return {
    color: isInverse ? (background ?? 'var(--term-ground)') : color,
    background: isInverse ? (color ?? 'var(--term-text)') : background,
    bold: cell.isBold() !== 0,
    underline: cell.isUnderline() !== 0,
  }
}

function colorOf(isRgb: boolean, value: number): string {
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`
  if (value < 16) return PALETTE[value] ?? PALETTE[7]
  if (value >= 232) {
    const grey = 8 + (value - 232) * 10
    return `rgb(${grey} ${grey} ${grey})`
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40)
  const cube = value - 16
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`
}

function looksAlike(a: Look, b: Look): boolean {
  return a.color === b.color && a.background === b.background && a.bold === b.bold && a.underline === b.underline
}
