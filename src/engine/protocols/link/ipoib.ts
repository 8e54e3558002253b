// IP over InfiniBand (RFC 4391, LINKTYPE_IPOIB): where the frame goes and the type of what follows.
import { defineProtocol, none, u16, u24 } from '../../dissect/define'

const GLOBAL_ROUTE = 40,
  ADDRESS = 20

export const ipoib = defineProtocol({
  name: 'ipoib',
  title: 'IP over Infiniband',
  short: 'IPoIB',
  accepts: { linktype: [242] },
  fields: {
    'ipoib.daddr.qpn': u24('Destination QPN', { base: 'hex' }),
    'ipoib.daddr': none('Destination address'),
    'ipoib.type': u16('Type', { base: 'hex' }),
    'ipoib.reserved': u16('Reserved', { base: 'hex' }),
  },
  decode(d, f) {
    d.setProtocol('IPoIB')
    d.setInfo('')
    d.require(GLOBAL_ROUTE + 4)
    // the first 20 octets are what the adapter puts before the address: the whole is as long as a global route header
    d.at += ADDRESS
    d.range(f['ipoib.daddr'], d.at, d.at + ADDRESS)
    const outer = d.enter()
    d.skip(1)
    d.u24(f['ipoib.daddr.qpn'])
    d.leave(outer)
    d.skip(ADDRESS - 4)
    const type = d.u16(f['ipoib.type'])
    d.u16(f['ipoib.reserved'])
    d.layerEnds(d.at)
    if (!d.next('ethertype', type)) d.data()
  },
})
