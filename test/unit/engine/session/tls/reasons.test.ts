// Bad key logs, cut handshakes and lost packets: each has a reason of its own, and none is taken for another.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../../../src/engine/bytes/byte-source'
import { KEY_LOG } from '../../../../../src/engine/dissect/key-log'
import { Trace } from '../../../../../src/engine/index/trace'
import { tlsConnections } from '../../../../../src/engine/session/tls/details'
import { nodeCiphers } from '../../../../../src/node/host/ciphers'
import { nodeInflate } from '../../../../../src/node/host/inflate'

const folder = path.resolve(import.meta.dirname, '../../../../captures/tls')

/** The records of a pcap file, each with its header. */
function records(name: string): { readonly header: Buffer; readonly list: Buffer[] } {
  const file = readFileSync(path.join(folder, `${name}.pcap`))
  const list: Buffer[] = []
  for (let at = 24; at + 16 <= file.length;) {
    const end = at + 16 + file.readUInt32LE(at + 8)
    list.push(Buffer.from(file.subarray(at, end)))
    at = end
  }
  return { header: file.subarray(0, 24), list }
}

function reason(
  name: string,
  change: { readonly keys?: (text: string) => string; readonly packets?: (list: Buffer[]) => Buffer[] },
): string {
  const { header, list } = records(name)
  const trace = new Trace(memorySource(Buffer.concat([header, ...(change.packets?.(list) ?? list)])), nodeInflate, nodeCiphers)
  const keys = readFileSync(path.join(folder, `${name}.keylog`), 'utf8')
  trace.session.state(KEY_LOG).addText(change.keys?.(keys) ?? keys)
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  const [connection] = tlsConnections(trace)
  return connection === undefined ? 'no TLS' : connection.decrypted ? 'decrypted' : connection.reason
}

describe('a key log that does not help', () => {
  const random = (text: string) => text.replace(/ [0-9a-f]{64} /g, ` ${'ab'.repeat(32)} `)
  it.each<[string, string, (text: string) => string]>([
    ['nothing', 'no-key-log', () => ''],
    ['garbage', 'no-key-log', () => '\u0000\u0001 not a key log\nCLIENT_RANDOM zz 00\nCLIENT_RANDOM'],
    ['another connection', 'no-key-for-random', random],
    ['cut lines', 'no-key-log', (text) => text.replace(/^(\S+ \S+) .*$/gm, '$1')],
    ['a changed secret', 'key-does-not-fit', (text) => text.replace(/[0-9a-f]{8}$/gm, 'deadbeef')],
    ['only the handshake secrets', 'labels-missing', (text) => text.replace(/^.*TRAFFIC_SECRET_0.*$/gm, '')],
  ])('TLS 1.3, %s: %s', (_name, expected, keys) => {
    expect(reason('tls13-aes128', { keys })).toBe(expected)
  })
  it('TLS 1.2, with secrets of TLS 1.3 alone', () => {
    expect(
      reason('tls12-rsa-cbc', {
        keys: (text) => text.replace(/^(RSA|CLIENT_RANDOM)/gm, (label) => (label === 'RSA' ? '#' : 'CLIENT_TRAFFIC_SECRET_0')),
      }),
    ).toBe('labels-missing')
  })
})

describe('a capture that lacks something', () => {
  it.each<[string, string, (list: Buffer[]) => Buffer[]]>([
    ['the first hello', 'no-client-hello', (list) => list.slice(4)],
    ['all behind the first hello', 'no-server-hello', (list) => list.slice(0, 5)],
    ['all behind the handshake', 'no-application-data', (list) => list.slice(0, 9)],
    ['nothing', 'decrypted', (list) => list],
  ])('%s: %s', (_name, expected, packets) => {
    expect(reason('tls12-rsa-cbc', { packets })).toBe(expected)
  })
  it('a segment within its application data', () => {
    // the server's answer; its alert behind it shows the gap
    const answers = (list: Buffer[]) => {
      const data = list.findLastIndex((record) => record.includes(Buffer.from([23, 3, 3])) && record.readUInt16BE(16 + 34) === port(list))
      return list.filter((_, index) => index !== data)
    }
    expect(reason('tls12-rsa-cbc', { packets: answers })).toBe('lost-segments')
  })
  it('the ends of its packets', () => {
    const cut = (record: Buffer): Buffer => {
      const kept = Math.min(record.length - 16, 1000)
      const short = Buffer.from(record.subarray(0, 16 + kept))
      short.writeUInt32LE(kept, 8)
      return short
    }
    expect(reason('tls12-rsa-cbc', { packets: (list) => list.map(cut) })).toBe('cut-packets')
  })
})

describe('a hello that says why', () => {
  const random = (text: string) => text.replace(/ [0-9a-f]{64} /g, ` ${'ab'.repeat(32)} `)
  it('offers Encrypted ClientHello, and the log has no key for its random', () => {
    // encrypt_then_mac, which is empty, becomes encrypted_client_hello
    const packets = (list: Buffer[]) => list.map((record) => replaced(record, '00160000', 'fe0d0000'))
    expect(reason('tls13-aes128', { packets, keys: random })).toBe('ech')
    expect(reason('tls13-aes128', { keys: random })).toBe('no-key-for-random')
  })
  it('chooses a cipher suite that cannot be decrypted', () => {
    // TLS_RSA_WITH_AES_128_CBC_SHA of the server's hello becomes a suite of GOST
    const suite = (list: Buffer[]) => list.map((record) => (isServerHello(record) ? withSuite(record, 0xc102) : record))
    expect(reason('tls12-rsa-cbc', { packets: suite })).toBe('cipher-not-supported')
  })
})

/** Ethernet, IPv4 and TCP with their headers: what is behind them. */
const payloadAt = (record: Buffer) => 16 + 34 + (record.readUInt8(16 + 34 + 12) >> 4) * 4
/** The server's port: where the first packet goes. */
const port = (list: Buffer[]) => list[0]?.readUInt16BE(16 + 36)

function isServerHello(record: Buffer): boolean {
  const at = payloadAt(record)
  return record.length > at + 6 && record.readUInt8(at) === 22 && record.readUInt8(at + 5) === 2
}

function withSuite(record: Buffer, suite: number): Buffer {
  const changed = Buffer.from(record),
    at = payloadAt(record) + 5 + 4 + 34
  changed.writeUInt16BE(suite, at + 1 + changed.readUInt8(at))
  return changed
}

function replaced(record: Buffer, from: string, to: string): Buffer {
  const text = record.toString('hex').slice(2 * 16)
  return Buffer.concat([record.subarray(0, 16), Buffer.from(text.replaceAll(from, to), 'hex')])
}
