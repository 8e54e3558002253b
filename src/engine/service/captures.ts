// Opening, indexing and closing captures.
import type { CaptureInfo, Problem } from '../../shared/contract'
import { isTraceError, TraceError } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { toProblem } from '../../shared/rpc/problem'
import { configureDissection } from './dissection-rules'
import { captureOf, REPORT_EVERY_MS, sliceTimer, type ServiceContext } from './context'
import type { KeyRing } from './key-ring'
import { OpenCapture } from './open-capture'
import type { SourceSpec } from './ports'

/** capture.open returns with this many packets, or after this time, whichever is first. */
const FIRST_PACKETS = 500
const FIRST_MS = 60
/** The opening pass works out states of TCP's endpoints for this part of the time that reading took, and for so long at least. */
const PART_FOR_STATES = 0.3
const LEAST_FOR_STATES_MS = 250
/** A file that may still grow but has not for this long ends in the middle of a record: it is damaged, not growing. */
const STALLED_MS = 1500
/** The same before the first packet: a short pcap file keeps its dialect open until it is known to be whole. */
const STALLED_AT_START_MS = 150

/** Whoever fills captures while they are open. */
export interface CaptureFiller {
  /** Whether packets are being captured into it. */
  isRunning(capture: OpenCapture): boolean
  /** Ends that. */
  stop(capture: OpenCapture): Promise<void>
  /** The user has closed it: what was kept for it is not wanted any more. */
  closed(capture: OpenCapture): void
}

/** The registry of open captures, and the methods about them. */
export class Captures {
  readonly open = new Map<number, OpenCapture>()
  /** Command-line files that could not be opened. */
  readonly problems: Problem[] = []
  filler: CaptureFiller | undefined
  private readonly opening: Promise<unknown>[] = []
  private nextId = 1
  private readonly keys: KeyRing
  private readonly context: ServiceContext
  private readonly specs = new Map<number, SourceSpec>()
  private readonly indexing = new Map<number, Promise<void>>()

  constructor(context: Omit<ServiceContext, 'captures'>, keys: KeyRing) {
    this.context = { ...context, captures: this.open }
    this.keys = keys
  }

  /** Opens files from outside the page; failures are kept for host.info. Answers the captures. */
  async openFiles(paths: readonly string[], announce: boolean): Promise<void> {
    const work = this.openOneByOne(paths, announce)
    this.opening.push(work)
    await work
  }

  private async openOneByOne(paths: readonly string[], announce: boolean): Promise<void> {
    for (const path of paths) {
      try {
        const info = await this.openSpec({ kind: 'path', path })
        if (announce) this.context.emit('capture.opened', info)
      } catch (error) {
        const known = isTraceError(error) ? error : new TraceError('internal', `${path} could not be opened.`, { file: path })
        if (announce) this.context.emit('host.problem', toProblem(known))
        else this.problems.push(toProblem(known))
      }
    }
  }

  /** Resolves when the files of the command line are open. */
  async ready(): Promise<void> {
    await Promise.all(this.opening)
  }

  /** Opens a capture and answers when the first packets can be shown. */
  async openSpec(spec: SourceSpec): Promise<CaptureInfo> {
    return (await this.openCapture(spec)).info()
  }

  /** As openSpec, for parts of the service. */
  async openCapture(spec: SourceSpec): Promise<OpenCapture> {
    const { ports } = this.context
    const opened = await ports.files.open(spec)
    const id = this.nextId++
    const capture = construct(
      () =>
        new OpenCapture(id, opened, ports.inflate, ports.ciphers, (trace) => {
          configureDissection(trace, ports.documents)
          this.keys.apply(trace)
        }),
      () => {
        opened.source.close()
        opened.released?.()
      },
    )
    this.open.set(id, capture)
    this.specs.set(id, spec)
    if (opened.path !== null) this.remember(opened.path)
    await this.firstPackets(capture)
    return capture
  }

  private remember(path: string): void {
    const { files, clock } = this.context.ports
    try {
      files.remember(path, clock.wallTimeMs())
    } catch {
      // The list of recent files is a convenience; a full disk must not keep a capture from opening.
    }
  }

  /** Indexes in the background; resolves once there is something to show. */
  private firstPackets(capture: OpenCapture): Promise<void> {
    return new Promise((resolve) => {
      const work = this.index(capture, resolve).finally(resolve)
      this.indexing.set(capture.id, work)
    })
  }

  private async index(capture: OpenCapture, shown: () => void): Promise<void> {
    const { clock, scheduler } = this.context.ports
    const started = clock.now()
    const isTime = sliceTimer(clock)
    const { generation } = capture
    const states = this.statesOf(capture, started)
    let reported = started
    for (;;) {
      // A capture that was stopped, closed or begun again meanwhile is left alone.
      if (capture.closed || capture.state === 'cancelled' || capture.generation !== generation) return
      const more = capture.indexSlice(isTime) || states.goOn(isTime)
      const now = clock.now()
      if (!capture.loaded) capture.loadMs = now - started
      if (!more && (await this.atEnd(capture, shown))) break
      if (capture.packets >= FIRST_PACKETS || now - started >= FIRST_MS) shown()
      if (now - reported >= REPORT_EVERY_MS) {
        reported = now
        this.changed(capture)
      }
      await scheduler.yield()
    }
    this.changed(capture)
  }

