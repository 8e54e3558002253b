// Frames of protocol version 1, the short frames of 802.11ah (IEEE 802.11-2020, 9.8): QoS data with one short identifier (SID).
// Not covered: their other types, whose rows end with the frame control field.
import { etherText } from '../../../bytes/text'
import { bool, setAddress, u16 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const flag = (label: string, mask: number) => bool(label, { bits: 16, mask, names: ['True', 'False'] })

/** Fields that only these frames have. */
export const VERSION_1_FIELDS = {
  'wlan.fc.ptid': u16('PTID', { base: 'hex', mask: 0x00e0 }),
  'wlan.fc.from_ds': flag('From DS', 0x0100),
  'wlan.fc.more_fragments': flag('More Fragments', 0x0200),
  'wlan.fc.power_management': flag('Power Management', 0x0400),
  'wlan.fc.more_data': flag('More Data', 0x0800),
  'wlan.fc.protected_frame': flag('Protected Frame', 0x1000),
  'wlan.fc.end_of_service_period': flag('End of Service Period', 0x2000),
  'wlan.fc.relayed_frame': flag('Relayed Frame', 0x4000),
  'wlan.fc.ack_policy': flag('Ack Policy', 0x8000),
  'wlan.fc.sid': u16('SID', { base: 'hex' }),
  'wlan.fc.sid.association_id': u16('Association ID', { base: 'hex', mask: 0x1fff }),
  'wlan.fc.sid.a3_present': flag('A3 Present', 0x2000),
  'wlan.fc.sid.a4_present': flag('A4 Present', 0x4000),
  'wlan.fc.sid.a_msdu': flag('A MSDU', 0x8000),
} as const

/** What these frames need of the fields that all 802.11 frames share. */
export type Version1Ids = FieldIds<typeof VERSION_1_FIELDS> & {
  readonly 'wlan.fc': FieldId<'u16'>
  readonly 'wlan.fc.version': FieldId<'u8'>
  readonly 'wlan.fc.type': FieldId<'u8'>
  readonly 'wlan.frag': FieldId<'u16'>
  readonly 'wlan.seq': FieldId<'u16'>
} & Readonly<Record<'wlan.ra' | 'wlan.ta' | 'wlan.da' | 'wlan.sa' | 'wlan.addr', FieldId<'ether'>>> &
  Readonly<
    Record<'wlan.ra_resolved' | 'wlan.ta_resolved' | 'wlan.da_resolved' | 'wlan.sa_resolved' | 'wlan.addr_resolved', FieldId<'string'>>
  >

const WITH_ONE_SID = 0

function address(d: Decoder, f: Version1Ids, role: 'ra' | 'ta' | 'da' | 'sa', column: 'source' | 'destination'): void {
  const at = d.at,
    text = etherText(d.bytes, at)
  d.require(6)
  setAddress(d.packet[column], 'ether', d.bytes, at)
  d.range(f[`wlan.${role}`], at, at + 6)
  d.range(f['wlan.addr'], at, at + 6)
  d.generatedValue(f[`wlan.${role}_resolved`], text, at, at + 6)
  d.generatedValue(f['wlan.addr_resolved'], text, at, at + 6)
  d.skip(6)
}

function shortIdentifier(d: Decoder, f: Version1Ids, words: string): number {
  const at = d.at
  d.require(2)
  d.note(at, at + 2, words)
  const outer = d.enter(),
    value = d.u16le(f['wlan.fc.sid']),
    row = d.last,
    inner = d.enter()
  for (const name of ['association_id', 'a3_present', 'a4_present', 'a_msdu'] as const) d.bits(f[`wlan.fc.sid.${name}`], at, at + 2, value)
  d.leave(inner)
  if (d.labels)
    for (const [mask, text] of [
      [0x2000, 'A3 Present'],
      [0x4000, 'A4 Present'],
      [0x8000, 'A MSDU'],
    ] as const)
      if (value & mask) d.appendLabel(`, ${text}`, row)
  d.leave(outer)
  return value
}

/** A frame of version 1 from its frame control field on. */
export function version1(d: Decoder, f: Version1Ids): void {
  const start = d.at,
    control = d.u16le(f['wlan.fc']),
    type = (control >> 2) & 7,
    outer = d.enter(),
    fromDs = (control & 0x100) !== 0,
    hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`
  const name = type === WITH_ONE_SID ? 'PV1 QoS Data - with one SID' : 'PV1 frame'
  if (d.labels) d.tree.labels[d.layerNode] = `IEEE 802.11 ${name}`
  if (d.summary) d.setInfo(name)
  d.add(f['wlan.fc.version'], start, start + 2, 1)
  d.tree.setObject(d.last, hex(1))
  d.add(f['wlan.fc.type'], start, start + 2, type)
  d.tree.setObject(d.last, hex(type))
  if (d.labels) d.label(`Type: ${name} (0x${type.toString(16)})`)
  for (const field of [
    'ptid',
    'from_ds',
    'more_fragments',
    'power_management',
    'more_data',
    'protected_frame',
    'end_of_service_period',
    'relayed_frame',
    'ack_policy',
  ] as const)
    d.bits(f[`wlan.fc.${field}`], start, start + 2, control)
  d.leave(outer)
  if (type !== WITH_ONE_SID) {
    d.data()
    return
  }
  let identifier = 0
  if (fromDs) {
    identifier = shortIdentifier(d, f, 'Receiver SID')
    address(d, f, 'ta', 'source')
  } else {
    address(d, f, 'ra', 'destination')
    identifier = shortIdentifier(d, f, 'Transmitter SID')
  }
  const at = d.at,
    sequence = d.peek16le()
  d.require(2)
  d.note(at, at + 2, 'Sequence Control')
  const inner = d.enter()
  d.bits(f['wlan.frag'], at, at + 2, sequence)
  d.bits(f['wlan.seq'], at, at + 2, sequence)
  d.leave(inner)
  d.skip(2)
  if (identifier & 0x2000) address(d, f, 'da', 'destination')
  if (identifier & 0x4000) address(d, f, 'sa', 'source')
  d.layerEnds(d.at)
}
