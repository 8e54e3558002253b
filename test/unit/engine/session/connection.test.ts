// States of connections that were captured in part, or that real hosts seldom make.
import { expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { Trace } from '../../../../src/engine/index/trace'
import { statesAfterSegments, tcpConnection } from '../../../../src/engine/session/tcp/connection'
import type { TcpConnection } from '../../../../src/engine/session/tcp/connection'
import { EndStates } from '../../../../src/engine/session/tcp/end-states'
import { TCP_STATES } from '../../../../src/engine/session/tcp/states'
import { nodeInflate } from '../../../../src/node/host/inflate'

import { segmentCapture } from '../../../support/tcp-segments'
import type { BuiltSegment } from '../../../support/tcp-segments'

const FIN = 1,
  SYN = 2,
  RST = 4,
  ACK = 16

type Untimed = Omit<BuiltSegment, 'time'>

/** The connection that segments 10 ms apart make. */
function connectionOf(segments: readonly Untimed[]): TcpConnection {
  const trace = new Trace(
    memorySource(segmentCapture(segments.map((segment, index) => ({ ...segment, time: index * 10_000 })))),
    nodeInflate,
  )
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  return tcpConnection(trace, 0)
}

/** States of client and server after each segment, as "CLIENT / SERVER". */
function bands(segments: readonly Untimed[]): string[] {
  const [client, server] = statesAfterSegments(connectionOf(segments))
  return [...client].map((state, index) => `${TCP_STATES[state] ?? ''} / ${TCP_STATES[server[index] ?? 0] ?? ''}`)
}

test('a capture that begins in the middle takes both sides for established, and closes as usual', () => {
  expect(
    bands([
      { sequence: 100, acknowledgment: 500, flags: ACK, payload: 'data' },
      { fromServer: true, sequence: 500, acknowledgment: 104, flags: ACK },
      { sequence: 104, acknowledgment: 500, flags: FIN | ACK },
      { fromServer: true, sequence: 500, acknowledgment: 105, flags: FIN | ACK },
      { sequence: 105, acknowledgment: 501, flags: ACK },
    ]),
  ).toEqual([
    'ESTABLISHED / ESTABLISHED',
    'ESTABLISHED / ESTABLISHED',
    'FIN-WAIT-1 / CLOSE-WAIT',
    'TIME-WAIT / LAST-ACK',
    'TIME-WAIT / CLOSED',
  ])
})

test('a capture of one direction tells the other side from what is acknowledged', () => {
  expect(
    bands([
      { sequence: 100, flags: SYN },
      { sequence: 101, acknowledgment: 501, flags: ACK },
      { sequence: 101, acknowledgment: 501, flags: ACK, payload: 'data' },
    ]),
  ).toEqual(['SYN-SENT / LISTEN', 'ESTABLISHED / ESTABLISHED', 'ESTABLISHED / ESTABLISHED'])
})

test('a reset in SYN-RECEIVED leads the listener back to LISTEN', () => {
  expect(
    bands([
      { sequence: 100, flags: SYN },
      { fromServer: true, sequence: 500, acknowledgment: 101, flags: SYN | ACK },
      { sequence: 101, flags: RST },
    ]),
  ).toEqual(['SYN-SENT / LISTEN', 'SYN-SENT / SYN-RECEIVED', 'CLOSED / LISTEN'])
})

test('FINs that cross on the way make both sides CLOSING', () => {
  expect(
    bands([
      { sequence: 100, flags: SYN },
      { fromServer: true, sequence: 500, acknowledgment: 101, flags: SYN | ACK },
      { sequence: 101, acknowledgment: 501, flags: ACK },
      { sequence: 101, acknowledgment: 501, flags: FIN | ACK },
      { fromServer: true, sequence: 501, acknowledgment: 101, flags: FIN | ACK },
      { sequence: 102, acknowledgment: 502, flags: ACK },
      { fromServer: true, sequence: 502, acknowledgment: 102, flags: ACK },
    ]),
  ).toEqual([
    'SYN-SENT / LISTEN',
    'ESTABLISHED / SYN-RECEIVED',
    'ESTABLISHED / ESTABLISHED',
    'FIN-WAIT-1 / ESTABLISHED',
    'CLOSING / CLOSING',
    'CLOSING / TIME-WAIT',
    'TIME-WAIT / TIME-WAIT',
  ])
})

test('a FIN that was lost before it could be captured had crossed the one whose ACK comes from behind it', () => {
  expect(
    bands([
      { sequence: 100, flags: SYN },
      { fromServer: true, sequence: 500, acknowledgment: 101, flags: SYN | ACK },
      { sequence: 101, acknowledgment: 501, flags: ACK },
      { sequence: 101, acknowledgment: 501, flags: FIN | ACK },
      { fromServer: true, sequence: 502, acknowledgment: 102, flags: ACK },
      { fromServer: true, sequence: 501, acknowledgment: 102, flags: FIN | ACK },
      { sequence: 102, acknowledgment: 502, flags: ACK },
    ]).slice(2),
  ).toEqual(['ESTABLISHED / ESTABLISHED', 'FIN-WAIT-1 / CLOSING', 'FIN-WAIT-2 / CLOSING', 'TIME-WAIT / CLOSING', 'TIME-WAIT / TIME-WAIT'])
})

test('the last states of a connection are renewed when it goes on', () => {
  const trace = new Trace(
    memorySource(
      segmentCapture(
        [
          { sequence: 100, flags: SYN },
          { fromServer: true, sequence: 500, acknowledgment: 101, flags: SYN | ACK },
          { sequence: 101, acknowledgment: 501, flags: ACK },
          { fromServer: true, sequence: 501, acknowledgment: 101, flags: RST | ACK },
        ].map((segment, index) => ({ ...segment, time: index * 10_000 })),
      ),
    ),
    nodeInflate,
  )
  const states = new EndStates(trace)
  trace.advance(3, { depth: 'headers', keep: true })
  expect(states.advance(() => false)).toBe(false)
  expect(states.of(0)).toEqual(['ESTABLISHED', 'ESTABLISHED'])
  trace.advance(1, { depth: 'headers', keep: true })
  expect(states.of(0)).toEqual(['CLOSED', 'CLOSED'])
})

/** The client closes first, in segment 3, which segment 4 acknowledges: FIN-WAIT-2. */
const CLOSED_BY_CLIENT: readonly Untimed[] = [
  { sequence: 100, flags: SYN, identification: 7000 },
  { fromServer: true, sequence: 500, acknowledgment: 101, flags: SYN | ACK, identification: 0 },
  { sequence: 101, acknowledgment: 501, flags: ACK, identification: 7001 },
  { sequence: 101, acknowledgment: 501, flags: FIN | ACK, identification: 7002 },
  { fromServer: true, sequence: 501, acknowledgment: 102, flags: ACK, identification: 300 },
]
const FIN_OF_SERVER: Untimed = { fromServer: true, sequence: 501, acknowledgment: 102, flags: FIN | ACK, identification: 301 }

/** The client's way out of FIN-WAIT-2, as "STATE frame evidence rule". */
function endOfFinWait2(...rest: readonly Untimed[]): string[] {
  return connectionOf([...CLOSED_BY_CLIENT, ...rest])
    .transitions.filter((one) => one.side === 0 && one.from === 'FIN-WAIT-2')
    .map((one) => `${one.to} ${one.frame} ${one.placing} ${one.rule}`)
}

test("the last ACK of Linux's time-wait socket shows that the socket was closed when its FIN was acknowledged", () => {
  expect(endOfFinWait2(FIN_OF_SERVER, { sequence: 102, acknowledgment: 502, flags: ACK, identification: 0 })).toEqual([
    'TIME-WAIT 5 inferred linux-time-wait-socket',
  ])
})

test('a socket that still acknowledged data was closed later', () => {
  const data: Untimed = { fromServer: true, sequence: 501, acknowledgment: 102, flags: ACK, payload: 'late', identification: 301 }
  expect(
    endOfFinWait2(
      data,
      { sequence: 102, acknowledgment: 505, flags: ACK, identification: 7003 },
      { ...FIN_OF_SERVER, sequence: 505, identification: 302 },
      { sequence: 102, acknowledgment: 506, flags: ACK, identification: 0 },
    ),
  ).toEqual(['TIME-WAIT 7 inferred linux-time-wait-socket'])
})

test('a socket that acknowledges the FIN itself was only shut down, and a repeated FIN is answered in TIME-WAIT', () => {
  expect(endOfFinWait2(FIN_OF_SERVER, { sequence: 102, acknowledgment: 502, flags: ACK, identification: 7003 })).toEqual([
    'TIME-WAIT 6 observed acknowledged-fin',
  ])
  expect(
    endOfFinWait2(
      FIN_OF_SERVER,
      { ...FIN_OF_SERVER, identification: 302 },
      { sequence: 102, acknowledgment: 502, flags: ACK, identification: 0 },
    ),
  ).toEqual(['TIME-WAIT 7 observed acknowledged-fin'])
})

test('a reset of a closed socket that answers data shows it, a reset of an open one does not', () => {
  const data: Untimed = { fromServer: true, sequence: 501, acknowledgment: 102, flags: ACK, payload: 'late', identification: 301 }
  expect(endOfFinWait2(data, { sequence: 102, flags: RST, identification: 0 })).toEqual(['CLOSED 5 inferred linux-time-wait-socket'])
  expect(endOfFinWait2(data, { sequence: 102, acknowledgment: 501, flags: RST | ACK, identification: 7003 })).toEqual([
    'CLOSED 7 observed sent-reset',
  ])
})

test('nothing follows from the identification of a host that never counts it', () => {
  const uncounted = [...CLOSED_BY_CLIENT, FIN_OF_SERVER, { sequence: 102, acknowledgment: 502, flags: ACK }].map((segment) => ({
    ...segment,
    identification: 0,
  }))
  const { transitions } = connectionOf(uncounted)
  expect(transitions.find((one) => one.to === 'TIME-WAIT')).toMatchObject({ frame: 6, placing: 'observed', rule: 'acknowledged-fin' })
})
