// What FTP keeps of a control connection, and of the data connections that it announced.
import { defineProgress, defineState } from '../../../dissect/define'
import type { Announcement, Decoder } from '../../../dissect/define'

/** State of a control connection at some place of the capture. */
export interface ControlState {
  /** Current directory as far as replies told it; '' = not known. */
  readonly directory: string
  /** Directory that the last command asked to change to; undefined when it asked for something else. */
  readonly wanted: string | undefined
  /** The data connection announced last, while no command used it yet. */
  readonly data: DataConnection | undefined
  /** TLS was asked for by AUTH. */
  readonly tlsAsked: boolean
}

/** A data connection, filled by what the control connection says about it. */
export interface DataConnection {
  readonly setupFrame: number
  /** PORT, PASV or EPASV, as Wireshark names them. */
  readonly method: string
  readonly directory: string
  command: string
  commandFrame: number
}

export const CONTROL = defineProgress<ControlState>('ftp', { directory: '', wanted: undefined, data: undefined, tlsAsked: false })

const DATA = defineState('ftp.data', () => new Map<Announcement, DataConnection>())

/** First visit: a data connection was announced. */
export function rememberData(d: Decoder, announcement: Announcement | undefined, data: DataConnection): void {
  if (announcement) d.state(DATA).set(announcement, data)
}

/** The data connection of an announcement. */
export function dataOf(d: Decoder, announcement: Announcement | undefined): DataConnection | undefined {
  return announcement && d.state(DATA).get(announcement)
}

/** Directory after a successful change: what is asked for where it is absolute or nothing is known before it, else both put together. */
export function changed(directory: string, wanted: string): string {
  if (wanted === '') return directory
  if (wanted.startsWith('/') || (directory === '' && wanted !== '..')) return wanted
  const parts: string[] = []
  for (const part of `${directory}/${wanted}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return (directory.startsWith('/') ? '/' : '') + parts.join('/')
}
