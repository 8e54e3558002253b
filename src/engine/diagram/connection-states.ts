// The endpoints' states as the diagram's bands need them, from the state machine of session/tcp.
import { tcpConnection } from '../session/tcp/connection'
import type { Connection, Side } from './connection'
import type { EndpointStates, StateChange } from './state-track'

/** States of a connection's endpoints, by client and server. */
export function connectionStates(connection: Connection): EndpointStates {
  const { start, transitions, segments } = tcpConnection(connection.trace, connection.stream)
  const side = (direction: 0 | 1): Side => (direction === connection.clientDirection ? 0 : 1)
  const changes = transitions.flatMap(({ side: direction, index, from, to, evidence }): StateChange[] => {
    const frame = segments.frame[index]
    return frame === undefined ? [] : [{ frame, side: side(direction), from: name(from), to: name(to), evidence }]
  })
  const at = (which: Side): string => name(start[connection.direction(which)].state)
  return { start: [at(0), at(1)], changes }
}

/** What came before the capture has no name. */
function name(state: string): string {
  return state === 'UNKNOWN' ? '' : state
}
