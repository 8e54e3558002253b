// Columns of the packet list: what each shows, its width and place; presets; and reading them back from the settings document.
import type { ColumnContent } from '../../shared/contract'

/** One column as the user arranged it. */
export interface Column {
  /** Unique within the list; stable while the column exists. */
  readonly id: string
  readonly content: ColumnContent
  /** The user's own title, or null for the standard one. */
  readonly title: string | null
  readonly width: number
  readonly visible: boolean
}

/** Contents that are not fields, in the order menus show them. */
export const BUILT_IN_CONTENTS = [
  'number',
  'time',
  'time-delta',
  'time-delta-displayed',
  'time-relative',
  'time-absolute',
  'source',
  'destination',
  'source-port',
  'destination-port',
  'protocol',
  'length',
  'captured-length',
  'info',
  'interface',
  'stream',
  'cumulative-bytes',
  'comment',
] as const satisfies readonly ColumnContent[]
export type BuiltInContent = (typeof BUILT_IN_CONTENTS)[number]

/** Smallest and largest width that a drag can give, in pixels. */
export const MIN_COLUMN_WIDTH = 36
export const MAX_COLUMN_WIDTH = 1200

const DEFAULT_WIDTHS: Readonly<Record<BuiltInContent, number>> = {
  number: 44,
  time: 92,
  'time-delta': 88,
  'time-delta-displayed': 88,
  'time-relative': 92,
  'time-absolute': 188,
  source: 148,
  destination: 148,
  'source-port': 64,
  'destination-port': 64,
  protocol: 64,
  length: 58,
  'captured-length': 70,
  info: 320,
  interface: 84,
  stream: 60,
  'cumulative-bytes': 88,
  comment: 180,
}

const RIGHT_ALIGNED: ReadonlySet<ColumnContent> = new Set<ColumnContent>([
  'number',
  'length',
  'captured-length',
  'stream',
  'cumulative-bytes',
  'source-port',
  'destination-port',
])

/** True for contents that are numbers and stand right. */
export function isRightAligned(content: ColumnContent): boolean {
  return RIGHT_ALIGNED.has(content)
}

/** True for one of the contents that are not `field:…`. */
export function isBuiltIn(content: string): content is BuiltInContent {
  return (BUILT_IN_CONTENTS as readonly string[]).includes(content)
}

/** The width a new column of this content gets. */
export function defaultWidth(content: ColumnContent): number {
  return isBuiltIn(content) ? DEFAULT_WIDTHS[content] : 120
}

/** A new visible column. `taken` are the ids in use. */
export function makeColumn(content: ColumnContent, taken: readonly string[] = []): Column {
  let id: string = content
  for (let n = 2; taken.includes(id); n++) id = `${content}-${String(n)}`
  return { id, content, title: null, width: defaultWidth(content), visible: true }
}

/** Names of the presets. */
export const COLUMN_PRESETS = ['standard', 'ports', 'timing', 'tcp', 'dns', 'http'] as const
export type ColumnPreset = (typeof COLUMN_PRESETS)[number]

const PRESETS: Readonly<Record<ColumnPreset, readonly ColumnContent[]>> = {
  standard: ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'],
  ports: ['number', 'time', 'source', 'source-port', 'destination', 'destination-port', 'protocol', 'length', 'info'],
  timing: [
    'number',
    'time',
    'time-delta',
    'time-delta-displayed',
    'source',
    'destination',
    'protocol',
    'length',
    'cumulative-bytes',
    'info',
  ],
  tcp: [
    'number',
    'time',
    'source',
    'destination',
    'stream',
    'field:tcp.seq',
    'field:tcp.ack',
    'field:tcp.len',
    'field:tcp.window_size',
    'protocol',
    'info',
  ],
  dns: ['number', 'time', 'source', 'destination', 'field:dns.id', 'field:dns.qry.name', 'field:dns.time', 'info'],
  http: [
    'number',
    'time',
    'source',
    'destination',
    'stream',
    'field:http.host',
    'field:http.request.method',
    'field:http.response.code',
    'field:http.time',
    'info',
  ],
}

/** The columns of a preset. */
export function presetColumns(preset: ColumnPreset): readonly Column[] {
  return PRESETS[preset].map((content) => makeColumn(content))
}

/** The columns shown, in order. */
export function visibleColumns(columns: readonly Column[]): readonly Column[] {
  return columns.filter((column) => column.visible)
}

/** Moves the column at `from` so that it stands at `to` in the resulting list. */
export function moveColumn(columns: readonly Column[], from: number, to: number): readonly Column[] {
  const moved = columns[from]
  if (moved === undefined || from === to) return columns
  const rest = columns.filter((_, index) => index !== from)
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

/** Reads columns from untrusted settings; null when there is nothing usable. */
export function parseColumns(value: unknown): readonly Column[] | null {
  if (!Array.isArray(value)) return null
  const columns: Column[] = []
  for (const item of value as unknown[]) {
    if (typeof item !== 'object' || item === null) continue
    const { content, title, width, visible } = item as Record<string, unknown>
    if (typeof content !== 'string' || !(isBuiltIn(content) || /^field:[A-Za-z0-9_.-]{1,120}$/.test(content))) continue
    const column = makeColumn(
      content,
      columns.map((other) => other.id),
    )
    columns.push({
      ...column,
      title: typeof title === 'string' && title !== '' ? title.slice(0, 200) : null,
      width:
        typeof width === 'number' && Number.isFinite(width) ? Math.min(Math.max(width, MIN_COLUMN_WIDTH), MAX_COLUMN_WIDTH) : column.width,
      visible: visible !== false,
    })
    if (columns.length === 60) break
  }
  return columns.some((column) => column.visible) ? columns : null
}
