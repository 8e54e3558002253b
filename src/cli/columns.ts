// The seven columns of the summary line, as text.
import { etherText, ipv4Text, ipv6Text } from '../engine/service/terminal'
import type { Address, PacketContext, Trace } from '../engine/service/terminal'
import type { Options } from './options'
import { absoluteText, elapsedText } from './times'
import type { Instant } from './times'

/** Titles as _ws.col.TITLE fields name them. */
export const COLUMN_TITLES = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'] as const

/** Makes the columns of one packet after another. */
export class Columns {
  private readonly options: Options
  private readonly trace: Trace
  /** Packets that have a time: the first, the one before the present one, the one shown last, the present one; 0 = none. */
  private first = 0
  private previousCaptured = 0
  private previousDisplayed = 0
  private current = 0

  constructor(trace: Trace, options: Options) {
    this.trace = trace
    this.options = options
  }

  /** To be called for every packet of the file, in order. */
  begin(number: number, hasTime: boolean): void {
    if (!hasTime) return
    this.previousCaptured = this.current
    this.current = number
    if (this.first === 0) this.first = number
  }

  /** To be called after a packet was shown. */
  shown(): void {
    this.previousDisplayed = this.current
  }

  /** Cells of the packet that was dissected last. */
  cells(): string[] {
    const decoder = this.trace.decoder,
      packet = decoder.packet
    return [
      String(packet.number),
      this.time(packet),
      addressText(packet.source),
      addressText(packet.destination),
      decoder.protocolColumn,
      String(packet.originalLength),
      decoder.infoColumn,
    ]
  }

  private time(packet: PacketContext): string {
    if (!packet.hasTime) return ''
    const options = this.options,
      digits = this.digits(packet.interfaceIndex),
      now = this.instant(this.current),
      hms = options.seconds === 'hms'
    switch (options.time) {
      case 'r':
        return elapsedText(this.instant(this.first), now, digits, hms)
      case 'd':
        return elapsedText(this.instant(this.previousCaptured), now, digits, hms)
      case 'dd':
        return elapsedText(this.instant(this.previousDisplayed), now, digits, hms)
      default:
        return absoluteText(options.time, now, digits, zoneOffsetMinutes)
    }
  }

  /** When a packet came; the present one for 0. */
  private instant(number: number): Instant {
    const { trace } = this,
      frame = number === 0 ? this.current : number
    return { seconds: trace.seconds(frame), nanoseconds: trace.nanoseconds(frame) }
  }

  /** Decimals of an interface's clock. */
  private digits(interfaceIndex: number): number {
    const resolution = this.trace.reader.interfaces[interfaceIndex]?.timeResolution
    if (!resolution) return 6
    const decimals = resolution.base === 10 ? resolution.exponent : Math.ceil(resolution.exponent * Math.log10(2))
    return Math.min(9, Math.max(0, decimals))
  }
}

function zoneOffsetMinutes(seconds: number): number {
  return -new Date(seconds * 1000).getTimezoneOffset()
}

/** Text of an endpoint. */
export function addressText(address: Address): string {
  switch (address.kind) {
    case 'none':
      return ''
    case 'ether':
      return etherText(address.bytes, address.at)
    case 'ipv4':
      return ipv4Text(address.bytes, address.at)
    case 'ipv6':
      return ipv6Text(address.bytes, address.at)
    case 'text':
      return address.text
  }
}
