// FTP (RFC 959, 2228, 2428): commands, replies, the current directory, and the data connections that they announce.
// Not covered: the binary protection of RFC 2228 other than TLS; EPRT and LPRT announce nothing (see docs/parity-notes/text-protocols.md).
import { asciiValue, printable } from '../../../bytes/printable'
import { ipv4Text } from '../../../bytes/text'
import {
  announceConversation,
  announcementOf,
  bool,
  defineProtocol,
  expert,
  framenum,
  ipv4,
  ipv6,
  progressOf,
  string,
  u16,
  u32,
  u8,
} from '../../../dissect/define'
import { startTls } from '../../../dissect/start-tls'
import type { Decoder, Progress } from '../../../dissect/define'
import { isDigits, lineAt, tokenAt } from '../../../dissect/lines'
import type { Line } from '../../../dissect/lines'
import type { Address } from '../../../dissect/packet'
import { fieldById, protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { EPRT_FAMILIES, FTP_REPLIES } from '../../../values/ftp'
import { addressBytes, extendedAddress, extendedPort, hostPort } from './ftp-addresses'
import type { HostPort } from './ftp-addresses'
import { CONTROL, changed, dataOf, rememberData } from './ftp-state'
import type { ControlState } from './ftp-state'

const FIELDS = {
  'ftp.request': bool('Request', { hidden: true }),
  'ftp.response': bool('Response', { hidden: true }),
  'ftp.request.command': string('Request command'),
  'ftp.request.arg': string('Request arg'),
  'ftp.response.code': u32('Response code', { values: FTP_REPLIES }),
  'ftp.response.arg': string('Response arg'),
  'ftp.passive.ip': ipv4('Passive IP address'),
  'ftp.passive.port': u16('Passive port'),
  'ftp.passive.nat': bool('Passive IP NAT'),
  'ftp.active.cip': ipv4('Active IP address'),
  'ftp.active.port': u16('Active port'),
  'ftp.active.nat': bool('Active IP NAT'),
  'ftp.eprt.af': u8('Extended active address family', { values: EPRT_FAMILIES }),
  'ftp.eprt.ip': ipv4('Extended active IP address'),
  'ftp.eprt.ipv6': ipv6('Extended active IPv6 address'),
  'ftp.eprt.port': u16('Extended active port'),
  'ftp.eprt.args_invalid': expert('warning', 'malformed', 'EPRT arguments must have the form: |<family>|<addr>|<port>|'),
  'ftp.epsv.ip': ipv4('Extended passive IPv4 address', { generated: true }),
  'ftp.epsv.ipv6': ipv6('Extended passive IPv6 address', { generated: true }),
  'ftp.epsv.port': u16('Extended passive port'),
  'ftp.epsv.args_invalid': expert('warning', 'malformed', 'EPSV arguments must have the form (|||<port>|)'),
  'ftp.response.pwd.invalid': expert('error', 'malformed', 'Invalid PWD response'),
  'ftp.current-working-directory': string('Current working directory', { generated: true }),
} as const
type Ids = FieldIds<typeof FIELDS>

export const ftp = defineProtocol({
  name: 'ftp',
  title: 'File Transfer Protocol (FTP)',
  short: 'FTP',
  accepts: { 'tcp.port': [21] },
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, CONTROL),
      start = d.at,
      isRequest = d.packet.destinationPort === 21 || (d.packet.sourcePort !== 21 && d.packet.direction === 0),
      line = lineAt(d, start)
    d.setProtocol('FTP')
    if (d.summary) d.setInfo(`${isRequest ? 'Request' : 'Response'}: ${printable(d.latin1(start, line.end))}`)
    d.add(f['ftp.request'], start, start, isRequest ? 1 : 0)
    d.add(f['ftp.response'], start, start, isRequest ? 0 : 1)
    d.note(start, line.next, d.labels ? printable(d.latin1(start, line.next)) : '')
    const outer = d.enter()
    if (isRequest) request(d, f, progress, start, line.end)
    else reply(d, f, progress, start, line)
    d.leave(outer)
    if (d.labels) {
      for (let at = line.next; at < d.readable;) {
        const { next } = lineAt(d, at)
        d.note(at, next, printable(d.latin1(at, next)))
        at = next
      }
    }
    directoryRow(d, f['ftp.current-working-directory'], progress.now.directory)
    if (d.first) progress.keep(d.packet.number)
    d.at = d.end
  },
})

/** A row beside the protocol's own. */
function directoryRow(d: Decoder, field: Ids['ftp.current-working-directory'], directory: string): void {
  const { parent } = d
  d.parent = -1
  d.generatedValue(field, directory, 0, 0)
  d.parent = parent
}

