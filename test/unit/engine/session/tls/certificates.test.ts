// Certificates and chains, against what OpenSSL says of the same bytes (Node's X509Certificate).
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCertificate } from '../../../../../src/engine/session/tls/certificates/certificate'
import type { Certificate } from '../../../../../src/engine/session/tls/certificates/certificate'
import { checkChain, matchesHost } from '../../../../../src/engine/session/tls/certificates/chain'
import type { ChainQuestion } from '../../../../../src/engine/session/tls/certificates/chain'
import { nodeSignatureCheck } from '../../../../../src/node/host/certificate-signatures'

const text = readFileSync(path.join(import.meta.dirname, '../../../../fixtures/certificates.pem'), 'utf8')
const PEMS = new Map(
  text
    .split(/^# /m)
    .slice(1)
    .map((block) => [block.slice(0, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1)] as const),
)
const derOf = (name: string) => new Uint8Array(new X509Certificate(PEMS.get(name) ?? '').raw)

function certificate(name: string): Certificate {
  const read = readCertificate(derOf(name))
  if (!read) throw new Error(`${name} was not read`)
  return read
}

const NOW = Date.UTC(2030, 0, 1) / 1000
const ask = (names: readonly string[], question: Partial<ChainQuestion> = {}) =>
  checkChain(names.map(certificate), { at: NOW, host: 'www.example.net', side: 'server', ...question }, nodeSignatureCheck)
const codes = (names: readonly string[], question: Partial<ChainQuestion> = {}) =>
  ask(names, question).map((link) => link.problems.map(({ code }) => code))

describe('a certificate', () => {
  test.each([...PEMS.keys()])('%s says what OpenSSL says', (name) => {
    const theirs = new X509Certificate(PEMS.get(name) ?? ''),
      ours = certificate(name),
      bits = theirs.publicKey.asymmetricKeyDetails?.modulusLength
    expect(ours.serialNumber.toUpperCase()).toBe(theirs.serialNumber.replace(/^0+(?=.)/, ''))
    expect(ours.notBefore * 1000).toBe(Date.parse(theirs.validFrom))
    expect(ours.notAfter * 1000).toBe(Date.parse(theirs.validTo))
    expect(ours.isAuthority ?? false).toBe(theirs.ca)
    if (bits) expect(ours.key.bits).toBe(bits)
    expect(new X509Certificate(ours.pem).fingerprint256).toBe(theirs.fingerprint256)
  })

  test('has its names in full', () => {
    const leaf = certificate('leaf')
    expect(leaf.subject).toBe('CN=www.example.net, O=Bäckerei & Söhne\\, GmbH, L=Den Haag, C=NL')
    expect(leaf.issuer).toBe('CN=Example Issuing, O=Example Trust, C=NL')
    expect(leaf.names.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'dns www.example.net',
      'dns *.shop.example.net',
      'ip 192.0.2.7',
      'ip 2001:db8::7',
      'email who@example.net',
      'uri https://example.net/',
    ])
    expect(leaf.keyUsage).toEqual(['digitalSignature'])
    expect(certificate('inter').key).toMatchObject({ kind: 'EC', curve: 'secp256r1', bits: 256 })
    expect(certificate('client').key).toMatchObject({ kind: 'EC', curve: 'secp384r1', bits: 384 })
    expect(certificate('ed').key.kind).toBe('Ed25519')
  })

  test('that is cut or changed anywhere is read or refused, never an error', () => {
    const good = derOf('leaf')
    fc.assert(
      fc.property(fc.nat(good.length), fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }), (cut, changes) => {
        const bytes = good.slice(0, cut === 0 ? good.length : cut)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const read = readCertificate(bytes)
        if (cut > 0 && cut < good.length && changes.length === 0) expect(read).toBeUndefined()
        if (read) expect(checkChain([read], { at: NOW, host: 'a', side: 'server' }, nodeSignatureCheck)).toHaveLength(1)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a chain', () => {
  test('that is right has no problem', () => {
    const links = ask(['leaf', 'inter', 'root'])
    expect(links.map(({ role, signature, issuedBy, rejected }) => [role, signature, issuedBy, rejected])).toEqual([
      ['leaf', 'valid', 1, false],
      ['intermediate', 'valid', 2, false],
      ['root', 'valid', 2, false],
    ])
    expect(links.flatMap(({ problems }) => problems)).toEqual([])
  })

  test('may leave out its root, which is told and tolerated', () => {
    const [leaf, issuing] = ask(['leaf', 'inter'])
    expect(leaf?.problems).toEqual([])
    expect(issuing?.problems).toEqual([{ code: 'issuer-missing' }])
    expect(issuing).toMatchObject({ signature: 'issuer missing', rejected: false })
  })

  test('is judged at the time of the capture', () => {
    const { notBefore, notAfter } = certificate('leaf')
    expect(ask(['leaf', 'inter'], { at: notAfter + 1 })[0]).toMatchObject({
      problems: [{ code: 'expired', since: notAfter }],
      rejected: true,
    })
    expect(ask(['leaf', 'inter'], { at: notBefore - 1 })[0]?.problems).toContainEqual({ code: 'not-yet-valid', since: notBefore })
    expect(codes(['leaf', 'inter'], { at: notAfter })[0]).toEqual([])
  })

  test('names the exact reason', () => {
    expect(codes(['leaf', 'inter'], { host: 'mail.example.net' })[0]).toEqual(['name-mismatch'])
    expect(codes(['leaf', 'inter'], { host: '192.0.2.7' })[0]).toEqual([])
    expect(codes(['leaf', 'inter'], { host: 'one.shop.example.net' })[0]).toEqual([])
    expect(codes(['self'], { host: 'self.example.net' })[0]).toEqual(['no-names', 'self-signed'])
    expect(codes(['client', 'inter'])[0]).toEqual(['wrong-purpose'])
    expect(codes(['client', 'inter'], { side: 'client' })[0]).toEqual([])
    expect(codes(['weak', 'root'])[0]).toEqual(['weak-signature', 'weak-key'])
    expect(codes(['leaf', 'inter-not-ca', 'root'])[1]).toEqual(['not-an-authority', 'may-not-sign'])
    expect(codes(['pss', 'root'])[0]).toEqual([])
    expect(codes(['ed', 'inter', 'root']).flat()).toEqual([])
  })

  test('in the wrong order is followed all the same', () => {
    const links = ask(['leaf', 'root', 'inter'])
    expect(links.map(({ role }) => role)).toEqual(['leaf', 'root', 'intermediate'])
    expect(links.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], ['wrong-order'], ['wrong-order']])
    expect(links.some(({ rejected }) => rejected)).toBe(false)
  })

  test('with a certificate that belongs to nothing says so', () => {
    expect(ask(['leaf', 'inter', 'self'])[2]).toMatchObject({ role: 'unused', problems: [{ code: 'unused' }], rejected: false })
  })

  test('with a changed signature is rejected', () => {
    const der = derOf('leaf')
    der[der.length - 1]! ^= 1
    const changed = readCertificate(der)
    if (!changed) throw new Error('not read')
    const [leaf] = checkChain([changed, certificate('inter')], { at: NOW, host: '', side: 'server' }, nodeSignatureCheck)
    expect(leaf?.signature === 'valid').toBe(false)
    expect(leaf).toMatchObject({ signature: 'invalid', problems: [{ code: 'bad-signature' }], rejected: true })
  })
})

test.each([
  ['example.net', 'EXAMPLE.net', true],
  ['example.net', 'example.net.', true],
  ['*.example.net', 'a.example.net', true],
  ['*.example.net', 'example.net', false],
  ['*.example.net', 'a.b.example.net', false],
  ['*.net', 'example.net', false],
  ['w*.example.net', 'www.example.net', false],
])('%s covers %s: %s', (name, host, expected) => {
  expect(matchesHost(name, host)).toBe(expected)
})
