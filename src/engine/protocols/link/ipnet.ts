// Solaris' capture of packets between zones (LINKTYPE_IPNET): a header of 24 octets in front of IPv4 or IPv6.
import { defineProtocol, u16, u32, u8 } from '../../dissect/define'

/** Address families of Solaris, as IP versions. */
const VERSIONS: Readonly<Record<number, number>> = { 2: 4, 26: 6 }

export const ipnet = defineProtocol({
  name: 'ipnet',
  title: 'Solaris IPNET',
  short: 'IPNET',
  accepts: { linktype: [226] },
  fields: {
    'ipnet.version': u8('Header version'),
    'ipnet.family': u8('Address family', { values: { 2: 'IPv4', 26: 'IPv6' } }),
    'ipnet.htype': u16('Hook type', { values: { 0: 'Inbound', 1: 'Outbound', 2: 'Local' } }),
    'ipnet.pktlen': u32('Data length'),
    'ipnet.ifindex': u32('Interface index'),
    'ipnet.grifindex': u32('Group interface index'),
    'ipnet.zsrc': u32('Source Zone ID'),
    'ipnet.zdst': u32('Destination Zone ID'),
  },
  decode(d, f) {
    d.setProtocol('IPNET')
    d.setInfo('')
    d.u8(f['ipnet.version'])
    const version = VERSIONS[d.u8(f['ipnet.family'])]
    d.u16(f['ipnet.htype'])
    for (const name of ['pktlen', 'ifindex', 'grifindex', 'zsrc', 'zdst'] as const) d.u32(f[`ipnet.${name}`])
    d.layerEnds(d.at)
    if (version === undefined || !d.next('ip.version', version)) d.data()
  },
})
