// States of both endpoints, each from the capture beside it: at an endpoint's own place its states are seen when they change.
import type { BothEnds } from '../session/both-ends/both-ends'
import type { End, Passage } from '../session/both-ends/passages'
import { offsetAt } from '../session/both-ends/clock-offset'
import { timeBetween } from '../session/both-ends/way'
import { other, type Connection } from './connection'
import { connectionStates } from './connection-states'
import type { StateMark } from './ladder'
import type { StateChange } from './state-track'

/** A change with its time on the common clock in nanoseconds. */
export interface TimedChange extends StateChange {
  readonly at: number
}

/** The states of a connection that was captured at both ends. */
export class BothEndsStates {
  /** By end, in order. */
  readonly changes: readonly [readonly TimedChange[], readonly TimedChange[]]
  private readonly start: readonly [string, string]
  private readonly connections: readonly [Connection, Connection]
  private readonly byFrame: readonly [Map<number, TimedChange[]>, Map<number, TimedChange[]>] = [new Map(), new Map()]

  constructor(both: BothEnds, connections: readonly [Connection, Connection], shown: boolean) {
    this.connections = connections
    const starts: [string, string] = ['', '']
    const first = both.traces[both.firstEnd]
    const changesOf = (end: End): TimedChange[] => {
      const connection = connections[end]
      // a capture without the opening may take the other side for the client
      if (!shown || connection.clientDirection !== both.clientDirection[end]) return []
      const { start, changes } = connectionStates(connection)
      starts[end] = start[end]
      const common = (frame: number): number => {
        const own = timeBetween(first, both.traces[end], frame)
        return end === both.firstEnd || both.clock === undefined ? own : own - offsetAt(both.clock, own - both.clock.offset)
      }
      return changes.filter(({ side }) => side === end).map((change) => ({ ...change, at: common(change.frame) }))
    }
    this.changes = [changesOf(0), changesOf(1)]
    this.start = starts
    for (const end of [0, 1] as const) {
      for (const change of this.changes[end]) {
        const known = this.byFrame[end].get(change.frame)
        if (known === undefined) this.byFrame[end].set(change.frame, [change])
        else known.push(change)
      }
    }
  }

  get isEmpty(): boolean {
    return this.changes.every((changes) => changes.length === 0) && this.start.every((state) => state === '')
  }

  /** Changes that come with a packet: at its sender when it is sent, at its receiver when it arrives. */
  of(passage: Passage): StateMark[] {
    const to = other(passage.from)
    const sent = passage.fate === 'repeated' || passage.sent < 0 ? [] : this.changesAt(passage.from, passage.sent)
    return [
      ...sent.map((change) => mark(change, true)),
      ...passage.arrived.flatMap((index) => this.changesAt(to, index)).map((change) => mark(change, false)),
    ]
  }

  /** Whether anything changes with a packet. */
  touches(passage: Passage): boolean {
    return this.of(passage).length > 0
  }

  private changesAt(end: End, index: number): readonly TimedChange[] {
    return this.byFrame[end].get(this.connections[end].frameAt(index)) ?? []
  }

  /** Both states just before a time; '' when unknown. */
  at(time: number): string[] {
    return ([0, 1] as const).map((end) => this.changes[end].findLast(({ at }) => at < time)?.to ?? this.start[end])
  }

  /** Both states at the end. */
  last(): string[] {
    return this.at(Infinity)
  }

  /** State that an end begins with. */
  startOf(end: End): string {
    return this.start[end]
  }
}

function mark({ side, from, to, evidence }: TimedChange, sending: boolean): StateMark {
  return { lifeline: side, from, to, evidence, sending }
}
