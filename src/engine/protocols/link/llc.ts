// Logical Link Control (IEEE 802.2, ISO 8802-2) with the Subnetwork Access Protocol (IEEE 802, RFC 1042).
// Not covered: XID formats other than the basic one, HP extended LLC, U-format fields of FRMR.
import { bool, defineProtocol, u16, u24, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
import { ETHERTYPES } from '../../values/ethertypes'
import { LLC_SAPS, LLC_UNNUMBERED } from '../../values/llc'
import { vendorName } from '../../values/vendors'

const SNAP = 0xaa,
  EXCHANGE_IDENTIFICATION = 0xac,
  BASIC_FORMAT = 0x81
const SUPERVISORY: readonly (readonly [string, string])[] = [
  ['RR', 'Receiver ready'],
  ['RNR', 'Receiver not ready'],
  ['REJ', 'Reject'],
  ['SREJ', 'Selective reject'],
]
const sapBits = { base: 'custom', mask: 0xfe, format: (value: number) => LLC_SAPS[value << 1] ?? 'Unknown' } as const
const pid = (label = 'PID') => u16(label, { base: 'hex' })

const fields = {
  'llc.dsap': u8('DSAP', { base: 'hex', values: LLC_SAPS }),
  'llc.dsap.sap': u8('SAP', sapBits),
  'llc.dsap.ig': bool('IG Bit', { mask: 0x01, names: ['Group', 'Individual'] }),
  'llc.ssap': u8('SSAP', { base: 'hex', values: LLC_SAPS }),
  'llc.ssap.sap': u8('SAP', sapBits),
  'llc.ssap.cr': bool('CR Bit', { mask: 0x01, names: ['Response', 'Command'] }),
  'llc.control': u16('Control field', { base: 'hex' }),
  'llc.control.n_r': u16('N(R)', { mask: 0xfe00 }),
  'llc.control.n_s': u16('N(S)', { mask: 0x00fe }),
  'llc.control.p': bool('Poll', { bits: 8 }),
  'llc.control.f': bool('Final', { bits: 8 }),
  'llc.control.s_ftype': u16('Supervisory frame type', {
    base: 'hex',
    mask: 0x000c,
    values: { 0: 'Receiver ready', 1: 'Receiver not ready', 2: 'Reject', 3: 'Selective reject' },
  }),
  'llc.control.u_modifier_cmd': u8('Command', { base: 'hex' }),
  'llc.control.u_modifier_resp': u8('Response', { base: 'hex' }),
  'llc.control.ftype': u16('Frame type', {
    base: 'hex',
    values: { 0: 'Information frame', 1: 'Supervisory frame', 3: 'Unnumbered frame' },
  }),
  'llc.type': u16('Type', { base: 'hex', values: ETHERTYPES }),
  'llc.oui': u24('Organization Code'),
  'llc.pid': pid('Protocol ID'),
  'llc.bluetooth_pid': pid(),
  'llc.foundry_pid': pid(),
  'llc.wlccp_pid': pid(),
  'llc.force10_pid': pid(),
  'llc.nortel_pid': pid(),
  'llc.cisco_pid': u16('PID', {
    base: 'hex',
    values: {
      0x0102: 'DRiP',
      0x0104: 'PAgP',
      0x0105: 'MLS Hello',
      0x010b: 'PVSTP+',
      0x010c: 'VLAN Bridge',
      0x0111: 'UDLD',
      0x0115: 'MCP',
      0x0135: 'Dynamic Trunking Protocol',
      0x2000: 'CDP',
      0x2001: 'CGMP',
      0x2003: 'VTP',
      0x2004: 'DTP',
    },
  }),
  'llc.apple_atalk_pid': pid(),
  'llc.apple_awdl_pid': pid(),
  'llc.extreme_pid': pid(),
  'llc.iana_pid': pid(),
  'basicxid.llc.xid.format': u8('Format', { base: 'hex' }),
  'basicxid.llc.xid.types': u8('Classes', { base: 'hex' }),
  'basicxid.llc.xid.wsize': u8('Window Size'),
} as const
type Ids = FieldIds<typeof fields>

/** Protocol identifier fields of organizations, which are also the names of their dispatch tables. */
const PIDS: Readonly<Record<number, keyof typeof fields>> = {
  0x00000c: 'llc.cisco_pid',
  0x080007: 'llc.apple_atalk_pid',
  0x000081: 'llc.nortel_pid',
  0x00e02b: 'llc.extreme_pid',
  0x00e052: 'llc.foundry_pid',
  0x00005e: 'llc.iana_pid',
  0x004096: 'llc.wlccp_pid',
  0x0001e8: 'llc.force10_pid',
  0x001958: 'llc.bluetooth_pid',
  0x0017f2: 'llc.apple_awdl_pid',
}

export const llc = defineProtocol({
  name: 'llc',
  title: 'Logical-Link Control',
  short: 'LLC',
  accepts: {
    linktype: [11, 13, 100],
    'ethernet.8023': ['llc'],
    'sll.ltype': [4],
    ethertype: [0x8870],
    'wlan.data': ['llc'],
    'ppp.protocol': [0x0281],
  },
  fields,
  decode(d, f) {
    const start = d.at
    d.setProtocol('LLC')
    d.setInfo('')
    const dsap = d.u8(f['llc.dsap']),
      ssapAt = d.at
    let outer = d.enter()
    d.bits(f['llc.dsap.sap'], start, start + 1, dsap)
    d.bits(f['llc.dsap.ig'], start, start + 1, dsap)
    d.leave(outer)
    const ssap = d.u8(f['llc.ssap'])
    outer = d.enter()
    d.bits(f['llc.ssap.sap'], ssapAt, ssapAt + 1, ssap)
    d.bits(f['llc.ssap.cr'], ssapAt, ssapAt + 1, ssap)
    d.leave(outer)
    const isResponse = (ssap & 1) === 1,
      control = readControl(d, f, isResponse)
    if (dsap === SNAP && ssap === SNAP) {
      snap(d, f, control)
      return
    }
    if (d.summary) {
      d.setInfo(
        `${control.text}; DSAP ${LLC_SAPS[dsap & 0xfe] ?? `0x${(dsap & 0xfe).toString(16).padStart(2, '0')}`} ${dsap & 1 ? 'Group' : 'Individual'}, SSAP ${LLC_SAPS[ssap & 0xfe] ?? `0x${(ssap & 0xfe).toString(16).padStart(2, '0')}`} ${isResponse ? 'Response' : 'Command'}`,
      )
    }
    d.layerEnds(d.at)
    if (d.left <= 0) return
    if (control.information && d.next('llc.dsap', dsap)) return
    if (control.identification && d.peek8() === BASIC_FORMAT) identification(d, f)
    else d.data()
  },
})

/** What a station says of itself (ISO 8802-2, 5.4.1.1.2): the classes of procedures and the size of its window. */
function identification(d: Decoder, f: Ids): void {
  d.u8(f['basicxid.llc.xid.format'])
  d.u8(f['basicxid.llc.xid.types'])
  d.u8(f['basicxid.llc.xid.wsize'])
  d.layerEnds(d.at)
}

interface Control {
  readonly text: string
  /** Whether the frame carries a payload for a protocol above. */
  readonly information: boolean
  /** Whether stations exchange identification in it. */
  readonly identification: boolean
}

/** The control field: one octet for unnumbered frames, else two, least significant first (ISO 8802-2, 5.2). */
function readControl(d: Decoder, f: Ids, isResponse: boolean): Control {
  const at = d.at,
    octet = d.peek8()
  d.require(1)
  const flagField = isResponse ? f['llc.control.f'] : f['llc.control.p'],
    flagLetter = isResponse ? ' F' : ' P',
    flagName = isResponse ? 'Final' : 'Poll'
  if ((octet & 3) === 3) {
    const modifier = octet & 0xec,
      names = LLC_UNNUMBERED[modifier],
      flag = (octet & 0x10) !== 0
    const text = `U${flag ? flagLetter : ''}, func=${names?.[0] ?? 'Unknown'}`
    d.add(f['llc.control'], at, at + 1, octet)
    if (d.labels) d.label(`Control field: ${text} (0x${octet.toString(16).toUpperCase().padStart(2, '0')})`)
    const outer = d.enter()
    d.add(isResponse ? f['llc.control.u_modifier_resp'] : f['llc.control.u_modifier_cmd'], at, at + 1, modifier >> 2)
    if (d.labels)
      d.label(
        `${picture(octet, 0xec, 8)} = ${isResponse ? 'Response' : 'Command'}: ${names?.[1] ?? 'Unknown'} (0x${(modifier >> 2).toString(16).padStart(2, '0')})`,
      )
    if (flag) {
      d.add(flagField, at, at + 1, 1)
      if (d.labels) d.label(`${picture(octet, 0x10, 8)} = ${flagName}: Set`)
    }
    d.add(f['llc.control.ftype'], at, at + 1, 3)
    d.tree.setObject(d.last, '0x03')
    if (d.labels) d.label(`${picture(octet, 0x03, 8)} = Frame type: Unnumbered frame (0x3)`)
    d.leave(outer)
    d.skip(1)
    return { text, information: modifier === 0, identification: modifier === EXCHANGE_IDENTIFICATION }
  }
  d.require(2)
  const control = d.peek16le(at),
    supervisory = (control & 1) === 1,
    flag = (control & 0x100) !== 0,
    received = control >> 9,
    sent = (control >> 1) & 0x7f
  const kind = SUPERVISORY[(control >> 2) & 3] ?? ['', '']
  const text = supervisory
    ? `S${flag ? flagLetter : ''}, func=${kind[0]}, N(R)=${received}`
    : `I${flag ? ' P' : ''}, N(R)=${received}, N(S)=${sent}`
  d.add(f['llc.control'], at, at + 2, control)
  if (d.labels) d.label(`Control field: ${text} (0x${control.toString(16).toUpperCase().padStart(4, '0')})`)
  const outer = d.enter()
  d.bits(f['llc.control.n_r'], at, at + 2, control)
  if (!supervisory) d.bits(f['llc.control.n_s'], at, at + 2, control)
  if (flag) {
    d.add(flagField, at, at + 2, 1)
    if (d.labels) d.label(`${picture(control, 0x100, 16)} = ${flagName}: Set`)
  }
  if (supervisory) d.bits(f['llc.control.s_ftype'], at, at + 2, control)
  d.add(f['llc.control.ftype'], at, at + 2, supervisory ? 1 : 0)
  if (d.labels)
    d.label(
      `${picture(control, supervisory ? 3 : 1, 16)} = Frame type: ${supervisory ? 'Supervisory frame (0x1)' : 'Information frame (0x0)'}`,
    )
  d.leave(outer)
  d.skip(2)
  return { text, information: !supervisory, identification: false }
}

function snap(d: Decoder, f: Ids, control: Control): void {
  const oui = d.u24(f['llc.oui']),
    vendor = vendorName(oui),
    kind = d.peek16()
  if (d.labels)
    d.label(
      `Organization Code: ${[oui >> 16, (oui >> 8) & 255, oui & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}${vendor ? ` (${vendor})` : ''}`,
    )
  if (d.summary) {
    d.setInfo(
      `${control.text}; SNAP, OUI 0x${oui.toString(16).toUpperCase().padStart(6, '0')} (${vendor ?? 'Unknown'}), PID 0x${kind.toString(16).toUpperCase().padStart(4, '0')}`,
    )
  }
  const isEthertype = oui === 0x000000 || oui === 0x0000f8,
    name = isEthertype && control.information ? 'llc.type' : (PIDS[oui] ?? 'llc.pid')
  if (!control.information) {
    d.layerEnds(d.at)
    d.data()
    return
  }
  d.u16(f[name as 'llc.type'])
  d.layerEnds(d.at)
  if (d.left <= 0) return
  // bridged frames (RFC 2684, 5.2): Ethernet with and without its check sequence
  if (oui === 0x0080c2 && (kind === 1 || kind === 7) && d.next('linktype', 1)) return
  if (d.next(isEthertype ? 'ethertype' : name, kind)) return
  d.data()
}

function picture(value: number, mask: number, bits: number): string {
  let text = ''
  for (let bit = bits - 1; bit >= 0; bit--)
    text += ((mask >> bit) & 1 ? String((value >> bit) & 1) : '.') + (bit % 4 === 0 && bit > 0 ? ' ' : '')
  return text
}
