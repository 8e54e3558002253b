// The frame: what the capture file says of a packet, before any protocol. Not covered here: the link layers themselves (link/), which are
// found by LINKTYPE_ number in the table 'linktype'.
import { absoluteTime, bool, defineProtocol, framenum, relativeTime, string, u32 } from '../dissect/define'

export const frame = defineProtocol({
  name: 'frame',
  title: 'Frame',
  short: 'Frame',
  fields: {
    'frame.interface_id': u32('Interface id'),
    'frame.time': absoluteTime('Arrival Time'),
    'frame.time_epoch': relativeTime('Epoch Time'),
    'frame.number': u32('Frame Number'),
    'frame.len': u32('Frame Length', { unit: ' bytes' }),
    'frame.cap_len': u32('Capture Length', { unit: ' bytes' }),
    'frame.marked': bool('Frame is marked', { generated: true }),
    'frame.ignored': bool('Frame is ignored', { generated: true }),
    'frame.ref_time': framenum('This is a Time Reference frame', { generated: true }),
    'frame.protocols': string('Protocols in frame', { generated: true }),
  },
  decode(d, f) {
    const p = d.packet
    d.time(f['frame.time'], p.seconds, p.nanoseconds, 0, 0, false)
    d.add(f['frame.number'], 0, 0, p.number)
    d.add(f['frame.len'], 0, 0, p.originalLength)
    d.add(f['frame.cap_len'], 0, 0, p.capturedLength)
    d.generatedValue(f['frame.protocols'], '', 0)
    const protocols = d.last
    d.layerEnds(d.end)
    if (!d.next('linktype', p.linkType, 0)) d.data(0)
    d.tree.setObject(protocols, d.tree.chain.slice(1).join(':'))
  },
})
