// Explanations of TCP connections in English (RFC 9293; options of RFC 7323 and RFC 2018).
import type { ExplainWords } from './explain-words'

const low = (side: string): string => `the ${side.toLowerCase()}`
const up = (side: string): string => `The ${side.toLowerCase()}`

export const EXPLAIN_EN: ExplainWords = {
  labels: {
    direction: 'Direction',
    relative: 'relative',
    length: 'Length',
    window: 'Window',
    answers: 'Answers',
    after: (frame, time) => `#${frame} after ${time}`,
    sourcePort: 'Source port',
    destinationPort: 'Destination port',
    sequence: 'Sequence number',
    acknowledgment: 'Acknowledgment',
    offset: 'Header',
    flags: 'Flags',
    options: 'Options',
  },
  segment: (kind, from, to) => {
    switch (kind) {
      case 'syn':
        return `${up(from)} asks for a connection and names the number from which its bytes will be counted.`
      case 'syn-ack':
        return `${up(from)} accepts and asks for a confirmation: it picks an initial sequence number of its own and acknowledges ${low(to)}'s SYN in the same segment.`
      case 'handshake-ack':
        return `${up(from)} confirms that ${low(to)}'s initial sequence number has arrived. The connection is open on both sides once this is there.`
      case 'data':
        return `${up(from)} sends data.`
      case 'ack':
        return `${up(from)} says up to which byte everything has arrived, and how much more it has room for.`
      case 'fin':
        return `${up(from)} has nothing more to send. It can still receive.`
      case 'last-ack':
        return `${up(from)} acknowledges the last FIN. Both directions are closed.`
      case 'reset':
        return `${up(from)} ends the connection at once. What was on its way is thrown away, and nothing is acknowledged.`
      case 'refused':
        return `Nothing listens on this port of ${low(from)}, which says so.`
      case 'retransmission':
        return `${up(from)} sends bytes again because it believes that they were lost.`
      case 'crossed-syn-ack':
        return `The SYNs have crossed: ${low(from)} repeats its own and acknowledges the other one.`
      case 'repeated-fin':
        return `${up(from)} repeats its FIN because no acknowledgment of it has come.`
      case 'out-of-order':
        return 'It arrives after later bytes: it was overtaken on the way, or lost and sent again.'
      case 'gap':
        return 'Bytes before this segment have not arrived yet: they were lost, overtaken, or not captured.'
      case 'duplicate-ack':
        return `${up(from)} repeats its acknowledgment: something arrived, but not the bytes that come next.`
      case 'keep-alive':
        return `A byte from before is repeated so that ${low(to)} has to answer.`
      case 'keep-alive-ack':
        return `${up(from)} answers: it is there, and nothing is new.`
      case 'zero-window':
        return `${up(from)} has no room left. ${up(to)} may send nothing but probes until it hears of more.`
      case 'window-full':
        return `With this segment ${low(from)} has used all the room that ${low(to)} offered.`
      case 'window-update':
        return `${up(from)} offers more room. Nothing else is new.`
    }
  },
  opening: (s) => {
    if (s.opening === 'simultaneous')
      return {
        title: 'Why four segments here?',
        paragraphs: [
          `Both sides sent a SYN (#${s.syn.frame} and #${s.crossing.frame}) before the other's had arrived. Each then has to acknowledge a SYN and repeat its own, so SYN, ACK occurs twice.`,
          'One connection comes out of it, not two: the pair of addresses and ports is the same.',
        ],
        source: 'RFC 9293, 3.5',
      }
    if (s.opening === 'refused')
      return {
        title: 'Why is there no connection?',
        paragraphs: [
          `The SYN #${s.syn.frame} reached a host on which nothing listens on port ${s.resetPort}. A host must answer that with RST, so the client knows at once instead of waiting.`,
          'No answer at all would look like a firewall that drops, or like a host that is down.',
        ],
        source: 'RFC 9293, 3.5.2 and 3.10.7.1',
      }
    if (s.opening === 'unanswered')
      return {
        title: 'Why is there no connection?',
        paragraphs: [
          `Nobody answered${s.repeatedSyn === undefined ? '' : ` ${s.repeatedSyn.count} SYNs in ${s.repeatedSyn.waited}`}. The capture cannot tell whether the SYN was lost, dropped by a firewall, or answered by a packet that was lost.`,
        ],
        source: 'RFC 9293, 3.5',
      }
    if (s.opening === 'not-captured' || s.opening === 'incomplete')
      return {
        title: 'Why three segments and not two?',
        paragraphs: [
          'The opening is not (wholly) in this capture. It takes three segments because each side must learn that the other has received its initial sequence number.',
        ],
        source: 'RFC 9293, 3.5',
      }
    return {
      title: 'Why three segments and not two?',
      paragraphs: [
        `Each side must learn that the other has received its initial sequence number. The client counts from ${s.syn.raw} (#${s.syn.frame}), the server from ${s.synAck.raw} (#${s.synAck.frame}).`,
        `After #${s.synAck.frame} the client knows. The server knows only once #${s.handshakeAck} arrives; until then it stays in SYN-RECEIVED.${s.roundTrip === undefined ? '' : ` That took ${s.roundTrip}.`}`,
        'With two segments an old SYN that wanders about in the network could open a connection that nobody wants, and the server would have no way to find out.',
      ],
      source: 'RFC 9293, 3.5',
    }
  },
  oldSyn: (s) => ({
    title: 'What if an old SYN arrives?',
    paragraphs:
      s.repeatedSyn === undefined
        ? []
        : [
            `Here the client sent its SYN ${s.repeatedSyn.count} times, from #${s.repeatedSyn.first} to #${s.repeatedSyn.last}, ${s.repeatedSyn.waited} apart${s.repeatedSyn.sameNumber ? `, always with the number ${s.syn.raw}` : ''}.`,
            `Should #${s.repeatedSyn.first} arrive after all when everything is over, the server would answer it with SYN, ACK. The client does not expect that number and answers RST, so nothing is opened. That third segment is what a two-way opening would lack.`,
          ],
    source: 'RFC 9293, 3.5, figure 8',
  }),
  agreed: (s) => ({
    title: 'What was agreed?',
    paragraphs:
      s.options === undefined
        ? []
        : [
            `MSS: the client takes segments of up to ${s.options.clientMss ?? '536 (default)'} bytes, the server of up to ${s.options.serverMss ?? '536 (default)'}. It is no negotiation: each says what it can take.`,
            s.options.scales === undefined
              ? 'Window scale: not used, since it must be in both SYNs. No window can be larger than 65,535 bytes.'
              : `Window scale: the client's window is multiplied by ${s.options.scales[0]}, the server's by ${s.options.scales[1]}.`,
            `${s.options.sack ? 'SACK is allowed: a receiver can say which later bytes it holds already.' : 'SACK is not used: a receiver can only say up to where it has everything.'} ${s.options.times ? 'Time stamps are on: they measure round trips and tell old segments from new ones.' : 'Time stamps are not used.'}`,
          ],
    source: 'RFC 9293, 3.7.1; RFC 7323; RFC 2018',
  }),
  window: (s) => ({
    title: 'What did the window do?',
    paragraphs: [
      `The window is the receiver's room: more may not be on its way. It grew to ${s.largestWindow[0]} bytes at the client and ${s.largestWindow[1]} at the server.`,
      `${s.windowFull === 0 ? 'The sender never filled it.' : `The sender filled it ${s.windowFull === 1 ? 'once' : `${s.windowFull} times`}: from then on the receiver set the pace, not the network.`}${s.zeroWindow === 0 ? '' : ` It was closed entirely in ${s.zeroWindow} ${s.zeroWindow === 1 ? 'segment' : 'segments'}: the application did not read. The sender then asks again and again, since the segment that opens the window could be lost.`}`,
    ],
    source: 'RFC 9293, 3.8.6',
  }),
  closing: (s) => {
    if (s.closing === 'three-segment')
      return {
        title: 'Why are three segments enough here?',
        paragraphs: [
          `Each direction is closed by itself: a FIN and its acknowledgment, which makes four. ${up(s.answerer)} had nothing more to send when #${s.closerFin} arrived, so it put its acknowledgment and its own FIN into one segment (#${s.answerFin}).`,
        ],
        source: 'RFC 9293, 3.6',
      }
    if (s.closing === 'simultaneous')
      return {
        title: 'Why did both close?',
        paragraphs: [
          `The FINs #${s.closerFin} and #${s.answerFin} crossed. Both sides then pass through CLOSING, and both wait in TIME-WAIT.`,
        ],
        source: 'RFC 9293, 3.6, figure 14',
      }
    if (s.closing === 'half')
      return {
        title: 'Why is it half closed?',
        paragraphs: [
          `${up(s.closer)} closed its direction with #${s.closerFin}. The other direction stays open until ${low(s.answerer)} sends a FIN as well, which this capture does not have.`,
        ],
        source: 'RFC 9293, 3.6',
      }
    return {
      title: 'Why four segments to close?',
      paragraphs: [
        `Each direction is closed by itself. ${up(s.closer)} says with #${s.closerFin} that it sends nothing more, and that is acknowledged. ${up(s.answerer)} may go on sending until it closes its own direction with #${s.answerFin}.`,
        'Where the second side has nothing left to send, its acknowledgment and its FIN go into one segment, and three are enough.',
      ],
      source: 'RFC 9293, 3.6',
    }
  },
  whoWaits: (s) => ({
    title: s.waitsBoth ? 'Why do both sides wait?' : 'Why does only the active closer wait?',
    paragraphs: s.waitsBoth
      ? ['Both closed actively, so both sent a last acknowledgment of which they cannot know whether it arrived.']
      : [
          `${up(s.waits ?? s.closer)} sent the last acknowledgment and gets no answer to it. If it is lost, the other side repeats its FIN, and somebody has to be there to acknowledge it again.`,
          'The other side needs no such wait: for it, the last segment is one that it received.',
        ],
    source: 'RFC 9293, 3.6.1',
  }),
  twoMsl: (s) => ({
    title: 'Why 2 MSL?',
    paragraphs: [
      `One maximum segment lifetime for the last acknowledgment to get lost or to arrive, and one for the repeated FIN to come back. After that no segment of this connection can exist any more, so none can be taken for one of a new connection with the same ports.`,
      `The standard takes an MSL of 2 minutes. With ${s.msl}, as set here, TIME-WAIT lasts ${s.twoMsl}; Linux waits a fixed 60 s. No packet shows its end.`,
    ],
    source: 'RFC 9293, 3.4.2 and 3.6.1',
  }),
  reset: (s) => ({
    title: 'What does the reset mean here?',
    paragraphs: [
      s.opening === 'refused'
        ? `#${s.resetFrame} answers a SYN: nothing listens on port ${s.resetPort}. No connection existed.`
        : `${up(s.resetBy)} gave up an open connection with #${s.resetFrame}${s.openAtReset === '' ? '' : `; the other side was in ${s.openAtReset}`}. Data that was not delivered is lost, and the other application gets an error ("connection reset by peer") instead of an end of file.`,
      ...(s.opening === 'refused' ? [] : ['Nobody waits in TIME-WAIT after a reset, and a reset is not acknowledged.']),
    ],
    source: 'RFC 9293, 3.5.2 and 3.10.7',
  }),
  udp: (s) => ({
    title: 'What does TCP cost compared with UDP?',
    paragraphs: [
      `${s.segments} segments carried ${s.dataBytes} bytes of data; ${s.withoutData} of them carried none. Headers of all layers took ${s.headerBytes} bytes.${s.roundTrip === undefined ? '' : ` A round trip of ${s.roundTrip} passed before the first byte could be sent.`}`,
      `UDP sends at once, with 8 bytes of header instead of 20 to 60. It would not have noticed ${s.repeated === 0 ? 'a loss' : `the ${s.repeated} ${s.repeated === 1 ? 'loss' : 'losses'} that TCP repaired here`}, and it neither keeps the order nor slows down for the receiver or the network.`,
    ],
    source: 'RFC 9293, 3.1; RFC 768',
  }),
}
