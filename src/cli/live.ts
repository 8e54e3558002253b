// Capturing from the command line: the helper writes a file, which is read while it grows.
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CAPTURE_HEADER_LENGTH } from '../engine/service/terminal'
import type { BackendName, CaptureEnd, CaptureRequest, InterfaceRequest } from '../node/capture-helper/messages'
import type { CaptureSource } from '../node/capture-source/capture-source'
import { FileSource } from '../node/capture-source/file-source'
import { HelperLink, helperError, spawnHelper } from '../node/live/helper-link'
import { TraceError } from '../shared/errors'
import type { Options } from './options'
import type { Output } from './output'
import { UsageError } from './usage-error'

/** A pipe without a capture in it: the capture never began. */
const NO_CAPTURE: ReadonlySet<string> = new Set(['capture/empty', 'capture/not-a-capture'])
const BACKENDS: readonly (BackendName | 'auto')[] = ['auto', 'libpcap', 'dumpcap', 'cap']

/** Reports of -D and -L, or false when a capture or a file is wanted. */
export async function printCaptureReport(options: Options, out: Output): Promise<boolean> {
  const { list, listLinkTypes } = options.capture
  if (!list && !listLinkTypes) return false
  const link = new HelperLink(
    spawnHelper(helperScript()),
    () => undefined,
    () => undefined,
  )
  try {
    if (list) {
      for (const [index, { name, description }] of (await link.call('interfaces', {})).entries()) {
        out.line(`${index + 1}. ${name}${description === '' ? '' : ` (${description})`}`)
      }
    } else {
      for (const { name, monitor } of await namedInterfaces(link, options)) {
        const types = await link.call('linkTypes', { name, monitor })
        out.line(`Data link types of interface ${name} (use option -y to set):`)
        for (const type of types) out.line(`  ${type.name} (${type.description})`)
      }
    }
    out.flush()
    return true
  } finally {
    link.close()
  }
}

/** A running capture of the command line. */
export interface LiveCapture {
  /** The file as it grows; complete once the capture has ended. Undefined while a ring is written. */
  readonly source: CaptureSource | undefined
  /** Whether the file is the one that -w asked for, so nothing is left to save. */
  readonly isWritten: boolean
  /** Resolves when the capture has ended. */
  readonly ended: Promise<CaptureEnd>
  stop(): void
  dispose(): void
}

/** Checks what cannot go together. Like tshark's, options of interfaces mean nothing to a file, and -a packets: limits it too. Throws UsageError. */
export function checkLiveOptions(options: Options): void {
  const { capture, write } = options
  if (options.file !== undefined) {
    if (capture.listLinkTypes) throw new UsageError('Data link types (-L) are those of an interface, but a file is to be read (-r).')
    if (capture.defaults.filter !== '') {
      throw new UsageError('A capture filter (-f) does nothing to a file (-r); a display filter (-Y) does.')
    }
    if (capture.ring !== undefined) throw new UsageError('Several files (-b) are for a capture, but a file is to be read (-r).')
    return
  }
  if (write !== undefined && options.displayFilter !== '') {
    throw new UsageError("Display filters aren't supported when capturing and saving the captured packets.")
  }
  if (options.twoPass) throw new UsageError('-2 needs a capture file: live packets are passed once.')
  if (capture.ring === undefined) return
  if (write === undefined || write === '-')
    throw new UsageError('Multiple capture files requested, but the capture is not saved to a file.')
  const { bytes, seconds, packets, interval } = capture.ring
  if ((bytes ?? seconds ?? packets ?? interval) === undefined) {
    throw new UsageError('Multiple capture files requested, but no size, duration, interval or packet count says when to switch.')
  }
  if (options.writeFormat !== 'pcapng') throw new UsageError('A ring of files is written as pcapng.')
  if (options.summaryToo || options.details || options.bytes || options.formatGiven) {
    throw new UsageError('Packets cannot be printed while a ring of files is written; read the files with -r.')
  }
}