function set(progress: Progress<ControlState>, change: Partial<ControlState>): void {
  progress.now = { ...progress.now, ...change }
}

function request(d: Decoder, f: Ids, progress: Progress<ControlState>, start: number, end: number): void {
  const token = tokenAt(d, start, end),
    name = d.latin1(start, token.end)
  if (name !== '') d.value(f['ftp.request.command'], start, token.end, asciiValue(name))
  if (token.next < end) d.value(f['ftp.request.arg'], token.next, end, asciiValue(d.latin1(token.next, end)))
  const { data } = progress.now,
    { number } = d.packet
  // the first command after the announcement says what the data connection carries
  if (data && d.first && data.command === '') {
    data.command = asciiValue(d.latin1(start, end))
    data.commandFrame = number
  }
  let wanted: string | undefined
  if (name === 'CWD') wanted = asciiValue(d.latin1(Math.min(token.end + 1, end), end))
  else if (name === 'CDUP') wanted = '..'
  const tlsAsked = name === 'AUTH' && /^(TLS|SSL|TLS-C|TLS-P)\b/i.test(d.latin1(token.next, end))
  if (data || wanted !== progress.now.wanted || tlsAsked !== progress.now.tlsAsked) set(progress, { wanted, tlsAsked, data: undefined })
  if (name === 'PORT') {
    const to = hostPort(d, token.next, end)
    if (to) active(d, f, progress, to)
  } else if (name === 'EPRT') eprt(d, f, token.next, end)
}

function active(d: Decoder, f: Ids, progress: Progress<ControlState>, to: HostPort): void {
  d.range(f['ftp.active.cip'], to.start, to.portStart - 1)
  d.tree.setObject(d.last, to.address)
  d.add(f['ftp.active.port'], to.portStart, to.end, to.port)
  if (!isAddress(d.packet.netSource, to.address)) d.add(f['ftp.active.nat'], to.start, to.portStart - 1, 1)
  announce(d, progress, 'PORT', to.address, to.port, 20)
}

function eprt(d: Decoder, f: Ids, start: number, end: number): void {
  const to = extendedAddress(d, start, end),
    bytes = to && addressBytes(to.address)
  if (!to || !bytes || bytes.length !== (to.family === 1 ? 4 : 16)) {
    invalid(d, f['ftp.eprt.args_invalid'], start, end)
    return
  }
  d.add(f['ftp.eprt.af'], to.familyStart, to.familyStart + 1, to.family)
  d.range(to.family === 1 ? f['ftp.eprt.ip'] : f['ftp.eprt.ipv6'], to.addressStart, to.portStart - 1)
  d.tree.setObject(d.last, bytes)
  d.add(f['ftp.eprt.port'], to.portStart, to.end, to.port)
}

/** A row of the remark's own, with the remark below it. */
function invalid(d: Decoder, field: Ids['ftp.eprt.args_invalid'], start: number, end: number): void {
  d.note(start, end, fieldById(field).label)
  const outer = d.enter()
  d.expert(field, start, end)
  d.leave(outer)
}

function reply(d: Decoder, f: Ids, progress: Progress<ControlState>, start: number, line: Line): void {
  const { end } = line,
    hasCode = end - start >= 3 && isDigits(d, start, start + 3),
    code = hasCode ? Number(d.latin1(start, start + 3)) : 0,
    text = hasCode ? Math.min(start + 4, end) : start
  if (hasCode) {
    d.add(f['ftp.response.code'], start, start + 3, code)
    if (code === 257) path(d, f, progress, start, text, end)
  }
  if (text < end) d.value(f['ftp.response.arg'], text, end, asciiValue(d.latin1(text, end)))
  const { wanted, tlsAsked } = progress.now
  if (code === 250 && wanted !== undefined) set(progress, { directory: changed(progress.now.directory, wanted) })
  else if (code === 227) passive(d, f, progress, text, end)
  else if (code === 229) extendedPassive(d, f, progress, text, end)
  else if (code === 234 && tlsAsked) startTls(d, 'ftp')
}

