// HTTP/3 (RFC 9114) inside QUIC: its fields are known by name, so that lists of fields and filters that ask for them are understood. Not covered: reading
// its frames, for which QUIC's streams would have to be put in order.
import { bytes, defineProtocol, u64 } from '../../../dissect/define'

export const http3 = defineProtocol({
  name: 'http3',
  title: 'Hypertext Transfer Protocol Version 3',
  short: 'HTTP3',
  firstVisit: 'none',
  fields: {
    'http3.stream_type': u64('Stream Type'),
    'http3.push_id': u64('Push ID'),
    'http3.frame_type': u64('Type'),
    'http3.frame_length': u64('Length'),
    'http3.frame_payload': bytes('Frame Payload'),
    'http3.settings.id': u64('Settings Identifier'),
    'http3.settings.value': u64('Settings Value'),
    'http3.settings.qpack.max_table_capacity': u64('Max Table Capacity'),
    'http3.settings.max_field_section_size': u64('Max header list size'),
    'http3.settings.qpack.blocked_streams': u64('Blocked Streams'),
  },
  decode() {
    return false
  },
})