/** Starts capturing. Rejects with TraceError or UsageError. */
export async function startLive(options: Options, application: string, complain: (message: string) => void): Promise<LiveCapture> {
  const { capture, write } = options
  const folder = mkdtempSync(join(tmpdir(), 'wireglass-live-'))
  const isWritten = write !== undefined && write !== '-' && options.writeFormat === 'pcapng'
  let finish: (end: CaptureEnd) => void = () => undefined
  const ended = new Promise<CaptureEnd>((resolve) => (finish = resolve))
  let file = isWritten ? write : join(folder, 'spool.pcapng')
  let source: FileSource | undefined
  const fail = (error: TraceError): void => {
    source?.stop()
    finish({ packets: 0, bytes: 0, counters: [], problem: { code: error.code, message: error.message } })
  }
  const link = new HelperLink(
    spawnHelper(
      helperScript(),
      capture.interfaces.some((one) => one.name === '-'),
    ),
    (event) => {
      if (event.type === 'file') file = event.path
      if (event.type !== 'ended') return
      source?.stop()
      finish(event.end)
    },
    fail,
  )
  const dispose = (): void => {
    link.close()
    source?.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const interfaces = await namedInterfaces(link, options)
    const backend = BACKENDS.find((name) => name === (options.preferences.get('capture.backend') ?? 'auto'))
    if (backend === undefined) throw new UsageError(`capture.backend is one of: ${BACKENDS.join(', ')}`)
    const stop = { ...capture.stop, packets: Number.isFinite(options.count) ? options.count : capture.stop.packets }
    const request: CaptureRequest = { interfaces, path: file, ring: capture.ring, stop, backend, application }
    await link.call('start', request)
    if (!options.veryQuiet) complain(`Capturing on ${interfaces.map((one) => `'${one.name}'`).join(' and ')}`)
    if (capture.ring === undefined) {
      source = new FileSource(file, openSync(file, 'r'), true)
      // A very short capture may have ended before it could be opened.
      void ended.then(() => source?.stop())
      while (source.size < CAPTURE_HEADER_LENGTH && !source.complete) await source.whenMore()
    }
  } catch (error) {
    dispose()
    throw error
  }
  let stopping = false
  return {
    source,
    isWritten,
    ended,
    stop() {
      if (stopping) return
      stopping = true
      // The end is told by its event, also when the capture ended by itself meanwhile.
      link.call('stop', {}).catch(() => undefined)
    },
    dispose,
  }
}

/** Says how many packets came and what went wrong; answers the exit status. */
export function reportEnd(end: CaptureEnd, options: Options, complain: (message: string) => void): number {
  if (!options.veryQuiet) {
    const dropped = end.counters.reduce((sum, one) => sum + (one.dropped ?? 0), 0)
    complain(`${end.packets} ${end.packets === 1 ? 'packet' : 'packets'} captured${dropped > 0 ? `, ${dropped} dropped` : ''}`)
  }
  if (end.problem === null) return 0
  complain(helperError(end.problem).message)
  return end.packets === 0 && NO_CAPTURE.has(end.problem.code) ? 1 : 2
}

/** The interfaces by name: numbers are those of -D; none given takes the first that is no loopback. */
async function namedInterfaces(link: HelperLink, options: Options): Promise<InterfaceRequest[]> {
  const { interfaces, defaults } = options.capture
  const wanted = interfaces.length > 0 ? interfaces : [defaults]
  if (wanted.every(({ name }) => name !== '' && !/^\d+$/.test(name))) return [...wanted]
  const all = await link.call('interfaces', {})
  return wanted.map((one) => {
    if (one.name === '') {
      const first = all.find((found) => !found.loopback && found.up) ?? all[0]
      if (first === undefined) throw new TraceError('live/no-interface', 'There are no interfaces on which a capture can be done.')
      return { ...one, name: first.name }
    }
    if (!/^\d+$/.test(one.name)) return one
    const found = all[Number(one.name) - 1]
    if (found === undefined) throw new UsageError('There is no interface with that adapter index')
    return { ...one, name: found.name }
  })
}

/** Beside out/cli in every kind of installation. */
function helperScript(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', 'helper', 'index.js')
}

/** Copies a growing capture to standard output as it comes. */
export async function copyToOutput(source: CaptureSource, out: Output): Promise<void> {
  const piece = new Uint8Array(1 << 18)
  let at = 0
  for (;;) {
    const complete = source.complete
    for (let got = source.read(piece, 0, piece.length, at); got > 0; got = source.read(piece, 0, piece.length, at)) {
      out.bytes(piece.subarray(0, got))
      at += got
    }
    out.flush()
    if (complete) return
    await source.whenMore()
  }
}
