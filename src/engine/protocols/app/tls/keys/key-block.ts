// The key block of TLS up to 1.2: MAC keys, keys and initialization vectors of both directions (RFC 5246, 6.3), with what weakened suites make of theirs
// (RFC 2246, 6.3.1; RFC 6101, 6.2.2).
import { joined } from '../../../../bytes/join'
import type { Ciphers } from '../../../../dissect/ciphers'
import { HASH_LENGTHS } from './cipher-suites'
import type { SuiteParameters } from './cipher-suites'
import { pseudoRandom } from './derivation'

/** One direction's share of the key block. */
export interface DirectionKeys {
  readonly macKey: Uint8Array
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

const EMPTY = new Uint8Array(0)

/** Bytes of the parts of a direction's share. */
function shareOf(version: number, suite: SuiteParameters): { readonly macLength: number; readonly ivLength: number } {
  return {
    macLength: suite.mac ? HASH_LENGTHS[suite.mac] : 0,
    ivLength: suite.kind === 'cbc' && version >= 0x0302 ? 0 : suite.ivLength,
  }
}

/** The key block, from which both directions take their keys. */
export function keyBlock(
  ciphers: Ciphers,
  version: number,
  suite: SuiteParameters,
  master: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): Uint8Array {
  const { macLength, ivLength } = shareOf(version, suite),
    seed = joined(serverRandom, clientRandom)
  return pseudoRandom(ciphers, version, suite.prf, master, 'key expansion', seed, 2 * (macLength + suite.keyLength + ivLength))
}

/** Keys of the client's or the server's records, from the key block. */
export function recordKeys(
  ciphers: Ciphers,
  version: number,
  suite: SuiteParameters,
  block: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  fromClient: boolean,
): DirectionKeys {
  const { macLength, ivLength } = shareOf(version, suite)
  const other = fromClient ? 0 : 1,
    macAt = other * macLength,
    keyAt = 2 * macLength + other * suite.keyLength,
    ivAt = 2 * (macLength + suite.keyLength) + other * ivLength,
    macKey = block.slice(macAt, macAt + macLength),
    key = block.slice(keyAt, keyAt + suite.keyLength),
    iv = block.slice(ivAt, ivAt + ivLength)
  if (suite.exportLength === 0) return { macKey, key, iv }
  const seed = joined(clientRandom, serverRandom)
  if (version === 0x0300) {
    const [first, second] = fromClient ? [clientRandom, serverRandom] : [serverRandom, clientRandom]
    return {
      macKey,
      key: ciphers.hash('md5', joined(key, first, second)).subarray(0, suite.exportLength),
      iv: ciphers.hash('md5', joined(first, second)).subarray(0, ivLength),
    }
  }
  const label = fromClient ? 'client write key' : 'server write key',
    vectors = ivLength ? pseudoRandom(ciphers, version, suite.prf, EMPTY, 'IV block', seed, 2 * ivLength) : EMPTY
  return {
    macKey,
    key: pseudoRandom(ciphers, version, suite.prf, key, label, seed, suite.exportLength),
    iv: vectors.slice(other * ivLength, (other + 1) * ivLength),
  }
}