/** The path of a 257 reply: quoted, with quotes inside doubled. */
function path(d: Decoder, f: Ids, progress: Progress<ControlState>, start: number, text: number, end: number): void {
  const directory = /^[^"]*"((?:[^"]|"")+)"(?!")/.exec(d.latin1(text, end))?.[1]
  if (directory === undefined) {
    const outer = d.enter()
    d.expert(f['ftp.response.pwd.invalid'], start, end)
    d.leave(outer)
  } else set(progress, { directory: asciiValue(directory.replace(/""/g, '"')) })
}

function passive(d: Decoder, f: Ids, progress: Progress<ControlState>, start: number, end: number): void {
  const to = hostPort(d, start, end)
  if (!to) return
  d.range(f['ftp.passive.ip'], to.start, to.portStart - 1)
  d.tree.setObject(d.last, to.address)
  d.add(f['ftp.passive.port'], to.portStart, to.end, to.port)
  if (!isAddress(d.packet.netSource, to.address)) d.add(f['ftp.passive.nat'], to.start, to.portStart - 1, 1)
  announce(d, progress, 'PASV', to.address, to.port, 0)
}

function extendedPassive(d: Decoder, f: Ids, progress: Progress<ControlState>, start: number, end: number): void {
  const to = extendedPort(d, start, end),
    { netSource } = d.packet
  if (!to) {
    invalid(d, f['ftp.epsv.args_invalid'], start, end)
    return
  }
  const size = netSource.kind === 'ipv6' ? 16 : 4,
    address = netSource.bytes.slice(netSource.at, netSource.at + size)
  d.generatedValue(size === 16 ? f['ftp.epsv.ipv6'] : f['ftp.epsv.ip'], address, to.start, to.start)
  d.add(f['ftp.epsv.port'], to.start, to.end, to.port)
  announce(d, progress, 'EPASV', address, to.port, 0)
}

function isAddress(address: Address, bytes: Uint8Array): boolean {
  return address.kind === 'ipv4' && ipv4Text(address.bytes, address.at) === ipv4Text(bytes)
}

/** The connection between `bytes`:`port` and the other side of this one will carry data. */
function announce(d: Decoder, progress: Progress<ControlState>, method: string, bytes: Uint8Array, port: number, peerPort: number): void {
  if (!d.first) return
  const kind = bytes.length === 4 ? 'ipv4' : 'ipv6',
    address: Address = { kind, bytes, at: 0, text: '' }
  const announcement = announceConversation(d, 'tcp', 'ftp-data', { address, port, peer: d.packet.netDestination, peerPort })
  const data = { setupFrame: d.packet.number, method, directory: progress.now.directory, command: '', commandFrame: 0 }
  rememberData(d, announcement, data)
  set(progress, { data })
}

export const ftpData = defineProtocol({
  name: 'ftp-data',
  title: 'FTP Data',
  short: 'FTP-DATA',
  firstVisit: 'none',
  accepts: { 'tcp.port': [20] },
  fields: {
    'ftp-data.setup-frame': framenum('Setup frame', { generated: true }),
    'ftp-data.setup-method': string('Setup method', { generated: true }),
    'ftp-data.command': string('Command', { generated: true }),
    'ftp-data.command-frame': framenum('Command frame'),
    'ftp-data.current-working-directory': string('Current working directory', { generated: true }),
  },
  decode(d, f) {
    const length = d.left,
      data = dataOf(d, announcementOf(d)),
      { packet } = d,
      known = data !== undefined && data.commandFrame > 0 && data.commandFrame < packet.number ? data.command : ''
    d.setProtocol('FTP-DATA')
    if (d.summary) d.setInfo(`FTP Data: ${length} bytes${data ? ` (${data.method})` : ''}${known ? ` (${known})` : ''}`)
    if (d.labels) d.label(`FTP Data (${length} bytes data)`)
    d.parent = -1
    const setup = data?.setupFrame ?? packet.firstFrame
    if (setup > 0) d.generated(f['ftp-data.setup-frame'], setup, 0, 0)
    if (data) d.generatedValue(f['ftp-data.setup-method'], data.method, 0, 0)
    if (data && known) {
      d.generatedValue(f['ftp-data.command'], known, 0, 0)
      d.add(f['ftp-data.command-frame'], 0, 0, data.commandFrame)
    }
    if (data) d.generatedValue(f['ftp-data.current-working-directory'], data.directory, 0, 0)
    const text = protocolByName('data-text-lines')
    if (text && looksLikeText(d)) {
      d.key = 0
      d.layer(text, d.at, d.end)
    }
    d.at = d.end
  },
})

/** Listings and text files: the first 20 bytes tell. */
function looksLikeText(d: Decoder): boolean {
  const end = Math.min(d.at + 20, d.readable)
  for (let at = d.at; at < end; at++) {
    const byte = d.peek8(at)
    if (byte !== 13 && byte !== 10 && (byte < 0x20 || byte > 0x7e)) return false
  }
  return end > d.at
}
