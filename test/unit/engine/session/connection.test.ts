// States of connections that were captured in part, or that real hosts seldom make.
import { expect, test } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { Trace } from '../../../../src/engine/index/trace'
import { statesAfterSegments, tcpConnection } from '../../../../src/engine/session/tcp/connection'
import { EndStates } from '../../../../src/engine/session/tcp/end-states'
import { TCP_STATES } from '../../../../src/engine/session/tcp/states'
import { nodeInflate } from '../../../../src/node/host/inflate'

import { segmentCapture } from '../../../support/tcp-segments'
import type { BuiltSegment } from '../../../support/tcp-segments'

const FIN = 1,
  SYN = 2,
  RST = 4,
  ACK = 16

/** States of client and server after each segment, as "CLIENT / SERVER". */
function bands(segments: readonly Omit<BuiltSegment, 'time'>[]): string[] {
  const trace = new Trace(
    memorySource(segmentCapture(segments.map((segment, index) => ({ ...segment, time: index * 10_000 })))),
    nodeInflate,
  )
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  const [client, server] = statesAfterSegments(tcpConnection(trace, 0))
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
