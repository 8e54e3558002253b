// The pre-master secret: from key logs that hold it, or from the client's key exchange with the server's RSA key (RFC 5246, 7.4.7.1).
import { hex } from '../../../../bytes/text'
import type { Ciphers } from '../../../../dissect/ciphers'
import type { KeyLog } from '../../../../dissect/key-log'
import type { SuiteParameters } from './cipher-suites'

/** Undefined when neither the log nor a private key gives it. `exchange` is the body of the client's key exchange. */
export function premasterSecret(
  ciphers: Ciphers,
  keyLog: KeyLog,
  random: string,
  version: number,
  suite: SuiteParameters,
  exchange: Uint8Array | undefined,
): Uint8Array | undefined {
  const known = keyLog.secret('PMS_CLIENT_RANDOM', random)
  if (known || !exchange || !suite.rsaExchange) return known
  // SSL 3.0 sends the encrypted secret without its length
  const encrypted = version === 0x0300 ? exchange : exchange.subarray(2)
  const logged = keyLog.secret('RSA', hex(encrypted.subarray(0, 8)))
  if (logged) return logged
  for (const key of keyLog.privateKeys) {
    const padded = ciphers.rsaDecrypt(key, encrypted)
    // 0, 2, padding without zeros, 0, then the secret's 48 bytes
    if (padded && padded.length > 51 && padded[1] === 2 && padded[padded.length - 49] === 0) return padded.subarray(padded.length - 48)
  }
  return undefined
}
