// Kerberos 5 (RFC 4120): the record mark over TCP (7.2.2) and the message type. Not covered: the messages themselves.
import { bool, defineProtocol, tcpPdus, u32 } from '../../../dissect/define'

const MESSAGES: Readonly<Record<number, string>> = {
  10: 'AS-REQ',
  11: 'AS-REP',
  12: 'TGS-REQ',
  13: 'TGS-REP',
  14: 'AP-REQ',
  15: 'AP-REP',
  20: 'KRB-SAFE',
  21: 'KRB-PRIV',
  22: 'KRB-CRED',
  30: 'KRB-ERROR',
}

/** ASN.1 tags of messages: application class, constructed. */
function messageAt(tag: number): string | undefined {
  return (tag & 0xe0) === 0x60 ? MESSAGES[tag & 0x1f] : undefined
}

export const kerberos = defineProtocol({
  name: 'kerberos',
  title: 'Kerberos',
  short: 'KRB5',
  accepts: { 'tcp.port': [88], 'udp.port': [88] },
  firstVisit: 'state',
  stateInHead: 8,
  fields: {
    'kerberos.rm.reserved': bool('Reserved', { bits: 32, mask: 0x8000_0000 }),
    'kerberos.rm.length': u32('Record Length', { mask: 0x7fff_ffff }),
  },
  decode(d, f) {
    if (d.packet.transport !== 'tcp') {
      const name = messageAt(d.peek8())
      if (name === undefined) return false
      d.setProtocol('KRB5')
      if (d.summary) d.setInfo(name)
      d.at = d.end
      return
    }
    if (d.leftCaptured > 4 && messageAt(d.peek8(d.at + 4)) === undefined) return false
    let messages = 0
    tcpPdus(
      d,
      4,
      (decoder, at) => 4 + (decoder.peek32(at) & 0x7fff_ffff),
      (decoder) => {
        if (decoder.stateOnly) return
        if (messages++ > 0) decoder.furtherRow()
        const at = decoder.at,
          mark = decoder.peek32(at)
        decoder.layerEnds(decoder.end)
        decoder.setProtocol('KRB5')
        if (decoder.summary) decoder.setInfo(messageAt(decoder.peek8(at + 4)) ?? '')
        decoder.note(at, at + 4, `Record Mark: ${mark & 0x7fff_ffff} bytes`)
        const outer = decoder.enter()
        decoder.bits(f['kerberos.rm.reserved'], at, at + 4, mark)
        decoder.bits(f['kerberos.rm.length'], at, at + 4, mark)
        decoder.leave(outer)
        decoder.skip(decoder.left)
      },
    )
    return
  },
})
