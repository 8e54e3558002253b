// EAP over Ethernet, made in the test (RFC 3748, IEEE 802.1X). Authenticator 02:00:00:00:00:01, station 02:00:00:00:00:02.
const STATIONS = { authenticator: '020000000002020000000001', station: '020000000001020000000002' } as const

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255])
}

/** A frame of EAP over LANs, padded to Ethernet's 60 octets. */
export function eapolFrame(from: keyof typeof STATIONS, type: number, body: Uint8Array): Buffer {
  const frame = Buffer.concat([Buffer.from(`${STATIONS[from]}888e02`, 'hex'), Buffer.from([type]), u16(body.length), body])
  return Buffer.concat([frame, Buffer.alloc(Math.max(0, 60 - frame.length))])
}

/** A request (from the authenticator) or a response, with its type and what follows. */
export function eapFrame(code: 1 | 2, id: number, type: number, data: Uint8Array | string): Buffer {
  const content = typeof data === 'string' ? Buffer.from(data) : data
  return eapolFrame(
    code === 1 ? 'authenticator' : 'station',
    0,
    Buffer.concat([Buffer.from([code, id]), u16(5 + content.length), Buffer.from([type]), content]),
  )
}

/** Flags, the length of the whole where it is given, and a part of a method's TLS records. */
export function tlsPart(flags: number, part: Uint8Array, length?: number): Buffer {
  return Buffer.concat([Buffer.from([flags]), length === undefined ? Buffer.alloc(0) : Buffer.concat([Buffer.alloc(2), u16(length)]), part])
}

/** A client's hello of TLS 1.2 in a record, without extensions. */
export function helloRecord(suites: readonly number[]): Buffer {
  const body = Buffer.concat([
    u16(0x0303),
    Buffer.alloc(32, 7),
    Buffer.from([0]),
    u16(suites.length * 2),
    ...suites.map(u16),
    Buffer.from([1, 0]),
  ])
  const message = Buffer.concat([Buffer.from([1, 0]), u16(body.length), body])
  return Buffer.concat([Buffer.from([22, 3, 1]), u16(message.length), message])
}

/** An EAPOL-Key frame of the descriptor for RSN (2) or WPA (254). */
export function keyFrame(from: keyof typeof STATIONS, information: number, data: Uint8Array, descriptor = 2): Buffer {
  const fixed = Buffer.alloc(64, 3),
    code = Buffer.alloc(16, 9)
  return eapolFrame(
    from,
    3,
    Buffer.concat([Buffer.from([descriptor]), u16(information), u16(16), Buffer.alloc(8, 1), fixed, code, u16(data.length), data]),
  )
}
