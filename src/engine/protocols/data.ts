// Bytes that no protocol here knows: Wireshark's "data".
import { bytes, defineProtocol, i32 } from '../dissect/define'

export const data = defineProtocol({
  name: 'data',
  title: 'Data',
  short: 'DATA',
  accepts: { dissector: ['data'], media_type: ['application/octet-stream'] },
  fields: { 'data.data': bytes('Data'), 'data.len': i32('Length', { generated: true }) },
  decode(d, f) {
    const length = d.leftCaptured
    if (length === 0) return false
    if (d.labels) d.label(`Data (${length} byte${length === 1 ? '' : 's'})`)
    d.layerEnds(d.at + length)
    d.span(f['data.data'], length)
    d.generated(f['data.len'], length)
    return undefined
  },
})
