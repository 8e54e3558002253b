// Wireshark's own filterable names for problems and expert information, and the severity and group codes that its _ws.expert fields carry.
import type { ExpertGroup, Severity } from './field'
import { addField } from './registry'

/** Code of _ws.expert.severity by name (Wireshark's PI_ severities). */
export const SEVERITY_CODES: Record<Severity, number> = {
  comment: 0x00100000,
  chat: 0x00200000,
  note: 0x00400000,
  warning: 0x00600000,
  error: 0x00800000,
}
/** Code of _ws.expert.group by name (Wireshark's PI_ groups). */
export const GROUP_CODES: Record<ExpertGroup, number> = {
  checksum: 0x01000000,
  sequence: 0x02000000,
  response: 0x03000000,
  request: 0x04000000,
  undecoded: 0x05000000,
  reassemble: 0x06000000,
  malformed: 0x07000000,
  debug: 0x08000000,
  protocol: 0x09000000,
  security: 0x0a000000,
  comments: 0x0b000000,
  decryption: 0x0c000000,
  assumption: 0x0d000000,
  deprecated: 0x0e000000,
  receive: 0x0f000000,
  interface: 0x10000000,
}
const severityNames: Record<number, string> = {
  0x00100000: 'Comment',
  0x00200000: 'Chat',
  0x00400000: 'Note',
  0x00600000: 'Warning',
  0x00800000: 'Error',
}
const groupNames: Record<number, string> = {
  0x01000000: 'Checksum',
  0x02000000: 'Sequence',
  0x03000000: 'Response',
  0x04000000: 'Request',
  0x05000000: 'Undecoded',
  0x06000000: 'Reassemble',
  0x07000000: 'Malformed',
  0x08000000: 'Debug',
  0x09000000: 'Protocol',
  0x0a000000: 'Security',
  0x0b000000: 'Comment',
  0x0c000000: 'Decryption',
  0x0d000000: 'Assumption',
  0x0e000000: 'Deprecated',
  0x0f000000: 'Receive',
  0x10000000: 'Interface',
}

export const TEXT = addField('_ws.text', { type: 'none', label: '' }, '_ws')
export const SHORT = addField('_ws.short', { type: 'protocol', label: 'Packet size limited during capture' }, '_ws')
export const MALFORMED = addField('_ws.malformed', { type: 'protocol', label: 'Malformed packet' }, '_ws')
/** The expert item under MALFORMED. */
export const MALFORMED_EXPERT = addField(
  '_ws.malformed.expert',
  { type: 'expert', label: 'Malformed Packet (Exception occurred)', severity: 'error', group: 'malformed' },
  '_ws',
)
export const UNREASSEMBLED = addField('_ws.unreassembled', { type: 'protocol', label: 'Unreassembled fragmented packet' }, '_ws')
export const BUG = addField('_ws.malformed.dissector_bug', { type: 'none', label: 'Dissector bug' }, '_ws')
export const EXPERT = addField('_ws.expert', { type: 'protocol', label: 'Expert Info' }, '_ws')
export const EXPERT_MESSAGE = addField('_ws.expert.message', { type: 'string', label: 'Message' }, '_ws')
export const EXPERT_SEVERITY = addField(
  '_ws.expert.severity',
  { type: 'u32', label: 'Severity level', base: 'dec', values: severityNames },
  '_ws',
)
export const EXPERT_GROUP = addField('_ws.expert.group', { type: 'u32', label: 'Group', base: 'dec', values: groupNames }, '_ws')

/** Severity code as 0 none, 1 chat (or comment), 2 note, 3 warning, 4 error. */
export function severityLevel(code: number): number {
  return code >= 0x00800000 ? 4 : code >= 0x00600000 ? 3 : code >= 0x00400000 ? 2 : code > 0 ? 1 : 0
}
