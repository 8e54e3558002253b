// NetBIOS session service (RFC 1002, 4.3) over ports 139 and 445: its framing and header, with SMB and SMB2 told by their first bytes.
// Not covered: SMB itself, names in session requests.
import { bool, defineProtocol, ipv4, tcpPdus, u16, u24, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

const HEADER = 4,
  SESSION_MESSAGE = 0,
  NEGATIVE_RESPONSE = 0x83,
  RETARGET = 0x84
const TYPES: Readonly<Record<number, string>> = {
  0: 'Session message',
  0x81: 'Session request',
  0x82: 'Positive session response',
  0x83: 'Negative session response',
  0x84: 'Retarget session response',
  0x85: 'Session keep-alive',
}
const SMB_COMMANDS: Readonly<Record<number, string>> = {
  0x04: 'Close',
  0x2e: 'Read AndX',
  0x2f: 'Write AndX',
  0x25: 'Trans',
  0x32: 'Trans2',
  0x71: 'Tree Disconnect',
  0x72: 'Negotiate Protocol',
  0x73: 'Session Setup AndX',
  0x74: 'Logoff AndX',
  0x75: 'Tree Connect AndX',
  0xa2: 'NT Create AndX',
}
const SMB2_COMMANDS: Readonly<Record<number, string>> = {
  0: 'Negotiate Protocol',
  1: 'Session Setup',
  2: 'Session Logoff',
  3: 'Tree Connect',
  4: 'Tree Disconnect',
  5: 'Create',
  6: 'Close',
  7: 'Flush',
  8: 'Read',
  9: 'Write',
  10: 'Lock',
  11: 'Ioctl',
  12: 'Cancel',
  13: 'KeepAlive',
  14: 'Find',
  15: 'Notify',
  16: 'GetInfo',
  17: 'SetInfo',
  18: 'Break',
}
const SMB_MAGIC = 0xff534d42,
  SMB2_MAGIC = 0xfe534d42,
  SMB2_ENCRYPTED_MAGIC = 0xfd534d42,
  SMB2_COMPRESSED_MAGIC = 0xfc534d42

const smb = defineProtocol({
  name: 'smb',
  title: 'SMB (Server Message Block Protocol)',
  short: 'SMB',
  heuristic: ['netbios'],
  recognises: (d) => d.peek32() === SMB_MAGIC,
  fields: { 'smb.cmd': u8('SMB Command', { base: 'hex', values: SMB_COMMANDS }) },
  decode(d, f) {
    d.setProtocol('SMB')
    d.skip(4)
    const command = d.u8(f['smb.cmd'])
    if (d.summary)
      d.setInfo(
        `${SMB_COMMANDS[command] ?? `unknown-0x${command.toString(16)}`} ${d.peek8(d.layerStart + 9) & 0x80 ? 'Response' : 'Request'}`,
      )
    d.at = d.end
  },
})

const smb2 = defineProtocol({
  name: 'smb2',
  title: 'SMB2 (Server Message Block Protocol version 2)',
  short: 'SMB2',
  fields: { 'smb2.cmd': u16('Command', { values: SMB2_COMMANDS }) },
  decode(d, f) {
    const start = d.at
    d.setProtocol('SMB2')
    const magic = d.peek32()
    if (magic !== SMB2_MAGIC) {
      if (d.summary) d.setInfo(magic === SMB2_ENCRYPTED_MAGIC ? 'Encrypted SMB3' : 'Compressed SMB3')
      return
    }
    d.skip(12)
    const command = d.u16le(f['smb2.cmd'])
    if (d.summary) d.setInfo(`${SMB2_COMMANDS[command] ?? 'unknown'} ${d.peek32le(start + 16) & 1 ? 'Response' : 'Request'}`)
    d.at = d.end
  },
})

/** Whether a message begins here: the header is whole, its type is known, and flags and length are such as the type has. Otherwise, as in tshark, the
 *  payload goes on from an earlier one (so does a lone octet of a keep-alive). */
function known(d: Decoder, at: number): boolean {
  if (d.leftCaptured < HEADER) return false
  const type = d.peek8(at),
    low = d.peek16(at + 2)
  if (type === SESSION_MESSAGE) return low > 0 || d.left === HEADER
  return TYPES[type] !== undefined && d.peek8(at + 1) === 0 && low <= 1024
}

/** Port 445 has 24 bits of length, port 139 seventeen. */
function length(d: Decoder, at: number): number {
  const overTcp = d.packet.sourcePort === 445 || d.packet.destinationPort === 445
  return 4 + (overTcp ? d.peek24(at + 1) : ((d.peek8(at + 1) & 1) << 16) | d.peek16(at + 2))
}

export const nbss = defineProtocol({
  name: 'nbss',
  title: 'NetBIOS Session Service',
  short: 'NBSS',
  accepts: { 'tcp.port': [139, 445] },
  stateInHead: 16,
  fields: {
    'nbss.type': u8('Message Type', { base: 'hex', values: TYPES }),
    'nbss.flags': u8('Flags', { base: 'hex' }),
    'nbss.flags.e': bool('Extend', { mask: 1, names: ['Add 65536 to length', 'Add 0 to length'] }),
    'nbss.length': u24('Length'),
    'nbss.error_code': u8('Error code', { base: 'hex' }),
    'nbss.retarget_ip_address': ipv4('Retarget IP address'),
    'nbss.retarget_port': u16('Retarget port'),
  },
  decode(d, f) {
    if (!known(d, d.at)) {
      d.setProtocol('NBSS')
      if (d.summary) d.setInfo('NBSS Continuation Message')
      d.at = d.end
      return
    }
    let messages = 0
    tcpPdus(d, HEADER, length, (decoder) => {
      if (decoder.stateOnly) return
      if (messages++ > 0) decoder.furtherRow()
      decoder.layerEnds(decoder.at + 4)
      decoder.setProtocol('NBSS')
      const overTcp = decoder.packet.sourcePort === 445 || decoder.packet.destinationPort === 445,
        type = decoder.u8(f['nbss.type'])
      if (decoder.summary) decoder.setInfo(TYPES[type] ?? '')
      if (overTcp) decoder.u24(f['nbss.length'])
      else {
        const at = decoder.at,
          flags = decoder.u8(f['nbss.flags']),
          outer = decoder.enter()
        decoder.bits(f['nbss.flags.e'], at, at + 1, flags)
        decoder.leave(outer)
        decoder.add(f['nbss.length'], at, at + 3, ((flags & 1) << 16) | decoder.peek16())
        decoder.skip(2)
      }
      if (type === NEGATIVE_RESPONSE) decoder.u8(f['nbss.error_code'])
      else if (type === RETARGET) {
        decoder.span(f['nbss.retarget_ip_address'], 4)
        decoder.u16(f['nbss.retarget_port'])
      } else if (type === SESSION_MESSAGE && decoder.left > 0) {
        const magic = decoder.peek32()
        if (magic === SMB_MAGIC) decoder.layer(smb, decoder.at, decoder.end)
        else if (magic === SMB2_MAGIC || magic === SMB2_ENCRYPTED_MAGIC || magic === SMB2_COMPRESSED_MAGIC)
          decoder.layer(smb2, decoder.at, decoder.end)
        else decoder.data()
      }
    })
  },
})
