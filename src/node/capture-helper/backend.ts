// What every way of getting packets offers, and where it puts them.
import type { CaptureRequest, HelperProblem, InterfaceCounters } from './messages'
import type { ErrorCode } from '../../shared/errors'

/** A failure that the user is told of. */
export class CaptureProblem extends Error {
  readonly code: ErrorCode
  readonly details: string | undefined

  constructor(code: ErrorCode, message: string, details?: string) {
    super(message)
    this.code = code
    this.details = details
  }

  /** For a message to the host. */
  get problem(): HelperProblem {
    return { code: this.code, message: this.message, ...(this.details === undefined ? {} : { details: this.details }) }
  }
}

/** What a stream says of one of its interfaces. */
export interface StreamInterface {
  /** As its writer names it; '' where the stream does not say. */
  readonly name: string
  /** How finely its times are given. */
  readonly decimals: 6 | 9
}

/** Takes what a back end captures. */
export interface PacketSink {
  /** Describes interface `index`; before its first packet. `linkType` is a LINKTYPE_ value. Interfaces are those of the request, but a stream may have
   *  more, which `stream` describes. */
  interface(index: number, linkType: number, snapLength: number, stream?: StreamInterface): void
  /** One packet: bytes[start .. start + length). Answers whether more are wanted. */
  packet(
    index: number,
    seconds: number,
    nanoseconds: number,
    bytes: Uint8Array,
    start: number,
    length: number,
    originalLength: number,
  ): boolean
  /** Hands what came so far to the file. */
  flush(): void
  /** The back end cannot go on (undefined: its input has ended). */
  ended(problem: CaptureProblem | undefined): void
}

/** A running capture. */
export interface CaptureSession {
  /** Whether packets carry the times at which the kernel saw them. */
  readonly kernelTimes: boolean
  /** One entry for each interface of the request. */
  counters(): readonly InterfaceCounters[]
  /** Ends the capture; what the kernel still holds is delivered first. */
  stop(): Promise<void>
}

/** Opens the interfaces of a request. Rejects with CaptureProblem. */
export type StartBackend = (request: CaptureRequest, sink: PacketSink) => Promise<CaptureSession>
