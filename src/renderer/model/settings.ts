// The user's settings: one typed document, read tolerantly, written back with unknown keys kept. The host stores it.
import { DecodeAsSettings, type DecodeAsRule, type TimeFormat } from '../../shared/contract'
import type { EngineClient } from '../../shared/rpc/client'
import { LANGUAGES, type Language } from '../app/i18n/messages'
import { parseColumns, presetColumns, type Column } from './columns'
import { DEFAULT_LIVE, parseLiveSettings, type LiveSettings } from './live-settings'
import { createStore, type Store } from './store'

export const THEMES = ['dark', 'light', 'system'] as const
export type Theme = (typeof THEMES)[number]
export const DENSITIES = ['compact', 'default', 'comfortable'] as const
export type Density = (typeof DENSITIES)[number]
export const LAYOUTS = ['bottom', 'side', 'rows'] as const
/** bottom: details and bytes side by side below the list; side: both beside the list; rows: three rows. */
export type Layout = (typeof LAYOUTS)[number]
export const MOTIONS = ['system', 'reduce', 'full'] as const
export type Motion = (typeof MOTIONS)[number]

/** Pixel heights of a list row by density. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 20, default: 22, comfortable: 26 }

/** Sizes of the panes in pixels. */
export interface PaneSizes {
  /** Height of details and bytes below the list. */
  readonly lower: number
  /** Height of details and bytes one below the other, below the list. */
  readonly stacked: number
  /** Width of the bytes beside the details. */
  readonly bytes: number
  /** Width of details and bytes beside the list. */
  readonly beside: number
  /** Height of the bytes below the details in layouts side and rows. */
  readonly bytesBelow: number
  /** Width of the inspector. */
  readonly inspector: number
}

/** A display filter kept under a name. */
export interface SavedFilter {
  readonly name: string
  readonly text: string
}

/** How a series of the I/O graph is drawn, and what it counts. */
export interface IoSeriesSetting {
  /** '' is all packets. */
  readonly filter: string
  readonly shown: boolean
  readonly look: (typeof IO_LOOKS)[number]
  readonly unit: (typeof IO_UNITS)[number]
}
export const IO_LOOKS = ['step', 'bar', 'dot'] as const
export const IO_UNITS = ['packets', 'bytes', 'bits'] as const
/** Series that one graph can have. */
export const MAX_IO_SERIES = 8

/** How sequence diagrams are drawn. */
export interface SequenceSettings {
  readonly spacing: 'even' | 'scale'
  readonly numbers: 'relative' | 'raw'
  readonly tcpOptions: boolean
  readonly messages: boolean
  readonly states: boolean
  /** Maximum segment lifetime in seconds: TIME-WAIT is drawn two of them long. */
  readonly msl: number
}

/** All settings of the interface. */
export interface Settings {
  readonly theme: Theme
  readonly language: Language | 'system'
  readonly density: Density
  /** Added to every text size, in pixels: -1, 0, 1 or 2. */
  readonly textStep: number
  readonly motion: Motion
  readonly timeFormat: TimeFormat
  readonly layout: Layout
  readonly columns: readonly Column[]
  readonly resolveNames: boolean
  readonly colorize: boolean
  readonly overview: boolean
  readonly minimap: boolean
  readonly inspector: boolean
  readonly panes: PaneSizes
  readonly sequence: SequenceSettings
  readonly live: LiveSettings
  /** Newest first. */
  readonly filterHistory: readonly string[]
  readonly savedFilters: readonly SavedFilter[]
  /** Names for parts of filters, used as ${name} or ${name:first;second}; the engine reads them from the stored document. */
  readonly filterMacros: readonly SavedFilter[]
  /** Rules of Decode As; the engine reads them from the stored document. */
  readonly decodeAs: readonly DecodeAsRule[]
  /** Files with keys for decryption: a key log ('' for none), and RSA private keys. The engine reads them from the stored document. */
  readonly keyLogFile: string
  readonly privateKeyFiles: readonly string[]
  readonly ioSeries: readonly IoSeriesSetting[]
  /** Tree nodes by field path: whether the user opened or closed them. */
  readonly expanded: Readonly<Record<string, boolean>>
}

