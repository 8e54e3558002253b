// SSH (RFC 4253; SSH 1 by draft-ylonen-ssh-protocol-00): version lines, key exchange messages, and what can be told of encrypted packets.
// Not covered: decryption, and so everything above the transport layer.
import { printable } from '../../../bytes/printable'
import { ONE_MORE_SEGMENT, defineProtocol, progressOf } from '../../../dissect/define'
import type { Decoder, Progress } from '../../../dissect/define'
import { SSH_FIELDS, SSH_MESSAGES } from './ssh-fields'
import type { SshFields } from './ssh-fields'
import { exchangeName, familyOf, isReply, readExchange, readInit } from './ssh-key-exchange'
import { SSH, algorithm, macLength, method, withSide } from './ssh-state'
import type { SshState } from './ssh-state'

const PORTS = [22, 29418]
/** Longest packet that is believed. */
const LONGEST = 0xffff
const KEX_INIT = 20,
  NEW_KEYS = 21

/** Messages of SSH 1 that are sent in the clear. */
const SSH1_MESSAGES: Readonly<Record<number, string>> = { 1: 'Disconnect', 2: 'Public Key', 3: 'Session Key' }

/** What one run over a payload carries from packet to packet. */
interface Run {
  readonly d: Decoder
  readonly f: SshFields
  readonly progress: Progress<SshState>
  readonly side: 0 | 1
  readonly texts: string[]
}

export const ssh = defineProtocol({
  name: 'ssh',
  title: 'SSH Protocol',
  short: 'SSH',
  accepts: { 'tcp.port': PORTS, 'sctp.port': [22] },
  fields: SSH_FIELDS,
  decode(d, f) {
    const progress = progressOf(d, SSH),
      { packet } = d,
      fromServer = PORTS.includes(packet.sourcePort) && !PORTS.includes(packet.destinationPort),
      known = PORTS.includes(packet.sourcePort) || PORTS.includes(packet.destinationPort),
      side = (known ? fromServer : packet.direction === 1) ? 1 : 0,
      run: Run = { d, f, progress, side, texts: [] },
      { version } = progress.now,
      start = d.at
    d.setProtocol(version === 0 ? 'SSH' : `SSHv${version}`)
    if (d.summary) d.setInfo(side === 1 ? 'Server: ' : 'Client: ')
    while (d.at < d.readable) {
      const at = d.at
      if (!part(run)) {
        // more was asked for
        if (at === start) d.withdraw()
        if (d.first) progress.keep(packet.number)
        return
      }
      if (d.at <= at) break
    }
    d.generated(f['ssh.direction'], side, 0, 0)
    if (d.first) progress.keep(packet.number)
  },
})

function say(run: Run, text: string): void {
  run.texts.push(text)
  if (run.d.summary) run.d.appendInfo(run.texts.length > 1 ? `, ${text}` : text)
}

/** Reads one packet or line; false when TCP was asked for more. */
function part(run: Run): boolean {
  const { d, progress, side } = run,
    { version, sides } = progress.now
  if (sides[side].packets === 0 && !sides[side].encrypts && /^SSH-/i.test(d.latin1(d.at, d.at + 4))) return versionLine(run)
  if (version === 0) {
    encrypted(run, 0, false)
    return true
  }
  return version === 1 ? oldPacket(run) : newPacket(run)
}

/** The identification (RFC 4253, 4.2). */
function versionLine(run: Run): boolean {
  const { d, f, progress, side } = run,
    start = d.at,
    newline = d.indexOf(10, start)
  if (newline < 0 && d.canDesegment > 0) {
    d.needMore(start, ONE_MORE_SEGMENT)
    return false
  }
  const next = newline < 0 ? d.readable : newline + 1,
    end = newline < 0 ? next : newline > start && d.peek8(newline - 1) === 13 ? newline - 1 : newline,
    text = d.latin1(start, end)
  if (side === 0) {
    const version = /^SSH-(2\.|1\.99-)/i.test(text) ? 2 : /^SSH-1\./i.test(text) ? 1 : 0
    progress.now = { ...progress.now, version }
  }
  say(run, `Protocol (${printable(text)})`)
  d.range(f['ssh.protocol'], start, end)
  d.ascii()
  d.at = next
  return true
}

/** Asks for what a packet of a known length lacks; true when it did. */
function lacks(d: Decoder, start: number, length: number): boolean {
  if (d.canDesegment <= 0 || length <= d.end - start) return false
  d.needMore(start, length - (d.end - start))
  return true
}

/** A packet of SSH 1: length, padding, type, payload and CRC; all but the length and the padding is encrypted from the second packet of a side on. */
function oldPacket(run: Run): boolean {
  const { d, f, progress, side } = run,
    start = d.at
  if (d.left < 4 && d.canDesegment > 0) {
    d.needMore(start, ONE_MORE_SEGMENT)
    return false
  }
  const stated = d.peek32(),
    padding = 8 - (stated % 8)
  if (stated < LONGEST && lacks(d, start, 4 + padding + stated)) return false
  d.note(start, Math.min(start + 4 + padding + stated, d.readable), 'SSH Version 1')
  const outer = d.enter()
  d.u32(f['ssh.packet_length'])
  let length = stated
  if (stated >= LONGEST) {
    d.expert(f['ssh.packet_length.error'], start, start + 4, `Overly large number ${stated}`, d.last)
    length = Math.max(0, d.left - padding)
  }
  d.add(f['ssh.padding_length'], d.at, Math.min(d.at + padding, d.readable), padding)
  d.skip(padding)
  if (progress.now.sides[side].encrypts) say(run, `Encrypted packet (len=${length})`)
  else {
    const code = d.u8(f['ssh.message_code']),
      name = SSH1_MESSAGES[code] ?? `Unknown (${code})`
    if (d.labels) d.label(`Message Code: ${name}${SSH1_MESSAGES[code] ? ` (${code})` : ''}`)
    say(run, name)
    length--
    progress.now = withSide(progress.now, side, { encrypts: true })
  }
  if (length > 0) d.span(f['ssh.payload'], length)
  d.leave(outer)
  return true
}

