// What the parts of the service share: the host's ports, the open captures, and the way to tell the interface.
import { TraceError } from '../../shared/errors'
import type { Cancel } from '../../shared/rpc/cancel'
import type { CallContext, EventSink } from '../../shared/rpc/dispatcher'
import type { Progress } from '../../shared/rpc/client'
import type { OpenCapture } from './open-capture'
import type { Clock, EnginePorts } from './ports'

/** How long a task may hold the event loop: short enough that a click in between is answered at once. */
export const SLICE_MS = 8
/** Events and progress are not sent more often than this. */
export const REPORT_EVERY_MS = 100

/** Shared by the parts of one service. */
export interface ServiceContext {
  readonly ports: EnginePorts
  readonly captures: ReadonlyMap<number, OpenCapture>
  readonly emit: EventSink
}

/** The open capture of that id. Throws 'capture/not-open'. */
export function captureOf(context: ServiceContext, captureId: number): OpenCapture {
  const capture = context.captures.get(captureId)
  if (capture === undefined) throw new TraceError('capture/not-open', 'This capture is not open any more. Open the file again.')
  return capture
}

/** Throws 'rpc/cancelled' once the caller has cancelled. */
export function throwIfCancelled(cancel: Cancel): void {
  if (cancel.aborted) throw new TraceError('rpc/cancelled', 'The call was cancelled.')
}

/** Says true once for each SLICE_MS that have passed. */
export function sliceTimer(clock: Clock): () => boolean {
  let end = clock.now() + SLICE_MS
  return () => {
    const now = clock.now()
    if (now < end) return false
    end = now + SLICE_MS
    return true
  }
}

/** Runs a long task in slices: gives way to other work, stops when cancelled or when the capture is closed, and reports progress. */
export class SlicedTask {
  private readonly context: ServiceContext
  private readonly call: CallContext
  private readonly capture: OpenCapture
  private readonly isTime: () => boolean
  private readonly generation: number
  private reported = -Infinity

  constructor(context: ServiceContext, call: CallContext, capture: OpenCapture) {
    this.context = context
    this.call = call
    this.capture = capture
    this.isTime = sliceTimer(context.ports.clock)
    this.generation = capture.generation
  }

  /** True when it is time to await pause(). Cheap enough for every packet. */
  get isDue(): boolean {
    return this.isTime()
  }

  /** Lets others run. Throws when the task is to stop. */
  async pause(progress: Progress): Promise<void> {
    const now = this.context.ports.clock.now()
    if (now - this.reported >= REPORT_EVERY_MS) {
      this.reported = now
      this.call.progress(progress)
    }
    await this.context.ports.scheduler.yield()
    throwIfCancelled(this.call.cancel)
    if (this.capture.closed) throw new TraceError('capture/not-open', 'The capture was closed meanwhile.')
    if (this.capture.generation !== this.generation) throw new TraceError('rpc/cancelled', 'The capture is dissected anew.')
  }
}