/** What a fresh installation starts with. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  density: 'default',
  textStep: 0,
  motion: 'system',
  timeFormat: { kind: 'relative', precision: 'auto' },
  layout: 'bottom',
  columns: presetColumns('standard'),
  resolveNames: false,
  colorize: true,
  overview: true,
  minimap: true,
  inspector: false,
  panes: { lower: 312, stacked: 460, bytes: 548, beside: 560, bytesBelow: 220, inspector: 372 },
  // Linux waits 60 s in TIME-WAIT.
  sequence: { spacing: 'even', numbers: 'relative', tcpOptions: false, messages: true, states: true, msl: 30 },
  live: DEFAULT_LIVE,
  filterHistory: [],
  savedFilters: [],
  filterMacros: [],
  decodeAs: [],
  keyLogFile: '',
  privateKeyFiles: [],
  ioSeries: [
    { filter: '', shown: true, look: 'step', unit: 'bytes' },
    { filter: 'tcp.analysis.flags', shown: true, look: 'bar', unit: 'packets' },
  ],
  expanded: {},
}

/** What a macro may be called. */
export const MACRO_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/

/** Most entries kept of filter history and of remembered tree nodes. */
export const HISTORY_LIMIT = 50
export const EXPANDED_LIMIT = 2000

type Document = Readonly<Record<string, unknown>>

function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((item) => item === value) ?? fallback
}

function asObject(value: unknown): Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {}
}

function boolean(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback
}

function within(value: unknown, low: number, high: number, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, low), high) : fallback
}

function parseTimeFormat(value: unknown): TimeFormat {
  const { kind, precision } = asObject(value)
  const kinds = ['relative', 'delta', 'delta-displayed', 'absolute', 'absolute-date', 'utc', 'utc-date', 'epoch'] as const
  return {
    kind: oneOf(kind, kinds, 'relative'),
    precision: typeof precision === 'number' && Number.isInteger(precision) && precision >= 0 && precision <= 9 ? precision : 'auto',
  }
}

function parseSequence(value: Document): SequenceSettings {
  const d = DEFAULT_SETTINGS.sequence
  return {
    spacing: oneOf(value['spacing'], ['even', 'scale'], d.spacing),
    numbers: oneOf(value['numbers'], ['relative', 'raw'], d.numbers),
    tcpOptions: boolean(value['tcpOptions'], d.tcpOptions),
    messages: boolean(value['messages'], d.messages),
    states: boolean(value['states'], d.states),
    msl: Math.round(within(value['msl'], 0, 86_400, d.msl)),
  }
}

function namedTexts(value: unknown): readonly SavedFilter[] {
  return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((item) => {
    const { name, text } = asObject(item)
    return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : []
  })
}

