// The diagram in English.
import type { Words } from './words'

const plural = (count: string, one: string, many: string): string => `${count} ${count === '1' ? one : many}`

export const EN: Words = {
  client: 'Client',
  server: 'Server',
  time: 'Time (s)',
  delta: 'Delta',
  number: 'No.',
  notes: 'Notes',
  capturedHere: 'captured here, times exact',
  statesInferred: 'states inferred, ±½ RTT',
  captured: 'captured between the two',
  inWords: 'The same in words',
  mark: {
    reset: 'Reset',
    retransmission: 'Retransmission',
    'fast-retransmission': 'Fast retransmission',
    'spurious-retransmission': 'Needless retransmission',
    'out-of-order': 'Out of order',
    gap: 'After a gap',
    'ack-unseen': 'Acknowledges what was not captured',
    'window-full': 'Window full',
    'zero-window': 'Zero window',
    'zero-window-probe': 'Zero-window probe',
    'zero-window-probe-ack': 'Answer to the probe',
    'keep-alive': 'Keep-alive',
    'keep-alive-ack': 'Keep-alive ACK',
    'duplicate-ack': 'Duplicate ACK',
    'window-update': 'Window update',
    'lost-between': 'Lost between',
    'partly-lost': 'Partly lost',
    missed: 'Not captured there',
    appeared: 'Not seen where it was sent',
    outside: 'Seen here only',
    'repeated-between': 'Arrives again',
    overtaken: 'Overtaken',
    late: 'Late',
  },
  title: (stream, client, server) => `TCP stream ${stream}, ${client} to ${server}`,
  pairTitle: (a, b) => `Packets between ${a} and ${b}`,
  allTitle: (packets, hosts) => `${plural(packets, 'packet', 'packets')} between ${plural(String(hosts), 'host', 'hosts')}`,
  opening: (opening, course) => {
    switch (opening) {
      case 'handshake':
        return course.synCount > 1 ? `Opening: three-way handshake, SYN sent ${course.synCount} times` : 'Opening: three-way handshake'
      case 'simultaneous':
        return 'Opening: both sides at once'
      case 'refused':
        return 'Opening: refused'
      case 'unanswered':
        return course.synCount > 1 ? `Opening: ${course.synCount} SYNs, no answer` : 'Opening: no answer'
      case 'incomplete':
        return 'Opening: not completed in this capture'
      case 'not-captured':
        return 'Opening: before the capture began'
    }
  },
  data: (clientBytes, serverBytes, clientSent, serverSent) =>
    clientSent && serverSent
      ? `Data: ${clientBytes} from the client, ${serverBytes} from the server`
      : clientSent
        ? `Data: ${clientBytes} from the client`
        : serverSent
          ? `Data: ${serverBytes} from the server`
          : 'Open, no data',
  closing: (closing, closer) => {
    switch (closing) {
      case 'reset':
        return `Ended by a reset from the ${closer.toLowerCase()}`
      case 'simultaneous':
        return 'Closing: both sides at once'
      case 'half':
        return `Closing: only the ${closer.toLowerCase()} has closed`
      default:
        return `Closing: ${closer.toLowerCase()} closes first`
    }
  },
  segments: (count, time) => `${plural(count, 'segment', 'segments')}${time === '' ? '' : ` · ${time}`}`,
  packets: (count, time) => `${plural(count, 'packet', 'packets')} · ${time}`,
  foldTitle: (facts, packets) =>
    facts.dataSegments === 0
      ? plural(packets, 'segment', 'segments')
      : `${plural(String(facts.dataSegments), 'segment', 'segments')}, ${facts.bytes}`,
  foldSecond: (facts) => {
    const acks = plural(String(facts.acks), 'ACK', 'ACKs')
    if (facts.bothSend) return `both directions, ${acks} without data`
    const who = facts.receiver.toLowerCase()
    if (facts.acks === 0) return `from the ${facts.sender.toLowerCase()}, no ACK between them`
    if (facts.windowFull > 0) return `${acks} up to ${facts.ackTo}, window full ${plural(String(facts.windowFull), 'time', 'times')}`
    if (facts.duplicates > 0 && facts.duplicates >= facts.acks - 1)
      return `${acks} all repeat Ack ${facts.ackTo} (${plural(String(facts.duplicates), 'duplicate', 'duplicates')})`
    if (facts.duplicates > 0) return `${acks} up to ${facts.ackTo} (${plural(String(facts.duplicates), 'duplicate', 'duplicates')})`
    return `${plural(String(facts.acks), `ACK from the ${who}`, `ACKs from the ${who}`)}, up to ${facts.ackTo}`
  },
  waitingTitle: (packets) => `${packets} segments of waiting`,
  waitingSecond: (probes) => `${plural(probes, 'probe', 'probes')} or keep-alives, each answered without data`,
  expand: (first, last) => `Expand #${first}–${last}`,
  nothingMore: 'Nothing more in this capture.',
  endsByTimer: 'Nothing more on the wire. TIME-WAIT ends by a timer.',
  timeWait: (total, msl) => `${total} (2 × MSL of ${msl}), not visible on the wire`,
  thenClosed: 'then CLOSED (inferred)',
  roundTrip: (value, from, to) => [`RTT ${value}`, `measured #${from} → #${to}`],
  gap: (size, from, to) => [`Gap: ${size} missing`, `${from}–${to} not seen yet`],
  sentAgain: (fast, first, after) => [
    fast ? 'Fast retransmission' : 'Sent again',
    first !== undefined
      ? `first sent as #${first}${after === undefined ? '' : `, ${after} earlier`}`
      : after === undefined
        ? 'the first one is not in this capture'
        : `${after} after the gap`,
  ],
  needless: ['Needless repeat', 'was acknowledged already'],
  fillsGap: (complete) => ['Out of order', complete ? 'fills the gap' : 'fills part of a gap'],
  ackUnseen: ['Not captured', 'acknowledges bytes that are not in this capture'],
  windowFull: ['Window full', 'nothing more may be sent before an ACK'],
  zeroWindow: ['Window closed', 'the sender has to wait'],
  windowOpens: (after) => ['Window open again', `after ${after}`],
  keepAlive: (idle) => ['Keep-alive', `asks whether anybody is there, after ${idle}`],
  keepAliveAck: ['Still there', 'answer to the keep-alive'],
  probe: ['Probe', 'asks whether the window is open again'],
  duplicateAck: (number, frame) => [`Duplicate ACK ${number}`, `repeats #${frame}`],
  acknowledged: (size) => [`+${size} acknowledged`, ''],
  refused: (port) => ['Refused', `nothing listens on port ${port}`],
  resetBy: (side) => ['Reset', `the ${side.toLowerCase()} gives up the connection at once`],
  threeSegmentClose: ['Three-segment close', 'ACK and FIN in one segment'],
  simultaneousClose: ['Simultaneous close', 'the FINs crossed'],
  simultaneousOpen: ['Simultaneous open', 'the SYNs crossed'],
  synAgain: (number, after) => [`SYN, try ${number}`, `${after} after the one before`],
  reusedPorts: ['Ports used again', 'a new connection'],
  toEverybody: 'everybody',
  arrow: (frame, time, from, to, what) => `Packet ${frame} at ${time} s, from ${from} to ${to}: ${what}.`,
  carries: (size) => `${size} of data`,
  sequence: (value) => `sequence ${value}`,
  acknowledges: (value) => `acknowledges up to ${value}`,
  windowIs: (value) => `window ${value}`,
  stateChange: (who, from, to, inferred) => `${who.toLowerCase()} goes from ${from} to ${to}${inferred ? ' (inferred)' : ''}`,
  fold: (first, last, what) => `Packets ${first} to ${last}, folded: ${what}.`,
}
