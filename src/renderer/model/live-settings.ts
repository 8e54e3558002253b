// What the user chose for captures; kept with the other settings, read as tolerantly.
import type { LiveRequest } from '../../shared/contract'

/** Largest packet that libpcap keeps whole. */
export const WHOLE_PACKET = 262_144

/** Choices for the next capture. Numbers of 0 mean "no limit". */
export interface LiveSettings {
  /** Names of interfaces; a pipe is a path, standard input is '-'. */
  readonly interfaces: readonly string[]
  readonly filter: string
  /** Newest first. */
  readonly filterHistory: readonly string[]
  readonly savedFilters: readonly string[]
  readonly promiscuous: boolean
  readonly monitor: boolean
  readonly snapLength: number
  readonly bufferMiB: number
  readonly backend: LiveRequest['backend']
  /** '' is a temporary file. */
  readonly path: string
  readonly ring: {
    readonly on: boolean
    readonly files: number
    readonly megabytes: number
    readonly seconds: number
    readonly packets: number
  }
  readonly stop: { readonly packets: number; readonly megabytes: number; readonly files: number; readonly seconds: number }
  /** Show interfaces without address or carrier too. */
  readonly showAll: boolean
}

/** What a fresh installation starts with. */
export const DEFAULT_LIVE: LiveSettings = {
  interfaces: [],
  filter: '',
  filterHistory: [],
  savedFilters: [],
  promiscuous: true,
  monitor: false,
  snapLength: 0,
  bufferMiB: 64,
  backend: 'auto',
  path: '',
  ring: { on: false, files: 4, megabytes: 16, seconds: 0, packets: 0 },
  stop: { packets: 0, megabytes: 0, files: 0, seconds: 0 },
  showAll: false,
}

/** Most filters that are remembered. */
export const LIVE_FILTER_HISTORY = 20

type Document = Readonly<Record<string, unknown>>

function asObject(value: unknown): Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {}
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

function whole(value: unknown, most: number, fallback: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most ? value : fallback
}

/** Reads the choices; whatever is missing or unusable gets its default. */
export function parseLiveSettings(value: unknown): LiveSettings {
  const d = DEFAULT_LIVE
  const given = asObject(value)
  const ring = asObject(given['ring'])
  const stop = asObject(given['stop'])
  const backends = ['auto', 'libpcap', 'dumpcap', 'cap'] as const
  const flag = (name: string, of: Document, fallback: boolean): boolean => {
    const found = of[name]
    return typeof found === 'boolean' ? found : fallback
  }
  return {
    interfaces: strings(given['interfaces']).slice(0, 64),
    filter: typeof given['filter'] === 'string' ? given['filter'] : d.filter,
    filterHistory: strings(given['filterHistory']).slice(0, LIVE_FILTER_HISTORY),
    savedFilters: strings(given['savedFilters']),
    promiscuous: flag('promiscuous', given, d.promiscuous),
    monitor: flag('monitor', given, d.monitor),
    snapLength: whole(given['snapLength'], WHOLE_PACKET, d.snapLength),
    bufferMiB: Math.max(1, whole(given['bufferMiB'], 2047, d.bufferMiB)),
    backend: backends.find((name) => name === given['backend']) ?? d.backend,
    path: typeof given['path'] === 'string' ? given['path'] : d.path,
    ring: {
      on: flag('on', ring, d.ring.on),
      files: whole(ring['files'], 100_000, d.ring.files),
      megabytes: whole(ring['megabytes'], 10 ** 6, d.ring.megabytes),
      seconds: whole(ring['seconds'], 10 ** 9, d.ring.seconds),
      packets: whole(ring['packets'], 10 ** 12, d.ring.packets),
    },
    stop: {
      packets: whole(stop['packets'], 10 ** 12, 0),
      megabytes: whole(stop['megabytes'], 10 ** 6, 0),
      files: whole(stop['files'], 100_000, 0),
      seconds: whole(stop['seconds'], 10 ** 9, 0),
    },
    showAll: flag('showAll', given, d.showAll),
  }
}

/** True for what is read as a stream rather than captured: it has no filter, and stands alone. */
export function isPipe(name: string): boolean {
  return name === '-' || name.startsWith('/') || name.startsWith('\\\\.\\pipe\\')
}

const MEGABYTE = 1_000_000
const limit = (value: number, factor = 1): number | undefined => (value === 0 ? undefined : value * factor)

/** True when a ring says when to go on in another file. */
export function ringIsUsable({ path, ring }: LiveSettings): boolean {
  return ring.on && path.trim() !== '' && ring.megabytes + ring.seconds + ring.packets > 0
}

/** The capture that the choices mean. */
export function liveRequest(choices: LiveSettings, overwrite: boolean): LiveRequest {
  const { ring, stop } = choices
  return {
    interfaces: choices.interfaces.map((name) => ({
      name,
      filter: isPipe(name) ? '' : choices.filter.trim(),
      promiscuous: choices.promiscuous,
      monitor: choices.monitor,
      snapLength: choices.snapLength === 0 ? WHOLE_PACKET : choices.snapLength,
      bufferMiB: choices.bufferMiB,
      linkType: '',
    })),
    path: choices.path.trim(),
    overwrite,
    ...(ringIsUsable(choices)
      ? {
          ring: {
            bytes: limit(ring.megabytes, MEGABYTE),
            seconds: limit(ring.seconds),
            packets: limit(ring.packets),
            files: limit(ring.files),
          },
        }
      : {}),
    stop: {
      packets: limit(stop.packets),
      bytes: limit(stop.megabytes, MEGABYTE),
      seconds: limit(stop.seconds),
      files: ringIsUsable(choices) ? limit(stop.files) : undefined,
    },
    backend: choices.backend,
  }
}
