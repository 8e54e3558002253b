import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { LADDER_DEFAULTS, makeLadder } from '../../../../src/engine/diagram/make-ladder'
import { Scene } from '../../../../src/engine/diagram/scene'
import { plainParts } from '../../../../src/engine/diagram/plain-text'
import { KEY_LOG } from '../../../../src/engine/dissect/key-log'
import { Trace } from '../../../../src/engine/index/trace'
import { tlsConnections } from '../../../../src/engine/session/tls/details'
import { nodeSignatureCheck } from '../../../../src/node/host/certificate-signatures'
import { nodeCiphers } from '../../../../src/node/host/ciphers'
import { nodeInflate } from '../../../../src/node/host/inflate'

const folder = path.resolve(import.meta.dirname, '../../../captures/tls')

function open(name: string, withKeys = true) {
  const trace = new Trace(memorySource(readFileSync(path.join(folder, `${name}.pcap`))), nodeInflate, nodeCiphers)
  if (withKeys) trace.session.state(KEY_LOG).addText(readFileSync(path.join(folder, `${name}.keylog`), 'utf8'))
  while (trace.advance(1000, { depth: 'headers', keep: true }) > 0);
  const [connection] = tlsConnections(trace, nodeSignatureCheck)
  if (connection === undefined) throw new Error('no TLS')
  return { trace, connection }
}
/** Headings, and arrows as "from title": > the client's, < the server's. */
function ladder(name: string, withKeys = true, language: 'en' | 'zh' = 'en'): string[] {
  const { trace, connection } = open(name, withKeys)
  const made = makeLadder(trace, { kind: 'tls', connection }, { ...LADDER_DEFAULTS, language })
  return Array.from({ length: made.rowCount }, (_unused, index) => {
    const row = made.row(index)
    return row.kind === 'phase' ? `# ${row.title}` : row.kind === 'arrow' ? `${row.from === 0 ? '>' : '<'} ${row.title}` : row.kind
  })
}

describe('the ladder of a TLS connection', () => {
  it('has a row a message and tells what was encrypted', () => {
    expect(ladder('tls13-hello-retry')).toEqual([
      '# TCP connect',
      '> SYN',
      '< SYN, ACK',
      '# Hello: what is possible, what is chosen',
      '> ClientHello',
      '< HelloRetryRequest',
      '< ChangeCipherSpec',
      '> ChangeCipherSpec',
      '> ClientHello',
      '< ServerHello',
      '< [EncryptedExtensions]',
      '# Certificates and key exchange',
      '< [Certificate]',
      '< [CertificateVerify]',
      '# Finished: both have the same keys',
      '< [Finished]',
      '> [Finished]',
      '# Application data',
      '< [NewSessionTicket]',
      '< [NewSessionTicket]',
      '> [ApplicationData]',
      '< [ApplicationData]',
      '# Alerts',
      '> [Alert: close_notify]',
      '< [Alert: close_notify]',
      'end',
    ])
  })
  it('fits beside its list in a small window', () => {
    const { trace, connection } = open('tls13-hello-retry'),
      made = makeLadder(trace, { kind: 'tls', connection }, LADDER_DEFAULTS)
    expect(new Scene(made, { width: 730, spacing: 'even' }).width).toBe(730)
  })
  it('says where it can no longer be read', () => {
    expect(ladder('tls13-aes128', false).slice(3)).toEqual([
      '# Hello: what is possible, what is chosen',
      '> ClientHello',
      '< ServerHello',
      '< ChangeCipherSpec',
      '# Encrypted: what follows needs the keys',
      '< [Encrypted record]',
      '> ChangeCipherSpec',
      '> [Encrypted record]',
      'end',
    ])
  })
  it('is written by the exporters, in both languages', () => {
    const { trace, connection } = open('tls12-rsa-cbc')
    const text = [...plainParts(makeLadder(trace, { kind: 'tls', connection }, LADDER_DEFAULTS))].join('')
    expect(text).toContain('TLS connection on TCP stream 0')
    expect(text).toMatch(/ClientKeyExchange.*No forward secrecy/)
    expect(ladder('tls12-rsa-cbc', true, 'zh')).toContain('# Finished：双方持有相同的密钥')
  })
})

describe('round trips before data', () => {
  it.each([
    ['tls13-aes128', 1],
    ['tls13-hello-retry', 2],
    ['tls13-resumed', 1],
    ['tls12-rsa-cbc', 2],
    ['tls12-ecdhe-rsa-gcm', 2],
    ['tls12-ticket', 2],
    ['tls10', 2],
  ])('%s: %i', (name, count) => {
    const { roundTrips } = open(name).connection
    expect(roundTrips.map(({ kind }) => kind)).toEqual(['tcp', ...Array<string>(count).fill('tls')])
  })
})
