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
