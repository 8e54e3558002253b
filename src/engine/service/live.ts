// Live capture: one at a time, in the capture helper; the engine reads what it writes.
import type { CaptureInfo, LiveCapture, LiveRequest } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { toProblem } from '../../shared/rpc/problem'
import type { CaptureFiller, Captures } from './captures'
import type { ServiceContext } from './context'
import type { LiveCounters, LiveFile, LivePort, StartedCapture } from './live-port'
import type { OpenCapture } from './open-capture'

type LiveMethods = Pick<ServiceMethods, Extract<keyof ServiceMethods, `live.${string}`>>

/** A capture that runs or ran. */
interface Run {
  readonly request: LiveRequest
  state: LiveCapture
  started: StartedCapture | undefined
  capture: OpenCapture | undefined
  /** When statistics came last, on the monotonic clock, and what they said. */
  told: { readonly at: number; readonly packets: number; readonly dropped: number }
  /** Files of a ring that came before the first one was open, and switches under way. */
  switching: Promise<void>
}

/** Starts, follows and ends captures. */
export class Live implements CaptureFiller {
  private readonly context: ServiceContext
  private readonly captures: Captures
  private run: Run | undefined
  private starting = false
  /** Temporary files by capture. */
  private readonly temporary = new Map<number, string>()

  constructor(context: ServiceContext, captures: Captures) {
    this.context = context
    this.captures = captures
    captures.filler = this
  }

  isRunning(capture: OpenCapture): boolean {
    return this.run?.state.running === true && this.run.capture === capture
  }

  async stop(capture: OpenCapture): Promise<void> {
    if (this.isRunning(capture)) await this.run?.started?.stop()
  }

  closed(capture: OpenCapture): void {
    const path = this.temporary.get(capture.id)
    this.temporary.delete(capture.id)
    if (path !== undefined) this.port.remove(path)
  }

  saved(capture: OpenCapture): void {
    const path = this.temporary.get(capture.id)
    if (path !== undefined && !capture.isUnsaved && !this.isRunning(capture)) this.port.forget(path)
  }

  methods(): LiveMethods {
    return {
      'live.interfaces': async () => ({ interfaces: [...(await this.port.interfaces())] }),
      'live.counters': async () => ({ packets: { ...(await this.port.counters()) } }),
      'live.linkTypes': async ({ name, monitor }) => ({ linkTypes: [...(await this.port.linkTypes(name, monitor))] }),
      'live.checkFilter': async ({ filter, linkType }) => ({ problem: await this.port.checkFilter(filter, linkType) }),
      'live.diagnose': () => this.port.diagnose(),
      'live.start': (request) => this.start(request, undefined),
      'live.stop': async () => {
        const { run } = this
        if (run === undefined) throw new TraceError('live/unsupported', 'No capture is running.')
        await run.started?.stop()
        // A ring's last file may have begun just now.
        await run.switching
        return run.state
      },
      'live.restart': () => this.restart(),
      'live.state': () => ({ live: this.run?.state ?? null }),
      'live.spools': async () => ({ spools: [...(await this.port.spools())] }),
      'live.recover': async ({ id }) => {
        const file = await this.port.recover(id)
        const capture = await this.open(file)
        return capture.info()
      },
      'live.discard': async ({ id }) => {
        await this.port.discard(id)
        return {}
      },
    }
  }

  /** Starts a capture for a caller that ends it itself; `stop` does nothing where it has ended. Throws TraceError. */
  async startOwned(request: LiveRequest): Promise<{
    readonly answer: { live: LiveCapture; info: CaptureInfo }
    readonly stop: () => Promise<void>
  }> {
    const answer = await this.start(request, undefined)
    const { run } = this
    return {
      answer,
      stop: async () => {
        if (run?.state.running === true) await run.started?.stop()
      },
    }
  }

  private get port(): LivePort {
    const { live } = this.context.ports
    if (live === undefined) throw new TraceError('host/unsupported', 'This host cannot capture packets.')
    return live
  }

  private async start(request: LiveRequest, replaces: OpenCapture | undefined): Promise<{ live: LiveCapture; info: CaptureInfo }> {
    if (this.starting || this.run?.state.running === true) {
      throw new TraceError('live/running', 'A capture is running already. Stop it first.')
    }
    if (request.ring !== undefined && request.path === '') {
      throw new TraceError('rpc/bad-argument', 'A ring of files needs the name of a file to write to.')
    }
    this.starting = true
    try {
      const run = await this.begin(request)
      const { capture } = run
      if (capture === undefined) throw new TraceError('internal', 'The capture was not opened.')
      if (replaces !== undefined) this.context.emit('capture.replaced', { captureId: replaces.id, info: capture.info() })
      this.tell(run)
      return { live: run.state, info: capture.info() }
    } finally {
      this.starting = false
    }
  }

