// TLS handshakes and certificates on bytes that nobody meant: never a bug of ours, never without end, and the same on a second look.
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_NODES } from '../../src/engine/dissect/tree-buffer'
import { tcpConnection, udpFrame } from '../support/conversations'
import { seen, traceOf } from '../support/dissect'
import type { Seen } from '../support/dissect'

/** MUTANTS=20000 asks for a long run. */
const MUTANTS = Number(process.env['MUTANTS'] ?? 300)
const LONG = { timeout: 3_600_000 }

const pems = readFileSync(path.join(import.meta.dirname, '../fixtures/certificates.pem'), 'utf8').match(/-----BEGIN[^#]*-----\n/g) ?? []
const DERS = pems.map((pem) => new X509Certificate(pem).raw)

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]),
  u24 = (value: number) => Buffer.from([value >> 16, (value >> 8) & 255, value & 255])
const vector = (bytes: Uint8Array) => Buffer.concat([u16(bytes.length), bytes])
const message = (type: number, body: Uint8Array) => Buffer.concat([Buffer.from([type]), u24(body.length), body])

/** Hellos, a chain, key exchange, request for a certificate, status, tickets: what TLS 1.2 and 1.3 send before they encrypt. */
function flight(suite: number, certificates: readonly Buffer[], extensions: readonly (readonly [number, Buffer])[]): Buffer {
  const list = vector(Buffer.concat(extensions.map(([type, data]) => Buffer.concat([u16(type), vector(data)]))))
  const hello = Buffer.concat([u16(0x0303), Buffer.alloc(32, 7), Buffer.from([0]), u16(suite), Buffer.from([0]), list]),
    chain = Buffer.concat(certificates.map((der) => Buffer.concat([u24(der.length), der])))
  const name = Buffer.from('301431123010060355040313096c6f63616c686f7374', 'hex')
  return Buffer.concat([
    message(2, hello),
    message(11, Buffer.concat([u24(chain.length), chain])),
    message(12, Buffer.concat([Buffer.from([3, 0, 29, 32]), Buffer.alloc(32, 9), u16(0x0804), vector(Buffer.alloc(64, 1))])),
    message(13, Buffer.concat([Buffer.from([2, 1, 64]), vector(u16(0x0403)), vector(vector(name))])),
    message(22, Buffer.concat([Buffer.from([1]), u24(5), Buffer.alloc(5)])),
    message(4, Buffer.concat([Buffer.alloc(4), vector(Buffer.alloc(20, 3))])),
    message(14, Buffer.alloc(0)),
  ])
}

/** The flight in records of the given sizes, the last repeated. */
function records(bytes: Buffer, sizes: readonly number[]): Buffer {
  const parts: Buffer[] = []
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const part = bytes.subarray(at, at + (sizes[Math.min(n, sizes.length - 1)] ?? bytes.length))
    parts.push(Buffer.from([22, 3, 3]), vector(part))
    at += part.length
  }
  return Buffer.concat(parts)
}

const FIELDS = [
  'tls.handshake.type',
  'tls.handshake.fragment',
  'x509af.serialNumber',
  'x509if.oid',
  'x509ce.dNSName',
  'tls.handshake.sig_len',
  'tls.handshake.ja3s',
]
const outcome = (packet: Seen) => [packet.chain, ...FIELDS.map((field) => packet.values(field).join())].join(' ')

const suites = fc.constantFrom(0x002f, 0x009e, 0xc02f, 0xc0aa, 0x00a8, 0x1301, 0xc016, 0x0003)
const extension = fc.tuple(
  fc.constantFrom(0, 1, 5, 9, 10, 11, 13, 16, 17, 18, 34, 35, 41, 43, 44, 47, 48, 51, 57, 13172, 17513, 65281, 65486, 0x0a0a),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
)

test('handshakes with anything changed in them, in records and segments of any size', LONG, () => {
  fc.assert(
    fc.property(
      suites,
      fc.subarray(DERS, { minLength: 1, maxLength: 3 }),
      fc.array(extension, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(6000), fc.nat(255)), { maxLength: 6 }),
      fc.integer({ min: 200, max: 1460 }),
      (suite, certificates, extensions, sizes, changes, segment) => {
        const bytes = records(flight(suite, certificates, extensions), sizes)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const pieces: Buffer[] = []
        for (let at = 0; at < bytes.length && pieces.length < 60; at += segment) pieces.push(bytes.subarray(at, at + segment))
        const frames = tcpConnection(
            50_000,
            443,
            pieces.map((piece) => ['server', piece] as const),
          ),
          trace = traceOf(frames),
          wishes = { summary: true, labels: true }
        const first = frames.map(() => {
          trace.visitNext(wishes)
          const packet = seen(trace.decoder)
          expect(packet.hasBug).toBe(false)
          expect(packet.nodes).toBeLessThanOrEqual(MAX_NODES + 10)
          return outcome(packet)
        })
        expect(frames.map((_, n) => outcome(seen(trace.dissect(n + 1, wishes))))).toEqual(first)
      },
    ),
    { numRuns: MUTANTS },
  )
})

test('DTLS: messages in fragments of any size and order, with anything changed in them', LONG, () => {
  fc.assert(
    fc.property(
      fc.subarray(DERS, { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 20, max: 1200 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(30), fc.nat(1200), fc.nat(255)), { maxLength: 5 }),
      (certificates, size, swaps, changes) => {
        const datagrams = fragments(flight(0xc02f, certificates, []), size)
        for (const swap of swaps) {
          const at = swap % datagrams.length,
            [taken] = datagrams.splice(at, 1)
          if (taken) datagrams.push(taken)
        }
        const isWhole = changes.length === 0
        for (const [n, at, value] of changes) {
          const datagram = datagrams[n]
          if (datagram && at < datagram.length) datagram[at] = value
        }
        const frames = datagrams.map((datagram) => udpFrame(4433, 50_000, datagram)),
          trace = traceOf(frames),
          wishes = { summary: true, labels: true }
        const serials: string[] = []
        const view = (packet: Seen) =>
          [packet.chain, packet.info, packet.values('dtls.handshake.type').join(), packet.values('x509af.serialNumber').join()].join(' ')
        const first = frames.map(() => {
          trace.visitNext(wishes)
          const packet = seen(trace.decoder)
          expect(packet.hasBug).toBe(false)
          serials.push(...packet.values('x509af.serialNumber'))
          return view(packet)
        })
        expect(frames.map((_, n) => view(seen(trace.dissect(n + 1, wishes))))).toEqual(first)
        if (isWhole) expect(serials).toHaveLength(certificates.length)
      },
    ),
    { numRuns: Math.ceil(MUTANTS / 2) },
  )
})

/** Messages as DTLS 1.2 sends them: each cut into fragments of at most `size` bytes, one a record, one record a datagram. */
function fragments(bytes: Buffer, size: number): Buffer[] {
  const datagrams: Buffer[] = []
  for (let at = 0, sequence = 0; at + 4 <= bytes.length; sequence++) {
    const length = bytes.readUIntBE(at + 1, 3),
      body = bytes.subarray(at + 4, at + 4 + length)
    for (let from = 0; from < Math.max(1, length); from += size) {
      const part = body.subarray(from, from + size),
        head = Buffer.concat([bytes.subarray(at, at + 4), u16(sequence), u24(from), u24(part.length)])
      const number = Buffer.alloc(6)
      number.writeUInt32BE(datagrams.length, 2)
      datagrams.push(Buffer.concat([Buffer.from([22, 0xfe, 0xfd, 0, 0]), number, vector(Buffer.concat([head, part]))]))
    }
    at += 4 + length
  }
  return datagrams
}
