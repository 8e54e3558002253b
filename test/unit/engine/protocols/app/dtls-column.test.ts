// What the Protocol column calls a DTLS datagram: as tshark, which a client's first hello tells no version.
import { expect, test } from 'vitest'
import { udpFrame } from '../../../../support/conversations'
import { dissectAll } from '../../../../support/dissect'

const CLIENT = 40_000,
  SERVER = 4433
const record = (type: number, version: number, body: Buffer) => {
  const head = Buffer.alloc(13)
  head[0] = type
  head.writeUInt16BE(version, 1)
  head.writeUInt16BE(body.length, 11)
  return Buffer.concat([head, body])
}
const message = (type: number, sequence: number, body: Buffer) => {
  const head = Buffer.alloc(12)
  head[0] = type
  head.writeUIntBE(body.length, 1, 3)
  head.writeUInt16BE(sequence, 4)
  head.writeUIntBE(body.length, 9, 3)
  return Buffer.concat([head, body])
}
const clientHello = (sequence: number, cookie: string) =>
  message(
    1,
    sequence,
    Buffer.concat([
      Buffer.from('fefd', 'hex'),
      Buffer.alloc(32, 7),
      Buffer.from([0, cookie.length]),
      Buffer.from(cookie),
      Buffer.from('0002c02b0100', 'hex'),
    ]),
  )
const verifyRequest = message(3, 0, Buffer.from('fefd0461626364', 'hex')),
  serverHello = message(2, 1, Buffer.concat([Buffer.from('fefd', 'hex'), Buffer.alloc(32, 9), Buffer.from('00c02b00', 'hex')]))

test('a hello behind a HelloVerifyRequest has the version of that, also on a later look', () => {
  const frames = [
    udpFrame(CLIENT, SERVER, record(22, 0xfeff, clientHello(0, ''))),
    udpFrame(SERVER, CLIENT, record(22, 0xfeff, verifyRequest), '10.0.0.2', '10.0.0.1'),
    udpFrame(CLIENT, SERVER, record(22, 0xfefd, clientHello(1, 'abcd'))),
    udpFrame(SERVER, CLIENT, record(22, 0xfefd, serverHello), '10.0.0.2', '10.0.0.1'),
    udpFrame(CLIENT + 1, SERVER, record(22, 0xfefd, clientHello(0, ''))),
  ]
  expect(dissectAll(frames).map(({ protocol, info }) => `${protocol}: ${info}`)).toEqual([
    'DTLS: Client Hello',
    'DTLSv1.0: Hello Verify Request',
    'DTLSv1.0: Client Hello',
    'DTLSv1.2: Server Hello',
    'DTLS: Client Hello',
  ])
})
