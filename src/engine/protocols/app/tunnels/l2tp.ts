// Layer Two Tunneling Protocol, version 2 (RFC 2661): data messages and the attributes of control messages. Not covered: values of attributes, version 3.
import { bool, defineProtocol, expert, none, u16 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Start_Control_Request',
  2: 'Start_Control_Reply',
  3: 'Start_Control_Connected',
  4: 'Stop_Control_Notification',
  6: 'Hello',
  7: 'Outgoing_Call_Request',
  8: 'Outgoing_Call_Reply',
  9: 'Outgoing_Call_Connected',
  10: 'Incoming_Call_Request',
  11: 'Incoming_Call_Reply',
  12: 'Incoming_Call_Connected',
  14: 'Call_Disconnect_Notification',
  15: 'WAN_Error_Notify',
  16: 'Set_Link_Info',
}
const present = (words: string) => [`${words} present`, `${words} not present`] as const

const fields = {
  'l2tp.flags': u16('Flags', { base: 'hex' }),
  'l2tp.type': u16('Type', { mask: 0x8000, values: { 0: 'Data Message', 1: 'Control Message' } }),
  'l2tp.length_bit': bool('Length Bit', { mask: 0x4000, bits: 16, names: present('Length field is') }),
  'l2tp.seq_bit': bool('Sequence Bit', { mask: 0x0800, bits: 16, names: present('Ns and Nr fields are') }),
  'l2tp.offset_bit': bool('Offset bit', { mask: 0x0200, bits: 16, names: present('Offset size field is') }),
  'l2tp.priority': bool('Priority', { mask: 0x0100, bits: 16, names: ['This data message has priority', 'No priority'] }),
  'l2tp.version': u16('Version', { mask: 0x000f }),
  'l2tp.length': u16('Length'),
  'l2tp.tunnel': u16('Tunnel ID'),
  'l2tp.session': u16('Session ID'),
  'l2tp.Ns': u16('Ns'),
  'l2tp.Nr': u16('Nr'),
  'l2tp.offset': u16('Offset'),
  'l2tp.offset_padding': none('Offset Padding'),
  'l2tp.avp.mandatory': bool('Mandatory', { mask: 0x8000, bits: 16, names: ['True', 'False'] }),
  'l2tp.avp.hidden': bool('Hidden', { mask: 0x4000, bits: 16, names: ['True', 'False'] }),
  'l2tp.avp.length': u16('Length', { mask: 0x03ff }),
  'l2tp.avp.vendor_id': u16('Vendor ID'),
  'l2tp.avp.type': u16('AVP Type'),
  'l2tp.zero_length_body_message': none('Zero Length Body message'),
  'l2tp.vendor_specific_avp_data': expert('warning', 'undecoded', 'Vendor-Specific AVP data'),
} as const

export const l2tp = defineProtocol({
  name: 'l2tp',
  title: 'Layer 2 Tunneling Protocol',
  short: 'L2TP',
  accepts: { 'udp.port': [1701] },
  fields,
  decode(d, f) {
    const start = d.at,
      flags = d.peek16(),
      control = (flags & 0x8000) !== 0
    if ((flags & 0x000f) !== 2) return false
    d.setProtocol('L2TP')
    d.setInfo('')
    d.u16(f['l2tp.flags'])
    const outer = d.enter()
    for (const name of ['type', 'length_bit', 'seq_bit', 'offset_bit', 'priority', 'version'] as const)
      d.bits(f[`l2tp.${name}`], start, start + 2, flags)
    d.leave(outer)
    if (flags & 0x4000) {
      const length = d.u16(f['l2tp.length'])
      if (length >= d.at - start && start + length < d.end) d.end = start + length
    }
    const tunnel = d.u16(f['l2tp.tunnel']),
      session = d.u16(f['l2tp.session'])
    if (d.summary) d.setInfo(`${control ? 'Control' : 'Data   '} Message ${control ? '' : ' '}(tunnel id=${tunnel}, session id=${session})`)
    if (flags & 0x0800) {
      d.u16(f['l2tp.Ns'])
      d.u16(f['l2tp.Nr'])
    }
    if (flags & 0x0200) {
      const size = d.u16(f['l2tp.offset'])
      if (size > 0) d.span(f['l2tp.offset_padding'], size)
    }
    if (control) {
      if (d.left <= 0) {
        d.range(f['l2tp.zero_length_body_message'], d.at, d.at)
        if (d.summary) d.setInfo(`Control Message - ZLB      (tunnel id=${tunnel}, session id=${session})`)
      }
      attributes(d, f, tunnel, session)
      return undefined
    }
    d.layerEnds(d.at)
    if (d.left > 0 && !d.next('l2tp.payload', 'ppp')) d.data()
    return undefined
  },
})

/** Attribute value pairs (RFC 2661, 4.1); the first names the message. */
function attributes(d: Decoder, f: FieldIds<typeof fields>, tunnel: number, session: number): void {
  while (d.left > 0) {
    const start = d.at,
      word = d.peek16(),
      length = word & 0x3ff,
      vendor = d.peek16(start + 2),
      type = d.peek16(start + 4)
    d.require(6)
    d.note(start, Math.min(start + Math.max(length, 6), d.readable), vendor === 0 && type === 0 ? 'Control Message AVP' : `AVP ${type}`)
    const outer = d.enter()
    d.bits(f['l2tp.avp.mandatory'], start, start + 2, word)
    d.bits(f['l2tp.avp.hidden'], start, start + 2, word)
    d.bits(f['l2tp.avp.length'], start, start + 2, word)
    d.skip(2)
    d.u16(f['l2tp.avp.vendor_id'])
    d.u16(f['l2tp.avp.type'])
    if (vendor === 0 && type === 0 && d.summary) {
      const message = d.peek16()
      d.setInfo(`Control Message - ${MESSAGES[message] ?? `Unknown (${message})`} (tunnel id=${tunnel}, session id=${session})`)
    }
    d.leave(outer)
    if (length < 6) return
    d.skip(length - 6)
  }
}
