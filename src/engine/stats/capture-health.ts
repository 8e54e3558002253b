// What a capture can prove and what it cannot: whether connections are whole, packets complete, times in order, checksums filled in. Read from the
// index's columns in one pass; checksums are tried on a sample of packets.
import { foldSum, internetChecksum, internetSum } from '../bytes/checksum'
import { STATUS, PROTOCOL } from '../index/columns'
import type { Trace } from '../index/trace'
import { ACK, ANALYSIS, MARK, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { tcp as tcpProtocol } from '../protocols/transport/tcp/tcp'

/** What a finding is about. */
export type HealthSubject = 'handshakes' | 'one-way' | 'holes' | 'cut' | 'oversize' | 'drops' | 'offload' | 'checksums' | 'clock' | 'damage'

/** One finding. */
export interface HealthFinding {
  readonly subject: HealthSubject
  /** 'limit': something cannot be concluded from this capture; 'unknown': the file does not say; 'proof': it can. */
  readonly verdict: 'limit' | 'unknown' | 'proof'
  /** How many connections or packets it is about, of how many. */
  readonly count: number
  readonly total: number
  /** Bytes of the largest packet ('oversize'), nanoseconds of the largest step back ('clock'). */
  readonly amount: number
  /** The first packets that show it. */
  readonly frames: readonly number[]
  /** The address that all of them come from ('offload': the machine on which was captured); '' for several. */
  readonly address: string
}

/** Packets named with a finding. */
const SHOWN = 4
/** Ethernet frames are no longer (without frame check sequence, with one VLAN tag). */
const LONGEST_FRAME = 1518
/** TCP segments whose checksums are tried. */
const SAMPLE = 4000
const ETHERNET = 1
const IPPROTO_TCP = 6
const TCP = tcpProtocol.fieldId

const SEEN_SYN = 1,
  SEEN_FORWARD = 2,
  SEEN_REVERSE = 4,
  SEEN_MORE = 8

/** Reads a capture's health, packet by packet. */
export class CaptureHealth {
  private readonly trace: Trace
  private readonly streams: Uint8Array
  private readonly cut = new Evidence()
  private readonly oversize = new Evidence()
  private readonly holes = new Evidence()
  private readonly clock = new Evidence()
  private readonly partial = new Evidence()
  private readonly wrong = new Evidence()
  private readonly partialFrom = new Set<string>()
  private tried = 0
  private packets = 0
  private latest = { seconds: -Infinity, nanoseconds: 0 }

  constructor(trace: Trace) {
    this.trace = trace
    this.streams = new Uint8Array(trace.conversations.tcp.count)
  }

  /** Looks at an indexed packet; packets come in file order. */
  add(number: number): void {
    const { records, columns } = this.trace,
      row = number - 1,
      status = records.status.get(row),
      length = records.originalLength.get(row),
      protocols = columns.protocols.get(row)
    this.packets = number
    if ((status & STATUS.CUT) !== 0) this.cut.note(number)
    if (length > LONGEST_FRAME && records.linkType.get(row) === ETHERNET) this.oversize.note(number, length)
    if ((status & STATUS.NO_TIME) === 0) this.time(number, records.seconds.get(row), records.nanoseconds.get(row))
    if ((status & STATUS.REPEATED) !== 0) return
    if ((protocols & PROTOCOL.TCP) === 0) return
    this.segment(number)
    if (this.tried < SAMPLE && (status & STATUS.CUT) === 0) this.checksum(number)
  }

  private time(number: number, seconds: number, nanoseconds: number): void {
    const { latest } = this,
      back = (latest.seconds - seconds) * 1e9 + latest.nanoseconds - nanoseconds
    if (back > 0) this.clock.note(number, back)
    else this.latest = { seconds, nanoseconds }
  }

  private segment(number: number): void {
    const { columns } = this.trace,
      row = number - 1,
      stream = columns.stream.get(row) - 1,
      flags = columns.tcp.flags.get(row),
      analysis = columns.tcp.analysis.get(row)
    if (stream < 0 || stream >= this.streams.length) return
    const opens = (flags & SYN) !== 0 && (flags & ACK) === 0
    this.streams[stream] =
      (this.streams[stream] ?? 0) |
      ((flags & SYN) !== 0 ? SEEN_SYN : 0) |
      ((analysis & MARK.REVERSE) !== 0 ? SEEN_REVERSE : SEEN_FORWARD) |
      (opens || (flags & RST) !== 0 ? 0 : SEEN_MORE)
    if ((analysis & (ANALYSIS.ACK_LOST_SEGMENT | ANALYSIS.LOST_SEGMENT)) !== 0) this.holes.note(number)
  }

  /** A sender that leaves the checksum to its network card has written the sum of the pseudo header alone; the card completes it after the capture. */
  private checksum(number: number): void {
    const { packet, tree } = this.trace.dissectHeaders(number),
      node = tree.find(TCP),
      { netSource, pseudoDestination } = packet
    if (node < 0 || (tree.source[node] ?? 0) !== 0 || packet.fragmented) return
    if (netSource.kind !== 'ipv4' && netSource.kind !== 'ipv6') return
    const bytes = this.trace.frame(number),
      start = tree.start(node),
      total = (((bytes[start + 12] ?? 0) >> 4) & 15) * 4 + this.trace.columns.tcp.length.get(number - 1)
    if (start + total > bytes.length) return
    const size = netSource.kind === 'ipv4' ? 4 : 16
    const pseudo =
      internetSum(
        netSource.bytes,
        netSource.at,
        netSource.at + size,
        internetSum(pseudoDestination.bytes, pseudoDestination.at, pseudoDestination.at + size),
      ) +
      IPPROTO_TCP +
      (total >>> 16) +
      (total & 0xffff)
    this.tried++
    if (internetChecksum(bytes, start, start + total, pseudo) === 0) return
    const sent = ((bytes[start + 16] ?? 0) << 8) | (bytes[start + 17] ?? 0)
    const evidence = sent === foldSum(pseudo) ? this.partial : this.wrong
    evidence.note(number)
    if (evidence === this.partial) this.partialFrom.add(this.trace.columns.addresses.text(this.trace.columns.sourceAddress.get(number - 1)))
  }

  /** What was found, limits first. `dropped`: packets lost while recording; null where the file does not say. */
  findings(dropped: number | null, damaged: boolean): readonly HealthFinding[] {
    const { packets, cut, oversize, holes, clock, partial, wrong, tried } = this
    const all: HealthFinding[] = [...this.connections()]
    if (packets > 0) {
      all.push(judge('cut', cut, packets))
      if (oversize.count > 0) all.push(judge('oversize', oversize, packets))
      if (holes.count > 0) all.push(judge('holes', holes, packets))
      all.push(judge('clock', clock, packets))
    }
    if (damaged) all.push(finding('damage', 'limit', 1, 1))
    if (dropped === null) all.push(finding('drops', 'unknown', 0, packets))
    else all.push(finding('drops', dropped > 0 ? 'limit' : 'proof', dropped, packets))
    if (tried > 0) {
      const [only = ''] = this.partialFrom
      if (partial.count > 0) all.push({ ...judge('offload', partial, tried), address: this.partialFrom.size === 1 ? only : '' })
      if (wrong.count > 0 || partial.count === 0) all.push(judge('checksums', wrong, tried))
    }
    const order = { limit: 0, unknown: 1, proof: 2 } as const
    return all.sort((a, b) => order[a.verdict] - order[b.verdict])
  }

  private *connections(): Iterable<HealthFinding> {
    const { tcp } = this.trace.conversations,
      late = new Evidence(),
      oneWay = new Evidence()
    let seen = 0
    for (const [stream, bits] of this.streams.entries()) {
      if (bits === 0) continue
      seen++
      const first = tcp.firstFrame(stream)
      if ((bits & SEEN_SYN) === 0) late.note(first)
      // a request to connect that nobody answers is no sign of a side that was not captured
      if ((bits & SEEN_MORE) !== 0 && (bits & (SEEN_FORWARD | SEEN_REVERSE)) !== (SEEN_FORWARD | SEEN_REVERSE)) oneWay.note(first)
    }
    if (seen === 0) return
    yield judge('handshakes', late, seen)
    yield judge('one-way', oneWay, seen)
  }
}

function judge(subject: HealthSubject, { count, worst, frames }: Evidence, total: number): HealthFinding {
  return { subject, verdict: count > 0 ? 'limit' : 'proof', count, total, amount: worst, frames, address: '' }
}

function finding(subject: HealthSubject, verdict: HealthFinding['verdict'], count: number, total: number): HealthFinding {
  return { subject, verdict, count, total, amount: 0, frames: [], address: '' }
}

/** How often something was seen, where first, and how bad the worst was. */
class Evidence {
  count = 0
  worst = 0
  readonly frames: number[] = []
  note(number: number, amount = 0): void {
    this.count++
    if (amount > this.worst) this.worst = amount
    if (this.frames.length < SHOWN) this.frames.push(number)
  }
}
