// WireGuard with a key log: a handshake as both sides compute it, then the packets inside.
import { createCipheriv, createHash, createHmac, diffieHellman, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../../src/engine/bytes/byte-source'
import { Trace } from '../../../../../src/engine/index/trace'
import { WIREGUARD_KEYS } from '../../../../../src/engine/protocols/app/wireguard/keys'
import { nodeCiphers } from '../../../../../src/node/host/ciphers'
import { nodeInflate } from '../../../../../src/node/host/inflate'
import { udpFrame } from '../../../../support/conversations'
import { seen } from '../../../../support/dissect'
import { pcapFile } from '../../../../support/pcap-builder'

const hash = (...parts: Uint8Array[]) => createHash('blake2s256').update(Buffer.concat(parts)).digest()
const hmac = (key: Uint8Array, ...parts: Uint8Array[]) => createHmac('blake2s256', key).update(Buffer.concat(parts)).digest()
function keys(chain: Uint8Array, input: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const secret = hmac(chain, input),
    first = hmac(secret, Buffer.of(1)),
    second = hmac(secret, first, Buffer.of(2))
  return [first, second, hmac(secret, second, Buffer.of(3))]
}
function seal(key: Uint8Array, counter: number, plain: Uint8Array, associated: Uint8Array): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32LE(counter, 4)
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAAD(associated, { plaintextLength: plain.length })
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
const part = (key: KeyObject, name: 'd' | 'x') => Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url')
const NONE = Buffer.alloc(0)

/** An ICMP echo request in IPv4. */
const PING = Buffer.from('4500001c000100004001f97d0a0a00010a0a00020800f7f500010009', 'hex')

function conversation() {
  const pair = () => generateKeyPairSync('x25519'),
    shared = (a: KeyObject, b: KeyObject) => diffieHellman({ privateKey: a, publicKey: b })
  const [si, ei, sr, er] = [pair(), pair(), pair(), pair()],
    preshared = Buffer.alloc(32, 7)
  const [spr, epi, epr] = [part(sr.publicKey, 'x'), part(ei.publicKey, 'x'), part(er.publicKey, 'x')]
  let chain: Uint8Array = hash(Buffer.from('Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s'))
  let h: Uint8Array = hash(hash(hash(chain, Buffer.from('WireGuard v1 zx2c4 Jason@zx2c4.com')), spr), epi)
  let key: Uint8Array
  chain = keys(chain, epi)[0]
  ;[chain, key] = keys(chain, shared(ei.privateKey, sr.publicKey))
  const sealedStatic = seal(key, 0, part(si.publicKey, 'x'), h)
  h = hash(h, sealedStatic)
  ;[chain, key] = keys(chain, shared(si.privateKey, sr.publicKey))
  const sealedTime = seal(key, 0, Buffer.from('400000005b526b4b15406f50', 'hex'), h)
  h = hash(h, sealedTime)
  const initiation = Buffer.concat([Buffer.from('0100000011111111', 'hex'), epi, sealedStatic, sealedTime, Buffer.alloc(32)])
  chain = keys(chain, epr)[0]
  h = hash(h, epr)
  chain = keys(chain, shared(er.privateKey, ei.publicKey))[0]
  chain = keys(chain, shared(er.privateKey, si.publicKey))[0]
  const [last, extra, sealing] = keys(chain, preshared)
  const sealedEmpty = seal(sealing, 0, NONE, hash(h, extra))
  const response = Buffer.concat([Buffer.from('020000002222222211111111', 'hex'), epr, sealedEmpty, Buffer.alloc(32)])
  const [toResponder, toInitiator] = keys(last, NONE)
  const data = (index: string, sealing: Uint8Array, counter: number, plain: Buffer) => {
    const header = Buffer.concat([Buffer.from(`04000000${index}`, 'hex'), Buffer.alloc(8)])
    header.writeUInt32LE(counter, 8)
    return Buffer.concat([header, seal(sealing, counter, plain, NONE)])
  }
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    frames: [
      udpFrame(40000, 51820, initiation),
      udpFrame(51820, 40000, response, '10.0.0.2', '10.0.0.1'),
      udpFrame(40000, 51820, data('22222222', toResponder, 0, PING)),
      udpFrame(51820, 40000, data('11111111', toInitiator, 5, PING), '10.0.0.2', '10.0.0.1'),
      udpFrame(40000, 51820, data('22222222', toResponder, 1, NONE)),
    ],
    initiator: `LOCAL_STATIC_PRIVATE_KEY = ${base64(part(si.privateKey, 'd'))}\nREMOTE_STATIC_PUBLIC_KEY = ${base64(spr)}\nLOCAL_EPHEMERAL_PRIVATE_KEY=${base64(part(ei.privateKey, 'd'))}\nPRESHARED_KEY=${base64(preshared)}\n`,
    responder: `LOCAL_STATIC_PRIVATE_KEY=${base64(part(sr.privateKey, 'd'))}\nLOCAL_EPHEMERAL_PRIVATE_KEY=${base64(part(er.privateKey, 'd'))}\nPRESHARED_KEY=${base64(preshared)}\n`,
  }
}

/** Chain of protocols of every frame, as it is seen first and again from the last to the first. */
function chains(frames: readonly Uint8Array[], log: string): string[] {
  const trace = new Trace(memorySource(pcapFile(frames.map((bytes) => ({ bytes }))), 'built'), nodeInflate, nodeCiphers)
  trace.session.state(WIREGUARD_KEYS).addText(log)
  const first: string[] = []
  while (trace.visitNext({ summary: true, labels: true })) first.push(seen(trace.decoder).chain)
  const again = first.map((_, i) => seen(trace.dissect(first.length - i, { summary: true, labels: true })).chain).reverse()
  expect(again).toEqual(first)
  return first
}

describe('WireGuard', () => {
  const { frames, initiator, responder } = conversation()
  const UDP = 'eth:ethertype:ip:udp'

  test.each([
    ['initiator', initiator],
    ['responder', responder],
  ])("shows the packets inside with the %s's keys", (_, log) => {
    expect(chains(frames, log)).toEqual([`${UDP}:wg`, `${UDP}:wg`, `${UDP}:wg:ip:icmp`, `${UDP}:wg:ip:icmp`, `${UDP}:wg`])
  })

  test('shows the messages alone without keys, and with those of another conversation', () => {
    for (const log of ['', 'LOCAL_STATIC_PRIVATE_KEY = nonsense\n', conversation().initiator])
      expect(new Set(chains(frames, log))).toEqual(new Set([`${UDP}:wg`]))
  })
})
