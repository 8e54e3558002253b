// Fields that the packet index answers without dissection, written as digits straight into the output buffer.
import { COLUMN_PROTOCOL, FLOW_BASE, STATUS, TCP_MARK, tcpTracker } from '../engine/service/terminal'
import type { Column, Trace } from '../engine/service/terminal'
import type { FieldSettings } from './options'
import type { Output } from './output'

/** Writes the values of one field of the packet that was visited last; false when it has none. Room in the buffer was made. */
export type Cell = (row: number) => boolean

/** Bytes that one cell needs at most, without separators. */
export const CELL_ROOM = 128

const ACK = 16,
  SYN = 2,
  FIN = 1

/** Makes the cell of a field, or undefined for a field that needs dissection. */
export function columnCell(name: string, trace: Trace, out: Output, settings: FieldSettings): Cell | undefined {
  return new Cells(trace, out, settings).make(name)
}

class Cells {
  private readonly trace: Trace
  private readonly out: Output
  private readonly settings: FieldSettings
  private readonly aggregator: Uint8Array
  /** Texts of addresses by number. */
  private readonly texts: (Uint8Array | undefined)[] = []

  constructor(trace: Trace, out: Output, settings: FieldSettings) {
    this.trace = trace
    this.out = out
    this.settings = settings
    this.aggregator = Buffer.from(settings.aggregator)
  }

  make(name: string): Cell | undefined {
    const { trace, out } = this,
      { records, columns } = trace,
      { tcp } = columns,
      protocols = columns.protocols
    const uint = (value: number): true => {
      writeUint(out, value)
      return true
    }
    const flag =
      (bit: number): Cell =>
      (row) =>
        (protocols.get(row) & COLUMN_PROTOCOL.TCP) === 0 ? false : uint(tcp.flags.get(row) & bit ? 1 : 0)
    switch (name) {
      case 'frame.number':
        return (row) => uint(row + 1)
      case 'frame.len':
        return (row) => uint(records.originalLength.get(row))
      case 'frame.cap_len':
        return (row) => uint(records.capturedLength.get(row))
      case 'frame.time_epoch':
        return (row) => this.hasTime(row) && writeTime(out, records.seconds.get(row), records.nanoseconds.get(row))
      case 'frame.time_relative':
        return (row) => this.hasTime(row) && this.elapsed(row, 0)
      case 'frame.time_delta':
        return (row) => this.hasTime(row) && this.elapsed(row, Math.max(0, row - 1))
      case 'ip.src':
        return this.address(COLUMN_PROTOCOL.IPV4, columns.sourceAddress)
      case 'ip.dst':
        return this.address(COLUMN_PROTOCOL.IPV4, columns.destinationAddress)
      case 'ip.addr':
        return this.both(
          COLUMN_PROTOCOL.IPV4,
          (row) => {
            this.text(columns.sourceAddress.get(row))
          },
          (row) => {
            this.text(columns.destinationAddress.get(row))
          },
        )
      case 'ipv6.src':
        return this.address(COLUMN_PROTOCOL.IPV6, columns.sourceAddress)
      case 'ipv6.dst':
        return this.address(COLUMN_PROTOCOL.IPV6, columns.destinationAddress)
      case 'ipv6.addr':
        return this.both(
          COLUMN_PROTOCOL.IPV6,
          (row) => {
            this.text(columns.sourceAddress.get(row))
          },
          (row) => {
            this.text(columns.destinationAddress.get(row))
          },
        )
      case 'tcp.srcport':
        return this.number(COLUMN_PROTOCOL.TCP, columns.sourcePort)
      case 'tcp.dstport':
        return this.number(COLUMN_PROTOCOL.TCP, columns.destinationPort)
      case 'tcp.port':
        return this.both(
          COLUMN_PROTOCOL.TCP,
          (row) => {
            writeUint(out, columns.sourcePort.get(row))
          },
          (row) => {
            writeUint(out, columns.destinationPort.get(row))
          },
        )
      case 'udp.srcport':
        return this.number(COLUMN_PROTOCOL.UDP, columns.sourcePort)
      case 'udp.dstport':
        return this.number(COLUMN_PROTOCOL.UDP, columns.destinationPort)
      case 'udp.port':
        return this.both(
          COLUMN_PROTOCOL.UDP,
          (row) => {
            writeUint(out, columns.sourcePort.get(row))
          },
          (row) => {
            writeUint(out, columns.destinationPort.get(row))
          },
        )
      case 'tcp.stream':
        return (row) => (protocols.get(row) & COLUMN_PROTOCOL.TCP) !== 0 && uint(columns.stream.get(row) - 1)
      case 'udp.stream':
        return (row) => (protocols.get(row) & COLUMN_PROTOCOL.UDP) !== 0 && uint(columns.stream.get(row) - 1)
      case 'tcp.len':
        return this.number(COLUMN_PROTOCOL.TCP, tcp.length)
      case 'tcp.seq_raw':
        return this.number(COLUMN_PROTOCOL.TCP, tcp.sequence)
      case 'tcp.ack_raw':
        return this.number(COLUMN_PROTOCOL.TCP, tcp.acknowledgment)
      case 'tcp.window_size_value':
        return this.number(COLUMN_PROTOCOL.TCP, tcp.window)
      case 'tcp.flags':
        return (row) => (protocols.get(row) & COLUMN_PROTOCOL.TCP) !== 0 && writeHex4(out, tcp.flags.get(row))
      case 'tcp.flags.fin':
        return flag(FIN)
      case 'tcp.flags.syn':
        return flag(SYN)
      case 'tcp.flags.reset':
        return flag(4)
      case 'tcp.flags.push':
        return flag(8)
      case 'tcp.flags.ack':
        return flag(ACK)
      case 'tcp.flags.urg':
        return flag(32)
      case 'tcp.flags.ece':
        return flag(64)
      case 'tcp.flags.cwr':
        return flag(128)
      case 'tcp.flags.ae':
        return flag(256)
      default:
        return this.relative(name)
    }
  }

