// Conversations that one protocol hands over to another: TLS after STARTTLS and its like, data connections that FTP announces, transfers of TFTP.
import { describe, expect, it } from 'vitest'
import { dissectAll } from '../../../../support/dissect'

interface Sent {
  readonly from: readonly [last: number, port: number]
  readonly to: readonly [last: number, port: number]
  readonly text: string
  readonly udp?: boolean
}

/** Ethernet frames of payloads in order, with sequence numbers that follow each other. */
function frames(sent: readonly Sent[]): Uint8Array[] {
  const sequences = new Map<string, number>()
  return sent.map(({ from, to, text, udp }) => {
    const payload = Buffer.from(text, 'latin1'),
      key = `${from.join(':')}>${to.join(':')}`,
      sequence = sequences.get(key) ?? 1000,
      transport = Buffer.alloc(udp ? 8 : 20)
    sequences.set(key, sequence + payload.length)
    transport.writeUInt16BE(from[1], 0)
    transport.writeUInt16BE(to[1], 2)
    if (udp) transport.writeUInt16BE(8 + payload.length, 4)
    else {
      transport.writeUInt32BE(sequence, 4)
      transport.writeUInt32BE(sequences.get(`${to.join(':')}>${from.join(':')}`) ?? 1000, 8)
      transport.set([0x50, 0x18, 0x20, 0], 12)
    }
    const ip = Buffer.alloc(20)
    ip.set([0x45, 0])
    ip.writeUInt16BE(20 + transport.length + payload.length, 2)
    ip.set([64, udp ? 17 : 6], 8)
    ip.set([10, 0, 0, from[0], 10, 0, 0, to[0]], 12)
    return new Uint8Array(Buffer.concat([Buffer.from('0200000000020200000000010800', 'hex'), ip, transport, payload]))
  })
}

/** Lines of a conversation with a server, those of the server marked with "<". */
function conversation(port: number, lines: readonly string[]): Sent[] {
  return lines.map((line) =>
    line.startsWith('<')
      ? { from: [2, port], to: [1, 40000], text: `${line.slice(1)}\r\n` }
      : { from: [1, 40000], to: [2, port], text: `${line}\r\n` },
  )
}
const ALERT = '\x15\x03\x01\x00\x02\x02\x28'

describe('what follows is TLS', () => {
  it.each([
    ['SMTP', 25, ['STARTTLS', '<220 go']],
    ['IMAP', 143, ['a STARTTLS', '<a OK go']],
    ['POP', 110, ['STLS', '<+OK go']],
    ['FTP', 21, ['AUTH TLS', '<234 go']],
  ])('after the server agreed, in %s', (_, port, lines) => {
    const seen = dissectAll(frames([...conversation(port, lines), { from: [2, port], to: [1, 40000], text: ALERT }]))
    expect(seen.at(-1)?.chain).toMatch(/:tcp:tls$/)
  })

  it.each([
    ['SMTP', 25, ['STARTTLS', '<454 no', 'NOOP'], 'smtp'],
    ['IMAP', 143, ['a STARTTLS', '<a BAD no', 'b NOOP'], 'imap'],
    ['POP', 110, ['STLS', '<-ERR no', 'NOOP'], 'pop'],
    ['FTP', 21, ['AUTH TLS', '<534 no', 'NOOP'], 'ftp'],
  ])('but not after it refused, in %s', (_, port, lines, protocol) => {
    expect(dissectAll(frames(conversation(port, lines))).at(-1)?.chain).toMatch(new RegExp(`:tcp:${protocol}$`))
  })
})

describe('data connections of FTP', () => {
  const control = conversation(21, ['PASV', '<227 Entering Passive Mode (10,0,0,2,200,1)', 'RETR file'])

  it('are the first one to the port that the server named', () => {
    const seen = dissectAll(
      frames([...control, { from: [2, 51201], to: [1, 4000], text: '\x01\x02' }, { from: [2, 51201], to: [1, 4001], text: '\x01\x02' }]),
    )
    expect(seen[3]?.values('ftp-data.command')).toEqual(['RETR file'])
    expect(seen[3]?.values('ftp-data.setup-frame')).toEqual(['2'])
    expect(seen[4]?.chain).toMatch(/:tcp:data$/)
  })

  it('are not those that began before', () => {
    const early: Sent = { from: [2, 51201], to: [1, 4000], text: '\x01\x02' }
    expect(dissectAll(frames([early, ...control, early])).at(-1)?.chain).toMatch(/:tcp:data$/)
  })
})

describe('transfers of TFTP', () => {
  it('go on between the client and any port of the server', () => {
    const block = '\x00\x03\x00\x01abc',
      seen = dissectAll(
        frames([
          { from: [1, 4000], to: [2, 69], text: '\x00\x01file\x00octet\x00', udp: true },
          { from: [2, 5000], to: [1, 4000], text: block, udp: true },
          { from: [3, 5000], to: [1, 4000], text: block, udp: true },
        ]),
      )
    expect(seen[1]?.values('tftp.request_frame')).toEqual(['1'])
    expect(seen[2]?.chain).toMatch(/:udp:data$/)
  })
})
