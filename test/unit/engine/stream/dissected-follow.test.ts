// Following what TLS protects, held against another reading of the same connections: record by record from the ordered bytes of the stream.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { Trace } from '../../../../src/engine/index/trace'
import { KEY_LOG } from '../../../../src/engine/dissect/key-log'
import { decryptedStream, followStream } from '../../../../src/engine/service/terminal'
import { nodeCiphers } from '../../../../src/node/host/ciphers'
import { nodeInflate } from '../../../../src/node/host/inflate'

const TLS = [
  'tls10',
  'tls12-dhe',
  'tls12-rsa-cbc',
  'tls12-ticket',
  'tls13-aes128',
  'tls13-client-cert',
  'tls13-early-data',
  'tls13-resumed',
]
const CAPTURES = [...TLS.map((name) => `test/captures/tls/${name}`), 'test/captures/journey/client']

function open(name: string, withKeys: boolean): Trace {
  const trace = new Trace(memorySource(readFileSync(`${name}.pcap`)), nodeInflate, nodeCiphers)
  if (withKeys) trace.session.state(KEY_LOG).addText(readFileSync(`${name}.keylog`, 'utf8'))
  while (trace.advance(10_000, { depth: 'state', keep: true }) > 0);
  return trace
}

/** What was followed, as side, frame and bytes in hexadecimal digits. */
function followed(trace: Trace, stream: number): string[] {
  const follow = followStream(trace, 'tls', stream)
  // packet by packet, as while a capture grows
  let calls = 0
  while (follow.advance(() => ++calls % 3 === 0));
  return follow.chunks.map((chunk) => `${chunk.side} ${chunk.frame} ${Buffer.from(follow.bytes(chunk)).toString('hex')}`)
}

describe('TLS is followed', () => {
  it.each(CAPTURES)('as its records are decrypted: %s', (name) => {
    const trace = open(name, true)
    let records = 0
    for (let stream = 0; stream < trace.conversations.tcp.count; stream++) {
      const expected = decryptedStream(trace, stream).records.map(
        ({ side, frame, bytes }) => `${side} ${frame} ${Buffer.from(bytes).toString('hex')}`,
      )
      expect(followed(trace, stream)).toEqual(expected)
      records += expected.length
    }
    expect(records).toBeGreaterThan(0)
  })
  it('not without its keys', () => {
    expect(followed(open('test/captures/tls/tls13-aes128', false), 0)).toEqual([])
  })
})