  /** Sequence numbers counted from the first of their direction, as known when the packet is visited. */
  private relative(name: string): Cell | undefined {
    const { trace, out } = this,
      { columns } = trace,
      { tcp, protocols, stream } = columns,
      { flows } = tcpTracker(trace.session)
    const base = (row: number, back: 0 | 1) =>
      flows.get((stream.get(row) - 1) * 2 + (((tcp.analysis.get(row) & TCP_MARK.REVERSE) === 0 ? 0 : 1) ^ back), FLOW_BASE)
    const sequence = (row: number) => (tcp.sequence.get(row) - base(row, 0)) >>> 0
    const cell =
      (value: (row: number) => number): Cell =>
      (row) => {
        if ((protocols.get(row) & COLUMN_PROTOCOL.TCP) === 0) return false
        writeUint(out, value(row))
        return true
      }
    switch (name) {
      case 'tcp.seq':
        return cell(sequence)
      case 'tcp.nxtseq':
        return cell((row) => (sequence(row) + tcp.length.get(row) + (tcp.flags.get(row) & (SYN | FIN) ? 1 : 0)) >>> 0)
      case 'tcp.ack':
        return cell((row) => (tcp.flags.get(row) & ACK ? (tcp.acknowledgment.get(row) - base(row, 1)) >>> 0 : tcp.acknowledgment.get(row)))
      default:
        return undefined
    }
  }

  private number(bit: number, column: Pick<Column<Uint32Array>, 'get'>): Cell {
    const { out, trace } = this,
      { protocols } = trace.columns
    return (row) => {
      if ((protocols.get(row) & bit) === 0) return false
      writeUint(out, column.get(row))
      return true
    }
  }

  private address(bit: number, column: Pick<Column<Uint32Array>, 'get'>): Cell {
    const { protocols } = this.trace.columns
    return (row) => {
      if ((protocols.get(row) & bit) === 0) return false
      this.text(column.get(row))
      return true
    }
  }

  /** A field that occurs once for the source and once for the destination. */
  private both(bit: number, first: (row: number) => void, second: (row: number) => void): Cell {
    const { protocols } = this.trace.columns,
      { occurrence } = this.settings
    return (row) => {
      if ((protocols.get(row) & bit) === 0) return false
      if (occurrence !== 'l') first(row)
      if (occurrence === 'a') writeBytes(this.out, this.aggregator)
      if (occurrence !== 'f') second(row)
      return true
    }
  }

  private text(address: number): void {
    let text = this.texts[address]
    if (text === undefined) this.texts[address] = text = Buffer.from(this.trace.columns.addresses.text(address))
    writeBytes(this.out, text)
  }

  private hasTime(row: number): boolean {
    return (this.trace.records.status.get(row) & STATUS.NO_TIME) === 0
  }

  private elapsed(row: number, since: number): true {
    const { seconds, nanoseconds } = this.trace.records
    let s = seconds.get(row) - seconds.get(since),
      n = nanoseconds.get(row) - nanoseconds.get(since)
    if (n < 0 && s > 0) {
      s--
      n += 1e9
    }
    if (n > 0 && s < 0) {
      s++
      n -= 1e9
    }
    return writeTime(this.out, s, n)
  }
}

/** Copies a few bytes. */
export function writeBytes(out: Output, bytes: Uint8Array): void {
  const { buffer } = out
  let at = out.length
  for (let i = 0; i < bytes.length; i++) buffer[at++] = bytes[i] ?? 0
  out.length = at
}

function writeUint(out: Output, value: number): void {
  const { buffer } = out,
    start = out.length
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  out.length = start + digits
  let at = start + digits - 1
  while (value > 0xffff_ffff) {
    const rest = Math.floor(value / 10)
    buffer[at--] = 48 + (value - rest * 10)
    value = rest
  }
  // 32-bit arithmetic from here on
  let small = value >>> 0
  do {
    const rest = (small / 10) >>> 0
    buffer[at--] = 48 + (small - rest * 10)
    small = rest
  } while (at >= start)
}

const HEX = Buffer.from('0123456789abcdef')

function writeHex4(out: Output, value: number): true {
  const { buffer } = out
  let at = out.length
  buffer[at++] = 48
  buffer[at++] = 120
  for (let shift = 12; shift >= 0; shift -= 4) buffer[at++] = HEX[(value >> shift) & 15] ?? 48
  out.length = at
  return true
}

/** Seconds with nine decimals; both parts have the same sign. A fraction of more than a second, which a wrong file has, has ten, as in tshark. */
function writeTime(out: Output, seconds: number, nanoseconds: number): true {
  const { buffer } = out
  if (seconds < 0 || nanoseconds < 0) buffer[out.length++] = 45
  writeUint(out, Math.abs(seconds))
  let rest = Math.abs(nanoseconds) >>> 0
  const point = out.length,
    end = point + (rest < 1e9 ? 10 : 11)
  buffer[point] = 46
  for (let at = end - 1; at > point; at--) {
    const next = (rest / 10) >>> 0
    buffer[at] = 48 + (rest - next * 10)
    rest = next
  }
  out.length = end
  return true
}
