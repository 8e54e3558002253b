// One capture from start to end: packets of a back end into the spool, statistics once a second, and every way in which it may end.
import { isTraceError } from '../../shared/errors'
import type { CaptureProblem, CaptureSession, PacketSink, StreamInterface } from './backend'
import { startChosen } from './backends'
import type { BackendName, CaptureEnd, CaptureRequest, HelperMessage, HelperProblem, InterfaceCounters } from './messages'
import { Spool } from './spool'

const TICK_MS = 100
const STATISTICS_MS = 1000

/** A running capture; `onMessage` gets its statistics, its files and its end. */
export class CaptureRun implements PacketSink {
  backend: BackendName = 'libpcap'
  kernelTimes = true
  private readonly request: CaptureRequest
  private readonly onMessage: (message: HelperMessage) => void
  private readonly spool: Spool
  private session: CaptureSession | undefined
  private timer: NodeJS.Timeout | undefined
  private reported = Date.now()
  private problem: HelperProblem | null = null
  /** No packet is taken any more. */
  private full = false
  private finishing: Promise<CaptureEnd> | undefined

  private constructor(request: CaptureRequest, onMessage: (message: HelperMessage) => void) {
    this.request = request
    this.onMessage = onMessage
    this.spool = new Spool(request, (path) => onMessage({ type: 'file', path }))
  }

  /** Opens the interfaces and begins. Rejects with CaptureProblem or TraceError, and then the file is as it was or empty. */
  static async start(request: CaptureRequest, onMessage: (message: HelperMessage) => void): Promise<CaptureRun> {
    const run = new CaptureRun(request, onMessage)
    try {
      const { backend, session } = await startChosen(request, run)
      run.backend = backend
      run.kernelTimes = session.kernelTimes
      run.session = session
    } catch (error) {
      run.full = true
      run.spool.close([])
      throw error
    }
    // Whether drops are told is known from the beginning.
    run.report(run.counters())
    run.timer = setInterval(() => run.tick(), TICK_MS)
    return run
  }

  interface(index: number, linkType: number, snapLength: number, stream?: StreamInterface): void {
    const request = this.request.interfaces[stream === undefined ? index : 0]
    if (request !== undefined) this.spool.interface({ request, linkType, snapLength, stream })
  }

  packet(index: number, seconds: number, nanoseconds: number, bytes: Uint8Array, start: number, length: number, original: number): boolean {
    if (this.full) return false
    this.full = !this.attempt(() => this.spool.packet(index, seconds, nanoseconds, bytes, start, length, original))
    // The back end is in the middle of a batch: it is ended when that is over.
    if (this.full) setImmediate(() => void this.end())
    return !this.full
  }

  flush(): void {
    if (this.attempt(() => (this.spool.flush(), true))) return
    this.full = true
    setImmediate(() => void this.end())
  }

  ended(problem: CaptureProblem | undefined): void {
    if (problem !== undefined) this.problem ??= problem.problem
    void this.end()
  }

  /** Ends the capture with its file closed; the same answer however often it is asked. */
  end(): Promise<CaptureEnd> {
    this.finishing ??= this.finish()
    return this.finishing
  }

  private async finish(): Promise<CaptureEnd> {
    clearInterval(this.timer)
    await this.session?.stop()
    this.full = true
    const counters = this.counters()
    this.attempt(() => (this.spool.close(counters), true))
    const end = { packets: this.spool.packets, bytes: this.spool.bytes, counters, problem: this.problem }
    this.onMessage({ type: 'ended', end })
    return end
  }

  private counters(): readonly InterfaceCounters[] {
    return this.session?.counters() ?? []
  }

  private tick(): void {
    const now = Date.now()
    const counters = this.counters()
    if (!this.attempt(() => this.spool.tick(counters, now))) {
      void this.end()
      return
    }
    if (now - this.reported < STATISTICS_MS) return
    this.reported = now
    this.report(counters)
  }

  private report(counters: readonly InterfaceCounters[]): void {
    this.onMessage({ type: 'statistics', packets: this.spool.packets, bytes: this.spool.bytes, counters })
  }

  /** Runs what may fail on the disk; a failure ends the capture and is its problem. */
  private attempt(action: () => boolean): boolean {
    try {
      return action()
    } catch (error) {
      if (!isTraceError(error)) throw error
      this.problem ??= { code: error.code, message: `${error.message} The capture was stopped; what came before is kept.` }
      return false
    }
  }
}
