// The options that say what to capture, in tshark's way: before the first -i they are defaults, after an -i they belong to that interface.
import type { InterfaceRequest } from '../node/capture-helper/messages'
import { UsageError } from './usage-error'

/** When a file of the ring or the capture itself ends (-a, -b). */
export interface Limits {
  packets?: number
  bytes?: number
  seconds?: number
  files?: number
  interval?: number
}

/** What the command line says about capturing. */
export interface CaptureOptions {
  /** -D */
  list: boolean
  /** -L */
  listLinkTypes: boolean
  readonly interfaces: InterfaceRequest[]
  defaults: InterfaceRequest
  stop: Limits
  ring: Limits | undefined
}

const MAXIMUM_SNAP_LENGTH = 262_144
const DEFAULT_BUFFER_MIB = 64

/** Before anything was read. */
export function captureDefaults(): CaptureOptions {
  const defaults: InterfaceRequest = {
    name: '',
    filter: '',
    promiscuous: true,
    monitor: false,
    snapLength: MAXIMUM_SNAP_LENGTH,
    bufferMiB: DEFAULT_BUFFER_MIB,
    linkType: '',
  }
  return { list: false, listLinkTypes: false, interfaces: [], defaults, stop: {}, ring: undefined }
}

/** Takes one option; false when it is none of these. Throws UsageError. */
export function applyCaptureOption(options: CaptureOptions, letter: string, argument: string): boolean {
  switch (letter) {
    case 'D':
      options.list = true
      return true
    case 'L':
      options.listLinkTypes = true
      return true
    case 'i':
      options.interfaces.push({ ...options.defaults, name: argument })
      return true
    case 'f':
      change(options, { filter: argument })
      return true
    case 'p':
      change(options, { promiscuous: false })
      return true
    case 'I':
      change(options, { monitor: true })
      return true
    case 's': {
      const length = decimal(argument, 'snapshot length')
      change(options, { snapLength: length === 0 ? MAXIMUM_SNAP_LENGTH : Math.min(length, MAXIMUM_SNAP_LENGTH) })
      return true
    }
    case 'B': {
      const bufferMiB = decimal(argument, 'buffer size')
      if (bufferMiB === 0 || bufferMiB > 2047) throw new UsageError(`The specified buffer size "${argument}" is not from 1 to 2047 (MiB)`)
      change(options, { bufferMiB })
      return true
    }
    case 'y':
      change(options, { linkType: argument })
      return true
    case 'a':
      limit(options.stop, argument, '-a', { duration: 'seconds', filesize: 'bytes', files: 'files', packets: 'packets' })
      return true
    case 'b':
      options.ring ??= {}
      limit(options.ring, argument, '-b', {
        duration: 'seconds',
        filesize: 'bytes',
        files: 'files',
        packets: 'packets',
        interval: 'interval',
      })
      return true
    default:
      return false
  }
}

function change(options: CaptureOptions, to: Partial<InterfaceRequest>): void {
  const last = options.interfaces.at(-1)
  if (last === undefined) options.defaults = { ...options.defaults, ...to }
  else options.interfaces[options.interfaces.length - 1] = { ...last, ...to }
}

function limit(limits: Limits, argument: string, flag: string, known: Readonly<Record<string, keyof Limits>>): void {
  const colon = argument.indexOf(':')
  const name = argument.slice(0, colon)
  const key = known[name]
  if (colon < 1 || key === undefined) throw new UsageError(`Invalid or unknown ${flag} flag "${argument}"`)
  const text = argument.slice(colon + 1)
  const value = key === 'seconds' ? Number(text) : decimal(text, name)
  if (!(value > 0)) throw new UsageError(`The specified ${name} "${text}" isn't a number above zero`)
  // The size of a file is given in kB of 1000 bytes.
  limits[key] = key === 'bytes' ? value * 1000 : value
}

function decimal(text: string, what: string): number {
  if (!/^[0-9]+$/.test(text)) throw new UsageError(`The specified ${what} "${text}" isn't a decimal number`)
  return Number(text)
}
