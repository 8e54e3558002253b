// Network Time Protocol, versions 1 to 4 (RFC 5905, 1305, 1119, 1059), with extension fields (RFC 7822, 8915). Control and private messages are in
// control.ts and private.ts.
//
//  0                   1                   2                   3
//  |LI | VN  |Mode |    Stratum    |     Poll      |  Precision   |
//  |                         Root Delay                           |
//  |                       Root Dispersion                        |
//  |                        Reference ID                          |
//  |   Reference, Origin, Receive, Transmit Timestamps (64 each)  |
//  |   Extension fields, Key Identifier, digest                   |
import { ipv4Text } from '../../../bytes/text'
import { defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { NTP_LEAP, NTP_MODES, NTP_REFERENCES, ntpVersion } from '../../../values/ntp'
import { controlMessage } from './control'
import { NTP_FIELDS } from './fields'
import type { NtpFields } from './fields'
import { privateMessage } from './private'
import { timestamp } from './timestamp'

const CONTROL = 6,
  PRIVATE = 7
/** Key identifier and the longest digest: what remains may be a digest, no extension field (RFC 7822). */
const LONGEST_MAC = 24
const SHORTEST_EXTENSION = 16

export const ntp = defineProtocol({
  name: 'ntp',
  title: 'Network Time Protocol',
  short: 'NTP',
  accepts: { 'udp.port': [123], 'tcp.port': [123] },
  firstVisit: 'none',
  fields: NTP_FIELDS,
  decode(d, f) {
    d.setProtocol('NTP')
    const flags = d.peek8(),
      version = ntpVersion((flags >> 3) & 7),
      mode = flags & 7,
      word = mode === CONTROL ? 'control' : mode === PRIVATE ? 'private' : (NTP_MODES[mode] ?? '')
    if (d.summary) d.setInfo(`${version}, ${word}`)
    if (d.labels) d.appendLabel(` (${version}, ${word})`, d.layerNode)
    if (mode === PRIVATE) privateMessage(d, f)
    else {
      flagsByte(d, f, flags, version)
      if (mode === CONTROL) controlMessage(d, f)
      else timeMessage(d, f)
    }
  },
})

function flagsByte(d: Decoder, f: NtpFields, flags: number, version: string): void {
  const { at } = d
  d.u8(f['ntp.flags'])
  if (d.labels) {
    d.appendLabel(`, Leap Indicator: ${NTP_LEAP[flags >> 6] ?? ''}, Version number: ${version}, Mode: ${NTP_MODES[flags & 7] ?? ''}`)
  }
  const outer = d.enter()
  d.bits(f['ntp.flags.li'], at, at + 1, flags)
  d.bits(f['ntp.flags.vn'], at, at + 1, flags)
  d.bits(f['ntp.flags.mode'], at, at + 1, flags)
  d.leave(outer)
}

function timeMessage(d: Decoder, f: NtpFields): void {
  const stratum = d.u8(f['ntp.stratum'])
  d.u8(f['ntp.ppoll'])
  d.u8(f['ntp.precision'])
  d.u32(f['ntp.rootdelay'])
  d.u32(f['ntp.rootdispersion'])
  d.span(f['ntp.refid'], 4)
  if (d.labels) d.label(`Reference ID: ${reference(d, d.at - 4, stratum)}`)
  timestamp(d, f['ntp.reftime'])
  timestamp(d, f['ntp.org'])
  timestamp(d, f['ntp.rec'])
  timestamp(d, f['ntp.xmt'])
  while (d.left > LONGEST_MAC) {
    const length = d.peek16(d.at + 2)
    if (length < SHORTEST_EXTENSION || length % 4 !== 0 || length > d.left) break
    extension(d, f, length)
  }
  if (d.left < 4) return
  d.span(f['ntp.keyid'], 4)
  if (d.left > 0) d.span(f['ntp.mac'], d.left)
}

/** What the reference identifier says: a source's name below stratum 2, else the address of the server that is followed. */
function reference(d: Decoder, at: number, stratum: number): string {
  if (d.peek32(at) === 0) return 'NULL'
  if (stratum > 1) return ipv4Text(d.bytes, at)
  const name = d.latin1(at, at + 4).replace(/\0+$/, ''),
    meaning = NTP_REFERENCES[name]
  return meaning === undefined ? `unidentified reference source '${name}'` : `${name} (${meaning})`
}

function extension(d: Decoder, f: NtpFields, length: number): void {
  const { at } = d
  d.range(f['ntp.ext'], at, at + length)
  const outer = d.enter()
  d.u16(f['ntp.ext.type'])
  d.u16(f['ntp.ext.length'])
  d.span(f['ntp.ext.value'], length - 4)
  d.leave(outer)
}