  /** Works out the states of TCP's endpoints once a file is read: for a part of the time that reading took, then they are left to who asks for them. */
  private statesOf(capture: OpenCapture, started: number): { readonly goOn: (isTime: () => boolean) => boolean } {
    const { clock } = this.context.ports
    let end: number | undefined
    return {
      goOn: (isTime) => {
        const isRead = capture.trace.status !== 'wait' || isFollowed(capture)
        if (capture.loaded || !isRead || this.filler?.isRunning(capture) === true) return false
        const now = clock.now()
        end ??= now + Math.max(LEAST_FOR_STATES_MS, (now - started) * PART_FOR_STATES)
        return now < end && capture.endStates.advance(isTime)
      },
    }
  }

  /** Nothing more to read now: answers whether that is for good. */
  private async atEnd(capture: OpenCapture, shown: () => void): Promise<boolean> {
    const { status, reader } = capture.trace
    const { source, generation } = capture
    if (status !== 'wait' || source.whenMore === undefined) {
      capture.state = 'complete'
      capture.loaded = true
      capture.takeProblem()
      return true
    }
    const atRecordEnd = source.size <= reader.consumed
    // A stream still arrives; a followed file that ends with a whole record is complete as it is, and may grow later.
    capture.loaded ||= isFollowed(capture) && atRecordEnd
    capture.state = source.stop !== undefined && atRecordEnd && isFollowed(capture) ? 'complete' : 'waiting'
    if (capture.packets > 0 || !isFollowed(capture)) shown()
    this.changed(capture)
    const grown = await this.growth(capture, atRecordEnd)
    if (capture.closed || capture.generation !== generation) return true
    if (!grown) source.stop?.()
    else resume(capture)
    return false
  }

  /** Waits for more bytes; false when a record stays incomplete for too long in a file that was only taken to be growing. */
  private async growth(capture: OpenCapture, atRecordEnd: boolean): Promise<boolean> {
    const more = capture.source.whenMore?.() ?? Promise.resolve()
    if (atRecordEnd || !isFollowed(capture)) return more.then(() => true)
    let stopWaiting: (() => void) | undefined
    const stalled = new Promise<boolean>((resolve) => {
      stopWaiting = this.context.ports.scheduler.after(capture.packets > 0 ? STALLED_MS : STALLED_AT_START_MS, () => {
        resolve(false)
      })
    })
    const grown = await Promise.race([more.then(() => true), stalled])
    stopWaiting?.()
    return grown
  }

  /** Dissects every open capture anew, by the rules as they are now; answers when each has something to show. */
  private async redissect(): Promise<void> {
    await Promise.all(
      [...this.open.values()].map((capture) => {
        capture.restart()
        if (capture.state !== 'cancelled') capture.state = 'indexing'
        capture.loaded = false
        return this.firstPackets(capture)
      }),
    )
  }

  /** Tells the interface that something about a capture changed. */
  changed(capture: OpenCapture): void {
    if (!capture.closed) this.context.emit('capture.changed', capture.info())
  }

  close(capture: OpenCapture): void {
    this.open.delete(capture.id)
    this.specs.delete(capture.id)
    capture.source.stop?.()
    capture.close()
  }

  /** Closes a capture for good: a running one is ended, a temporary file removed. */
  async finish(capture: OpenCapture): Promise<void> {
    if (this.filler?.isRunning(capture) === true) await this.filler.stop(capture)
    this.close(capture)
    this.filler?.closed(capture)
  }

  /** Methods of the contract. */
  methods(): Pick<
    ServiceMethods,
    'capture.open' | 'capture.close' | 'capture.info' | 'capture.stop' | 'capture.reload' | 'capture.redissect'
  > {
    return {
      'capture.open': ({ source }) => {
        if (source.kind === 'path' && source.path === '-') {
          throw new TraceError('rpc/bad-argument', 'Standard input can be opened from the command line only.')
        }
        return this.openSpec(source)
      },
      'capture.close': async ({ captureId }) => {
        await this.finish(captureOf(this.context, captureId))
        return {}
      },
      'capture.info': ({ captureId }) => captureOf(this.context, captureId).info(),
      'capture.stop': async ({ captureId }) => {
        const capture = captureOf(this.context, captureId)
        if (this.filler?.isRunning(capture) === true) await this.filler.stop(capture)
        else if (capture.state !== 'complete') {
          capture.state = 'cancelled'
          capture.source.stop?.()
        }
        this.changed(capture)
        return capture.info()
      },
      'capture.redissect': async () => {
        await this.redissect()
        return { captures: [...this.open.values()].map((capture) => capture.info()) }
      },
      'capture.reload': async ({ captureId }) => {
        const capture = captureOf(this.context, captureId)
        const path = capture.opened.path
        if (this.filler?.isRunning(capture) === true)
          throw new TraceError('live/running', `${capture.opened.name} is being captured and read as it grows. Stop the capture first.`)
        if (path === null)
          throw new TraceError('io/closed', `${capture.opened.name} cannot be read again: it did not come from a file. Open it once more.`)
        const info = await this.openSpec({ kind: 'path', path })
        this.close(capture)
        return info
      },
    }
  }
}

/** Standard input and decompressed files arrive as streams; they end by themselves. A plain file that is followed does not. */
function isFollowed(capture: OpenCapture): boolean {
  return capture.opened.live !== true && capture.opened.path !== null && !COMPRESSED_NAME.test(capture.opened.path)
}
const COMPRESSED_NAME = /\.(gz|zst|lz4)$/i

/** The state may have become 'cancelled' while waiting; then it stays so. */
function resume(capture: OpenCapture): void {
  if (capture.state !== 'cancelled') capture.state = 'indexing'
}

/** Makes something, or releases what it would have owned. */
function construct<T>(make: () => T, release: () => void): T {
  try {
    return make()
  } catch (error) {
    release()
    throw error
  }
}
