// Address Resolution Protocol (RFC 826), Reverse ARP (RFC 903), Inverse ARP (RFC 2390), and IPv4 address conflict detection (RFC 5227).
// Typed addresses exist for Ethernet + IPv4 only; other families use the untyped *.hw and *.proto fields. Not covered: ATM ARP, AX.25 addresses.
import { etherText, hex, ipv4Text } from '../../bytes/text'
import { bool, bytes, defineProtocol, defineState, ether, expert, framenum, ipv4, u16, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
import { ARP_HARDWARE, ARP_OPERATIONS } from '../../values/arp'
import { ETHERTYPES } from '../../values/ethertypes'

const REQUEST = 1,
  REPLY = 2,
  REVERSE_REQUEST = 3,
  REVERSE_REPLY = 4,
  INVERSE_REQUEST = 8,
  INVERSE_REPLY = 9

/** Hardware type of ATM, its header's length, and the protocol type of PPP. */
const ATM = 0x13,
  ATM_HEADER = 12,
  PPP = 0x880b

const fields = {
  'arp.hw.type': u16('Hardware type', { values: ARP_HARDWARE }),
  'arp.proto.type': u16('Protocol type', { base: 'hex', values: ETHERTYPES }),
  'arp.hw.size': u8('Hardware size'),
  'arp.proto.size': u8('Protocol size'),
  'arp.opcode': u16('Opcode', { values: ARP_OPERATIONS }),
  'arp.isgratuitous': bool('Is gratuitous', { generated: true }),
  'arp.isprobe': bool('Is probe', { generated: true }),
  'arp.isannouncement': bool('Is announcement', { generated: true }),
  'arp.src.hw_mac': ether('Sender MAC address'),
  'arp.src.hw': bytes('Sender hardware address'),
  'arp.src.proto_ipv4': ipv4('Sender IP address'),
  'arp.src.proto': bytes('Sender protocol address'),
  'arp.dst.hw_mac': ether('Target MAC address'),
  'arp.dst.hw': bytes('Target hardware address'),
  'arp.dst.proto_ipv4': ipv4('Target IP address'),
  'arp.dst.proto': bytes('Target protocol address'),
  'arp.duplicate-address-frame': framenum('Frame showing earlier use of IP address', { generated: true }),
  'arp.seconds-since-duplicate-address-frame': u32('Seconds since earlier frame seen', { generated: true }),
  'arp.duplicate-address-detected': expert('warning', 'sequence', 'Duplicate IP address configured'),
} as const
type Ids = FieldIds<typeof fields>

/** Who used an IP address last. */
interface Use {
  mac: string
  frame: number
  seconds: number
}
/** An address used by two stations: the user before, as seen from one frame. */
interface Conflict {
  readonly address: string
  readonly mac: string
  readonly otherMac: string
  readonly frame: number
  readonly since: number
}
const USES = defineState('arp.uses', () => ({ users: new Map<string, Use>(), conflicts: new Map<number, Conflict[]>() }))

export const arp = defineProtocol({
  name: 'arp',
  title: 'Address Resolution Protocol',
  short: 'ARP',
  accepts: { ethertype: [0x0806, 0x8035] },
  fields,
  decode(d, f) {
    d.setProtocol('ARP')
    d.setInfo('')
    if (d.peek16() === ATM && (d.peek16(d.at + 2) === 0x0800 || d.peek16(d.at + 2) === PPP)) requireAtm(d)
    const start = d.at,
      hardware = d.u16(f['arp.hw.type']),
      protocol = d.u16(f['arp.proto.type']),
      hardwareSize = d.u8(f['arp.hw.size']),
      protocolSize = d.u8(f['arp.proto.size']),
      operation = d.u16(f['arp.opcode'])
    const mac = (hardware === 1 || hardware === 6) && hardwareSize === 6,
      ip = protocol === 0x0800 && protocolSize === 4
    const senderHardware = start + 8,
      sender = senderHardware + hardwareSize,
      targetHardware = sender + protocolSize,
      target = targetHardware + hardwareSize
    if (operation === REVERSE_REQUEST || operation === REVERSE_REPLY) d.setProtocol('RARP')
    else if (operation === INVERSE_REQUEST || operation === INVERSE_REPLY) d.setProtocol('Inverse ARP')
    d.require(target + protocolSize - d.at)
    const isSame = ip && d.sameBytes(sender, target, protocolSize),
      asks = operation === REQUEST
    const isProbe = ip && asks && d.peek32(sender) === 0 && d.peek32(target) !== 0
    const isGratuitous = isSame && d.peek32(sender) !== 0 && (asks || operation === REPLY)
    const isAnnouncement = isGratuitous && asks && hardwareSize > 0 && isZero(d, targetHardware, hardwareSize)
    const conflicts = mac && ip && (asks || operation === REPLY) ? detect(d, operation, senderHardware, sender, targetHardware, target) : []
    if (d.summary)
      info(
        d,
        operation,
        { mac, ip, senderHardware, sender, targetHardware, target, hardwareSize, protocolSize, isProbe, isGratuitous, isAnnouncement },
        conflicts,
      )
    if (d.labels) d.tree.labels[d.layerNode] = `Address Resolution Protocol (${title(operation, isProbe, isGratuitous, isAnnouncement)})`
    if (isGratuitous) d.generated(f['arp.isgratuitous'], 1)
    if (isProbe) d.generated(f['arp.isprobe'], 1)
    if (isAnnouncement) d.generated(f['arp.isannouncement'], 1)
    if (hardwareSize) d.span(mac ? f['arp.src.hw_mac'] : f['arp.src.hw'], hardwareSize)
    if (protocolSize) d.span(ip ? f['arp.src.proto_ipv4'] : f['arp.src.proto'], protocolSize)
    if (hardwareSize) d.span(mac ? f['arp.dst.hw_mac'] : f['arp.dst.hw'], hardwareSize)
    if (protocolSize) d.span(ip ? f['arp.dst.proto_ipv4'] : f['arp.dst.proto'], protocolSize)
    d.layerEnds(d.at)
    for (const conflict of conflicts) conflictRows(d, f, conflict, sender)
    d.end = d.at
  },
})

/** ATM's own form (RFC 2225, 8): numbers and subaddresses have a length each, which must be there. */
function requireAtm(d: Decoder): void {
  const start = d.at
  let length = ATM_HEADER
  for (const at of [4, 5, 9, 10]) length += d.peek8(start + at) & 0x3f
  d.chainName('atmarp')
  d.require(length + d.peek8(start + 8) + d.peek8(start + 11))
}

function isZero(d: Decoder, at: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (d.peek8(at + i)) return false
  return true
}

/** Remembers who uses which address; finds addresses that another station used before. */
function detect(
  d: Decoder,
  operation: number,
  senderHardware: number,
  sender: number,
  targetHardware: number,
  target: number,
): readonly Conflict[] {
  const state = d.state(USES),
    number = d.packet.number
  if (d.first) {
    const found =
      use(d, state.users, sender, senderHardware) ?? (operation === REPLY ? use(d, state.users, target, targetHardware) : undefined)
    if (found) state.conflicts.set(number, [found])
  }
  return state.conflicts.get(number) ?? []
}
function use(d: Decoder, users: Map<string, Use>, addressAt: number, macAt: number): Conflict | undefined {
  if (d.peek32(addressAt) === 0 || isZero(d, macAt, 6) || (d.peek8(macAt) & 1) !== 0) return undefined
  const address = ipv4Text(d.bytes, addressAt),
    mac = etherText(d.bytes, macAt),
    known = users.get(address),
    { number, seconds } = d.packet
  if (!known) {
    users.set(address, { mac, frame: number, seconds })
    return undefined
  }
  if (known.mac !== mac) return { address, mac, otherMac: known.mac, frame: known.frame, since: seconds - known.seconds }
  known.frame = number
  known.seconds = seconds
  return undefined
}

function conflictRows(d: Decoder, f: Ids, conflict: Conflict, sender: number): void {
  d.note(
    sender,
    sender + 4,
    `Duplicate IP address detected for ${conflict.address} (${conflict.mac}) - also in use by ${conflict.otherMac} (frame ${conflict.frame})`,
  )
  d.markGenerated()
  const outer = d.enter()
  d.generated(f['arp.duplicate-address-frame'], conflict.frame, sender)
  if (d.labels) d.appendLabel('')
  d.expert(f['arp.duplicate-address-detected'], sender, sender + 4, `Duplicate IP address configured (${conflict.address})`, d.last)
  d.generated(f['arp.seconds-since-duplicate-address-frame'], conflict.since, sender)
  d.leave(outer)
}

interface Addresses {
  readonly mac: boolean
  readonly ip: boolean
  readonly senderHardware: number
  readonly sender: number
  readonly targetHardware: number
  readonly target: number
  readonly hardwareSize: number
  readonly protocolSize: number
  readonly isProbe: boolean
  readonly isGratuitous: boolean
  readonly isAnnouncement: boolean
}

function info(d: Decoder, operation: number, a: Addresses, conflicts: readonly Conflict[]): void {
  const hardware = (at: number) =>
    a.hardwareSize === 0 ? '<No address>' : a.mac ? etherText(d.bytes, at) : hex(d.bytes, '', at, at + a.hardwareSize)
  const protocol = (at: number) =>
    a.protocolSize === 0 ? '<No address>' : a.ip ? ipv4Text(d.bytes, at) : hex(d.bytes, '', at, at + a.protocolSize)
  switch (operation) {
    case REQUEST:
      if (a.isAnnouncement) d.setInfo(`ARP Announcement for ${protocol(a.target)}`)
      else if (a.isGratuitous) d.setInfo(`Gratuitous ARP for ${protocol(a.target)} (Request)`)
      else if (a.isProbe) d.setInfo(`Who has ${protocol(a.target)}? (ARP Probe)`)
      else d.setInfo(`Who has ${protocol(a.target)}? Tell ${protocol(a.sender)}`)
      break
    case REPLY:
      d.setInfo(
        a.isGratuitous ? `Gratuitous ARP for ${protocol(a.sender)} (Reply)` : `${protocol(a.sender)} is at ${hardware(a.senderHardware)}`,
      )
      break
    case REVERSE_REQUEST:
    case INVERSE_REQUEST:
      d.setInfo(`Who is ${hardware(a.targetHardware)}? Tell ${hardware(a.senderHardware)}`)
      break
    case REVERSE_REPLY:
      d.setInfo(`${hardware(a.targetHardware)} is at ${protocol(a.target)}`)
      break
    case INVERSE_REPLY:
      d.setInfo(`${hardware(a.senderHardware)} is at ${protocol(a.sender)}`)
      break
    default:
      d.setInfo(ARP_OPERATIONS[operation] ?? `Unknown ARP opcode 0x${operation.toString(16).padStart(4, '0')}`)
  }
  for (const conflict of conflicts) d.appendInfo(` (duplicate use of ${conflict.address} detected!)`)
}

function title(operation: number, isProbe: boolean, isGratuitous: boolean, isAnnouncement: boolean): string {
  if (isAnnouncement) return 'ARP Announcement'
  if (isProbe) return 'ARP Probe'
  const name = ARP_OPERATIONS[operation] ?? `opcode 0x${operation.toString(16).padStart(4, '0')}`
  return isGratuitous ? `${name}/gratuitous ARP` : name
}