/** Reads settings from a stored document; whatever is missing or unusable gets its default. Never throws. */
export function parseSettings(document: Document): Settings {
  const d = DEFAULT_SETTINGS
  const panes = asObject(document['panes'])
  const strings = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
  const expanded = Object.entries(asObject(document['expanded'])).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  )
  return {
    theme: oneOf(document['theme'], THEMES, d.theme),
    language: oneOf(document['language'], ['system', ...LANGUAGES], d.language),
    density: oneOf(document['density'], DENSITIES, d.density),
    textStep: Math.round(within(document['textStep'], -1, 2, d.textStep)),
    motion: oneOf(document['motion'], MOTIONS, d.motion),
    timeFormat: parseTimeFormat(document['timeFormat']),
    layout: oneOf(document['layout'], LAYOUTS, d.layout),
    columns: parseColumns(document['columns']) ?? d.columns,
    resolveNames: boolean(document['resolveNames'], d.resolveNames),
    colorize: boolean(document['colorize'], d.colorize),
    overview: boolean(document['overview'], d.overview),
    minimap: boolean(document['minimap'], d.minimap),
    inspector: boolean(document['inspector'], d.inspector),
    panes: {
      lower: within(panes['lower'], 80, 4000, d.panes.lower),
      stacked: within(panes['stacked'], 120, 4000, d.panes.stacked),
      bytes: within(panes['bytes'], 120, 4000, d.panes.bytes),
      beside: within(panes['beside'], 200, 4000, d.panes.beside),
      bytesBelow: within(panes['bytesBelow'], 60, 4000, d.panes.bytesBelow),
      inspector: within(panes['inspector'], 280, 700, d.panes.inspector),
    },
    sequence: parseSequence(asObject(document['sequence'])),
    live: parseLiveSettings(document['live']),
    filterHistory: strings(document['filterHistory']).slice(0, HISTORY_LIMIT),
    savedFilters: namedTexts(document['savedFilters']),
    filterMacros: namedTexts(document['filterMacros']).filter(({ name }) => MACRO_NAME.test(name)),
    keyLogFile: typeof document['keyLogFile'] === 'string' ? document['keyLogFile'] : d.keyLogFile,
    privateKeyFiles: strings(document['privateKeyFiles']).slice(0, 50),
    decodeAs: DecodeAsSettings.safeParse(document).data?.decodeAs ?? d.decodeAs,
    ioSeries: parseIoSeries(document['ioSeries']) ?? d.ioSeries,
    expanded: Object.fromEntries(expanded.slice(-EXPANDED_LIMIT)),
  }
}

function parseIoSeries(value: unknown): IoSeriesSetting[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.slice(0, MAX_IO_SERIES).map((one: unknown) => {
    const part = asObject(one)
    return {
      filter: typeof part['filter'] === 'string' ? part['filter'] : '',
      shown: boolean(part['shown'], true),
      look: oneOf(part['look'], IO_LOOKS, 'step'),
      unit: oneOf(part['unit'], IO_UNITS, 'packets'),
    }
  })
}

/** Settings as a store: reading is immediate, changes apply at once and are written without delay. */
export interface SettingsStore extends Store<Settings> {
  /** Changes some settings. */
  update(part: Partial<Settings>): void
  /** Changes some settings while the user is still moving something; they are written once it rests. */
  drag(part: Partial<Settings>): void
  /** Changes some pane sizes, as drag does. */
  resize(part: Partial<PaneSizes>): void
  /** Writes pending changes now; resolves when they are stored. */
  flush(): Promise<void>
  /** Tells when the last write failed. */
  onWriteError(handler: (error: unknown) => void): void
}

const REST_MS = 400

/** Makes the settings store from the document the host returned. */
export function createSettings(client: EngineClient, document: Document): SettingsStore {
  const store = createStore(parseSettings(document))
  let rest: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> | undefined
  let dirty = false
  let failed: (error: unknown) => void = () => undefined
  // One write at a time: what changes meanwhile goes into the next one, so the newest document is always the last to be written.
  const write = async (): Promise<void> => {
    while (dirty) {
      dirty = false
      try {
        await client.call('settings.set', { settings: { ...document, ...store.get() } })
      } catch (error) {
        failed(error)
      }
    }
    writing = undefined
  }
  const flush = async (): Promise<void> => {
    clearTimeout(rest)
    if (dirty) writing ??= write()
    await writing
  }
  const change = (next: Settings | ((previous: Settings) => Settings), later: boolean): void => {
    const before = store.get()
    store.set(next)
    if (store.get() === before) return
    dirty = true
    clearTimeout(rest)
    if (later) rest = setTimeout(() => void flush(), REST_MS)
    else void flush()
  }
  const drag: SettingsStore['drag'] = (part) => {
    change((previous) => ({ ...previous, ...part }), true)
  }
  return {
    get: store.get,
    set: (next) => {
      change(next, false)
    },
    subscribe: store.subscribe,
    update: (part) => {
      change((previous) => ({ ...previous, ...part }), false)
    },
    drag,
    resize: (part) => {
      drag({ panes: { ...store.get().panes, ...part } })
    },
    flush,
    onWriteError: (handler) => {
      failed = handler
    },
  }
}
