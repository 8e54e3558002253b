// Authentication of PPP: the Password Authentication Protocol (RFC 1334) and the Challenge Handshake Authentication Protocol (RFC 1994).
import { bytes, defineProtocol, none, string, u16, u8 } from '../../../dissect/define'
import { hex } from '../../../bytes/text'

const PAP_CODES: Readonly<Record<number, string>> = { 1: 'Authenticate-Request', 2: 'Authenticate-Ack', 3: 'Authenticate-Nak' }
const CHAP_CODES: Readonly<Record<number, string>> = { 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Failure' }

export const pap = defineProtocol({
  name: 'pap',
  title: 'PPP Password Authentication Protocol',
  short: 'PPP PAP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0xc023] },
  fields: {
    'pap.code': u8('Code', { values: PAP_CODES }),
    'pap.identifier': u8('Identifier'),
    'pap.length': u16('Length'),
    'pap.data': none('Data'),
    'pap.peer_id.length': u8('Peer-ID-Length'),
    'pap.peer_id': string('Peer-ID'),
    'pap.password.length': u8('Password-Length'),
    'pap.password': string('Password'),
    'pap.message.length': u8('Message-Length'),
    'pap.message': string('Message'),
    'pap.stuff': bytes('stuff'),
  },
  decode(d, f) {
    const start = d.at,
      code = d.peek8()
    d.setProtocol('PPP PAP')
    if (d.summary) d.setInfo(PAP_CODES[code] ?? 'Unknown')
    d.u8(f['pap.code'])
    d.u8(f['pap.identifier'])
    const length = d.u16(f['pap.length'])
    const answers = code === 2 || code === 3
    // an answer has the length of its message in any case, whatever the packet's own length says
    d.end = length <= 4 && answers ? d.end : Math.min(d.end, start + Math.max(4, length))
    d.layerEnds(d.end)
    if (length <= 4 && !answers) return
    if (length > 4) d.range(f['pap.data'], d.at, Math.min(d.end, d.readable))
    const outer = length > 4 ? d.enter() : d.parent
    const counted = (count: (typeof f)['pap.message.length'], field: (typeof f)['pap.message']) => {
      const size = d.u8(count),
        text = d.latin1(d.at, d.at + size)
      if (size > 0) d.span(field, size)
      return text
    }
    if (code === 1) {
      const user = counted(f['pap.peer_id.length'], f['pap.peer_id']),
        password = counted(f['pap.password.length'], f['pap.password'])
      if (d.summary) d.appendInfo(` (Peer-ID='${user}', Password='${password}')`)
    } else if (answers) {
      const message = counted(f['pap.message.length'], f['pap.message'])
      if (d.summary) d.appendInfo(` (Message='${message}')`)
    } else d.span(f['pap.stuff'], d.left)
    d.leave(outer)
  },
})

export const chap = defineProtocol({
  name: 'chap',
  title: 'PPP Challenge Handshake Authentication Protocol',
  short: 'PPP CHAP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0xc223] },
  fields: {
    'chap.code': u8('Code', { values: CHAP_CODES }),
    'chap.identifier': u8('Identifier'),
    'chap.length': u16('Length'),
    'chap.data': none('Data'),
    'chap.value_size': u8('Value Size'),
    'chap.value': bytes('Value'),
    'chap.name': string('Name'),
    'chap.message': string('Message'),
    'chap.stuff': bytes('Stuff'),
  },
  decode(d, f) {
    const start = d.at,
      code = d.peek8()
    d.setProtocol('PPP CHAP')
    if (d.summary) d.setInfo(CHAP_CODES[code] ?? 'Unknown')
    d.u8(f['chap.code'])
    d.u8(f['chap.identifier'])
    const length = d.u16(f['chap.length'])
    d.end = Math.min(d.end, start + Math.max(4, length))
    d.layerEnds(d.end)
    if (code === 1 || code === 2) {
      if (d.left <= 0) return
      d.range(f['chap.data'], d.at, Math.min(d.end, d.readable))
      const outer = d.enter(),
        size = Math.min(d.u8(f['chap.value_size']), d.left),
        value = hex(d.slice(d.at, d.at + size))
      if (size > 0) d.span(f['chap.value'], size)
      const name = d.latin1(d.at, d.end)
      if (d.left > 0) d.span(f['chap.name'], d.left)
      if (d.summary) d.appendInfo(` (NAME='${name}', VALUE=0x${value})`)
      d.leave(outer)
    } else if (code === 3 || code === 4) {
      const message = d.latin1(d.at, d.end)
      if (d.summary) d.appendInfo(` (MESSAGE='${message}')`)
      if (d.left > 0) d.span(f['chap.message'], d.left)
    } else if (d.left > 0) d.span(f['chap.stuff'], d.left)
  },
})
