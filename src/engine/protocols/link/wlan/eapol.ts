// EAP over LANs (IEEE 802.1X-2020, 11): packets of EAP, and keys (eapol-key.ts). Not covered: contents of logoff alerts, MKA and announcements.
import { bytes, defineProtocol, u16, u8 } from '../../../dissect/define'
import { KEY_FIELDS, readKey } from './eapol-key'

const EAP_PACKET = 0,
  KEY = 3
const TYPES: Readonly<Record<number, string>> = {
  0: 'EAP Packet',
  1: 'Start',
  2: 'Logoff',
  3: 'Key',
  4: 'Encapsulated ASF Alert',
  5: 'MKA',
  6: 'Announcement (Generic)',
  7: 'Announcement (Specific)',
  8: 'Announcement Request',
}
const VERSIONS: Readonly<Record<number, string>> = { 1: '802.1X-2001', 2: '802.1X-2004', 3: '802.1X-2010' }

export const eapol = defineProtocol({
  name: 'eapol',
  title: '802.1X Authentication',
  short: 'EAPOL',
  accepts: { ethertype: [0x888e, 0x88c7] },
  fields: {
    'eapol.version': u8('Version', { values: VERSIONS }),
    'eapol.type': u8('Type', { values: TYPES }),
    'eapol.len': u16('Length'),
    'eapol.keydes.type': u8('Key Descriptor Type', { values: { 1: 'RC4 Descriptor', 2: 'EAPOL RSN Key', 254: 'EAPOL WPA Key' } }),
    'eapol.keydes.body': bytes('Key Descriptor Body'),
    ...KEY_FIELDS,
  },
  decode(d, f) {
    const start = d.at
    d.setProtocol('EAPOL')
    d.setInfo('')
    d.u8(f['eapol.version'])
    const type = d.u8(f['eapol.type'])
    if (d.summary) d.setInfo(TYPES[type] ?? `Unknown Type (0x${type.toString(16).padStart(2, '0')})`)
    const length = d.u16(f['eapol.len'])
    // what follows is the padding of a short Ethernet frame
    d.end = Math.min(d.end, start + 4 + length)
    if (type === EAP_PACKET) {
      d.layerEnds(d.at)
      if (d.left > 0) d.next('eapol.type', EAP_PACKET)
      d.at = d.end
    } else if (type === KEY) {
      const descriptor = d.u8(f['eapol.keydes.type'])
      if (!readKey(d, f, descriptor) && d.left > 0) d.span(f['eapol.keydes.body'], d.left)
    } else if (d.left > 0) d.data()
    d.layerEnds(d.at)
  },
})
