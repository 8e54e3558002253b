// The state machine of RFC 9293, 3.3.2 (figure 5) and 3.10, as one table: (state, event) -> state. Pure; who decides which events happened to an endpoint
// is connection.ts, with hindsight.

/** States by number, with RFC 9293's names; UNKNOWN is what came before the capture. */
export const TCP_STATES = [
  'UNKNOWN',
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const
export type TcpState = (typeof TCP_STATES)[number]

/** What can happen to one endpoint. `accept`: a SYN reached a listener; `join`: the capture begins in the middle of the connection;
 *  `timeout`: it gave up, or 2MSL passed; `abort`: a RST reached it. */
export const TCP_EVENTS = [
  'send-syn',
  'accept',
  'receive-syn',
  'receive-syn-ack',
  'receive-ack-of-syn',
  'close',
  'receive-ack-of-fin',
  'receive-fin',
  'send-reset',
  'abort',
  'timeout',
  'join',
] as const
export type TcpEvent = (typeof TCP_EVENTS)[number]

/** Every change of state there is; an event that is not listed leaves the state as it is. */
const TRANSITIONS: Readonly<Record<TcpState, Partial<Record<TcpEvent, TcpState>>>> = {
  UNKNOWN: {
    'send-syn': 'SYN-SENT',
    accept: 'SYN-RECEIVED',
    'receive-syn-ack': 'ESTABLISHED',
    join: 'ESTABLISHED',
    close: 'FIN-WAIT-1',
    'receive-fin': 'CLOSE-WAIT',
    'send-reset': 'CLOSED',
    abort: 'CLOSED',
  },
  CLOSED: { 'send-syn': 'SYN-SENT' },
  LISTEN: { 'send-syn': 'SYN-SENT', accept: 'SYN-RECEIVED' },
  'SYN-SENT': {
    // simultaneous open
    'receive-syn': 'SYN-RECEIVED',
    'receive-syn-ack': 'ESTABLISHED',
    'send-reset': 'CLOSED',
    abort: 'CLOSED',
    timeout: 'CLOSED',
  },
  'SYN-RECEIVED': {
    'receive-ack-of-syn': 'ESTABLISHED',
    close: 'FIN-WAIT-1',
    'receive-fin': 'CLOSE-WAIT',
    'send-reset': 'CLOSED',
    // a passive opener goes back to LISTEN (3.10.7.4): see afterEvent()
    abort: 'CLOSED',
    timeout: 'CLOSED',
  },
  ESTABLISHED: { close: 'FIN-WAIT-1', 'receive-fin': 'CLOSE-WAIT', 'send-reset': 'CLOSED', abort: 'CLOSED', timeout: 'CLOSED' },
  'FIN-WAIT-1': {
    'receive-ack-of-fin': 'FIN-WAIT-2',
    'receive-fin': 'CLOSING',
    'send-reset': 'CLOSED',
    abort: 'CLOSED',
    timeout: 'CLOSED',
  },
  'FIN-WAIT-2': { 'receive-fin': 'TIME-WAIT', 'send-reset': 'CLOSED', abort: 'CLOSED', timeout: 'CLOSED' },
  'CLOSE-WAIT': { close: 'LAST-ACK', 'send-reset': 'CLOSED', abort: 'CLOSED', timeout: 'CLOSED' },
  CLOSING: { 'receive-ack-of-fin': 'TIME-WAIT', 'send-reset': 'CLOSED', abort: 'CLOSED', timeout: 'CLOSED' },
  'LAST-ACK': { 'receive-ack-of-fin': 'CLOSED', 'send-reset': 'CLOSED', abort: 'CLOSED', timeout: 'CLOSED' },
  'TIME-WAIT': { abort: 'CLOSED', timeout: 'CLOSED' },
}

/** State after an event. `passive`: the endpoint opened by listening, so that a reset of its half-open connection leads back to LISTEN. */
export function afterEvent(state: TcpState, event: TcpEvent, passive: boolean): TcpState {
  if (state === 'SYN-RECEIVED' && event === 'abort' && passive) return 'LISTEN'
  return TRANSITIONS[state][event] ?? state
}