function title(state: SshState, side: 0 | 1): string {
  if (!state.answered) return 'SSH Version 2'
  const encryption = algorithm(state, 'encryption', side),
    compression = algorithm(state, 'compression', side)
  return encryption ? `SSH Version 2 (encryption:${encryption}${compression ? ` compression:${compression}` : ''})` : 'SSH Version 2'
}

/** A packet of SSH 2 (RFC 4253, 6). */
function newPacket(run: Run): boolean {
  const { d, progress, side } = run,
    start = d.at,
    state = progress.now,
    plain = !state.sides[side].encrypts
  if (plain) {
    if (d.left < 4 && d.canDesegment > 0) {
      d.needMore(start, ONE_MORE_SEGMENT)
      return false
    }
    const length = d.peek32()
    if (length < LONGEST && lacks(d, start, 4 + length)) return false
  }
  d.note(start, d.readable, d.labels ? title(state, side) : '')
  const outer = d.enter()
  if (plain) plainPacket(run)
  else hidden(run)
  d.leave(outer, Math.min(d.at, d.readable))
  return true
}

/** A packet before the side encrypts. */
function plainPacket(run: Run): void {
  const { d, f, progress, side } = run,
    start = d.at,
    stated = d.u32(f['ssh.packet_length'])
  let length = stated
  if (stated >= LONGEST || stated < 8) {
    d.expert(f['ssh.packet_length.error'], start, start + 4, `Overly large number ${stated}`, d.last)
    length = Math.max(1, d.left)
  }
  const packetEnd = d.at + length,
    outerEnd = d.end,
    padding = d.u8(f['ssh.padding_length']),
    payloadEnd = Math.max(d.at + 1, packetEnd - padding),
    agreedOn = method(progress.now),
    family = familyOf(agreedOn),
    codeAt = d.at,
    code = d.peek8(),
    known = SSH_MESSAGES[code] ?? exchangeName(family, code),
    name = known ?? `Unknown (${code})`
  d.require(1)
  say(run, name)
  d.note(codeAt, codeAt, agreedOn ? `Key Exchange (method:${agreedOn})` : 'Key Exchange')
  const outer = d.enter()
  d.u8(f['ssh.message_code'])
  if (d.labels) d.label(`Message Code: ${name}${known ? ` (${code})` : ''}`)
  d.end = Math.min(payloadEnd, outerEnd)
  const { packets } = progress.now.sides[side]
  let next = withSide(progress.now, side, { packets: packets + 1 })
  if (code === KEX_INIT) next = withSide(next, side, { offer: readInit(d, f, side) })
  else if (code === NEW_KEYS) next = withSide(next, side, { encrypts: true })
  else if (code >= 30 && family !== 'unknown') {
    readExchange(d, f, family, code)
    if (isReply(family, code)) next = { ...next, answered: true }
  }
  progress.now = next
  if (d.end > d.at) d.span(f['ssh.payload'], d.end - d.at)
  d.end = outerEnd
  d.leave(outer, payloadEnd)
  d.at = payloadEnd
  d.span(f['ssh.padding_string'], packetEnd - payloadEnd)
  // Wireshark counts messages of an exchange with a group of its own before it numbers them
  d.generated(f['ssh.seq_num'], family === 'group exchange' && code >= 30 && code < 50 ? packets + 1 : packets)
  d.tree.flags[d.last] = 0
}

/** Ciphers that Wireshark can decrypt: without keys it shows nothing of their packets, so that no field is there to be shown. */
const DECRYPTABLE = /^(chacha20-poly1305@openssh\.com|aes(128|192|256)-(ctr|cbc|gcm@openssh\.com))$/

/** What is left of a payload once the side encrypts. */
function hidden(run: Run): void {
  const { d, progress, side } = run,
    state = progress.now
  // after an exchange with a group of its own Wireshark sets up neither ciphers nor MACs
  if (familyOf(method(state)) === 'group exchange') encrypted(run, 0, false)
  else if (DECRYPTABLE.test(algorithm(state, 'encryption', side))) {
    say(run, `Encrypted packet (len=${d.left})`)
    d.note(d.at, d.readable, d.labels ? `Encrypted packet (${d.leftCaptured} bytes)` : '')
    d.at = d.end
  } else {
    const mac = algorithm(state, 'mac', side)
    encrypted(run, macLength(mac), mac.includes('-etm@'))
  }
}

/** An encrypted packet of which the whole payload is taken: where packets end is not known. `open`: its length is not encrypted. */
function encrypted(run: Run, mac: number, open: boolean): void {
  const { d, f } = run,
    length = d.left
  say(run, `Encrypted packet (len=${d.left})`)
  let rest = length
  if (length > 4 + mac) {
    if (open) d.u32(f['ssh.packet_length'])
    else d.span(f['ssh.packet_length_encrypted'], 4)
    rest -= 4
  }
  const tail = rest > mac ? mac : 0
  if (rest > tail) d.span(f['ssh.encrypted_packet'], rest - tail)
  if (tail > 0) d.span(f['ssh.mac'], tail)
  d.at = d.end
}