  private async begin(request: LiveRequest): Promise<Run> {
    const run: Run = {
      request,
      state: initialState(request),
      started: undefined,
      capture: undefined,
      told: { at: this.context.ports.clock.now(), packets: 0, dropped: 0 },
      switching: Promise.resolve(),
    }
    const early: LiveFile[] = []
    const started = await this.port.start(request, {
      statistics: (packets, bytes, counters) => {
        this.count(run, packets, bytes, counters)
        this.tell(run)
      },
      file: (file) => {
        if (run.capture === undefined) early.push(file)
        else this.goOn(run, file)
      },
      ended: (end, error) => {
        if (end !== undefined) this.count(run, end.packets, end.bytes, end.counters)
        const problem = error === undefined ? null : toProblem(error)
        run.state = { ...run.state, running: false, packetsPerSecond: 0, droppedPerSecond: 0, problem }
        run.capture?.source.stop?.()
        this.tell(run)
      },
    })
    run.started = started
    run.state = {
      ...run.state,
      backend: started.backend,
      kernelTimes: started.kernelTimes,
      path: started.file.temporary ? '' : started.file.path,
    }
    try {
      this.show(run, await this.open(started.file))
    } catch (error) {
      await started.stop()
      throw error
    }
    this.run = run
    for (const file of early) this.goOn(run, file)
    return run
  }

  private async open(file: LiveFile): Promise<OpenCapture> {
    const capture = await this.captures.openCapture({ kind: 'live', ...file })
    if (file.temporary) this.temporary.set(capture.id, file.path)
    return capture
  }

  private show(run: Run, capture: OpenCapture): void {
    run.capture = capture
    run.state = { ...run.state, captureId: capture.id }
    // It may have ended while it was being opened.
    if (!run.state.running) capture.source.stop?.()
  }

  /** The ring's next file takes the place of the present one. */
  private goOn(run: Run, file: LiveFile): void {
    run.switching = run.switching.then(async () => {
      const before = run.capture
      before?.source.stop?.()
      try {
        const capture = await this.open(file)
        run.state = { ...run.state, path: file.path }
        this.show(run, capture)
        if (before !== undefined) {
          this.context.emit('capture.replaced', { captureId: before.id, info: capture.info() })
          this.captures.close(before)
        }
        this.tell(run)
      } catch {
        // A file of a fast ring may be removed again before it could be opened; the next one follows.
      }
    })
  }

  private async restart(): Promise<{ live: LiveCapture; info: CaptureInfo }> {
    const { run } = this
    if (run === undefined) throw new TraceError('live/unsupported', 'Nothing was captured yet that could be started again.')
    await run.started?.stop()
    await run.switching
    const before = run.capture === undefined || run.capture.closed ? undefined : run.capture
    const answer = await this.start({ ...run.request, overwrite: true }, before)
    if (before !== undefined) await this.captures.finish(before)
    return answer
  }

  private count(run: Run, packets: number, bytes: number, counters: readonly LiveCounters[]): void {
    const at = this.context.ports.clock.now()
    const interfaces = run.state.interfaces.map((one, index) => ({ ...one, ...counters[index] }))
    const dropped = interfaces.reduce((sum, one) => sum + (one.dropped ?? 0), 0)
    const seconds = Math.max(0.001, (at - run.told.at) / 1000)
    run.state = {
      ...run.state,
      packets,
      bytes,
      interfaces,
      packetsPerSecond: Math.round((packets - run.told.packets) / seconds),
      droppedPerSecond: Math.round((dropped - run.told.dropped) / seconds),
    }
    run.told = { at, packets, dropped }
  }

  private tell(run: Run): void {
    if (run.capture !== undefined) this.context.emit('live.changed', run.state)
  }
}

function initialState(request: LiveRequest): LiveCapture {
  return {
    captureId: 0,
    running: true,
    backend: 'libpcap',
    kernelTimes: true,
    path: '',
    packets: 0,
    bytes: 0,
    packetsPerSecond: 0,
    droppedPerSecond: 0,
    interfaces: request.interfaces.map(({ name, filter }) => ({ name, filter, received: null, dropped: null })),
    problem: null,
  }
}
