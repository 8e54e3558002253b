// In which states the endpoints of every TCP connection are at the end of what is indexed: two octets a stream. The opening pass works them out; a stream that
// has grown since, or that the pass did not come to, is worked out when it is asked for.
import type { Trace } from '../../index/trace'
import { endStates } from './connection'
import { TCP_STATES } from './states'
import type { TcpState } from './states'

export class EndStates {
  private readonly trace: Trace
  /** Numbers of the states (indices of TCP_STATES), two a stream. */
  private numbers = new Uint8Array(128)
  /** The stream's last frame when they were worked out; 0 = never. */
  private upTo = new Uint32Array(64)
  private next = 0

  constructor(trace: Trace) {
    this.trace = trace
  }

  /** Works out streams in order until `isTime` says so; answers whether there are more. */
  advance(isTime: () => boolean): boolean {
    const { tcp } = this.trace.conversations
    while (this.next < tcp.count) {
      this.of(this.next++)
      if (this.next % STREAMS === 0 && isTime()) return true
    }
    return false
  }

  /** The states of the sender of a stream's first packet and of its peer. */
  of(stream: number): readonly [TcpState, TcpState] {
    const last = this.trace.conversations.tcp.lastFrame(stream)
    if (stream >= this.upTo.length) this.reserve(stream)
    if (this.upTo[stream] !== last) {
      const [first, second] = endStates(this.trace, stream)
      this.numbers[stream * 2] = TCP_STATES.indexOf(first)
      this.numbers[stream * 2 + 1] = TCP_STATES.indexOf(second)
      this.upTo[stream] = last
    }
    return [stateOf(this.numbers[stream * 2]), stateOf(this.numbers[stream * 2 + 1])]
  }

  private reserve(stream: number): void {
    const size = Math.max(this.upTo.length * 2, stream + 1),
      upTo = new Uint32Array(size),
      numbers = new Uint8Array(size * 2)
    upTo.set(this.upTo)
    numbers.set(this.numbers)
    this.upTo = upTo
    this.numbers = numbers
  }
}

/** Streams between two looks at the clock. */
const STREAMS = 16

function stateOf(number: number | undefined): TcpState {
  return TCP_STATES[number ?? 0] ?? 'UNKNOWN'
}
