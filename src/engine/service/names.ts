// Names for addresses from the capture itself: its DNS answers and its Name Resolution Blocks. Nothing is looked up anywhere else.
import { escapeText, etherText, ipv4Text, ipv6Text } from '../bytes/text'
import type { Decoder } from '../dissect/decoder'
import { fieldText, stringValue } from '../dissect/format'
import type { Address } from '../dissect/packet'
import { fieldByName } from '../dissect/registry'
import { PROTOCOL } from '../index/columns'
import type { OpenCapture } from './open-capture'

/** Text of an address without a name; '' for none. */
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
      return escapeText(address.text)
  }
}

/** Names of one capture; learnt as far as it is indexed when they are asked for. */
export class CaptureNames {
  private readonly byAddress = new Map<string, string>()
  private packetsSeen = 0
  private recordsSeen = 0
  private readonly capture: OpenCapture

  constructor(capture: OpenCapture) {
    this.capture = capture
  }

  /**
   * Learns from packets that were indexed since; stops early when `isTime` says so, and answers whether all is learnt.
   * Only DNS packets are dissected.
   */
  learn(isTime: () => boolean): boolean {
    this.learnRecords()
    const { capture } = this
    while (this.packetsSeen < capture.packets) {
      const number = ++this.packetsSeen
      if ((capture.trace.columns.protocols.get(number - 1) & PROTOCOL.DNS) === 0) continue
      this.learnPacket(capture.trace.dissect(number, { summary: false, labels: false }))
      if (isTime()) return false
    }
    return true
  }

  /** The name of an address as it is printed, or undefined. */
  nameOf(address: string): string | undefined {
    return this.byAddress.get(address)
  }

  private learnRecords(): void {
    const { nameRecords } = this.capture.trace.reader
    for (; this.recordsSeen < nameRecords.length; this.recordsSeen++) {
      const record = nameRecords[this.recordsSeen]
      const name = record?.names[0]
      if (record === undefined || name === undefined) continue
      const { kind, address } = record
      this.add(kind === 'ipv4' ? ipv4Text(address) : kind === 'ipv6' ? ipv6Text(address) : etherText(address), name)
    }
  }

  private learnPacket({ tree }: Decoder): void {
    const owner = fieldByName('dns.resp.name')?.id
    const ipv4 = fieldByName('dns.a')?.id
    const ipv6 = fieldByName('dns.aaaa')?.id
    let name = ''
    for (let node = 0; node < tree.count; node++) {
      const field = tree.field(node)
      if (field === owner) name = stringValue(tree, node)
      else if (name !== '' && (field === ipv4 || field === ipv6)) this.add(fieldText(tree, node), name)
    }
  }

  /** The first name stays: later ones are often aliases of servers that share the address. */
  private add(address: string, name: string): void {
    if (!this.byAddress.has(address)) this.byAddress.set(address, escapeText(name))
  }
}

/** Address or name for a column. */
export function displayAddress(address: Address, names: CaptureNames | undefined): string {
  const text = addressText(address)
  return names?.nameOf(text) ?? text
}

/** Keeps the names of each open capture while it is open. */
export class NameRegistry {
  private readonly known = new WeakMap<OpenCapture, CaptureNames>()

  of(capture: OpenCapture): CaptureNames {
    let names = this.known.get(capture)
    if (names === undefined) {
      names = new CaptureNames(capture)
      this.known.set(capture, names)
    }
    return names
  }
}
