// RC2, IDEA and SEED against the vectors that were published with them.
import { describe, expect, it } from 'vitest'
import { hex } from '../../../../../src/engine/bytes/text'
import { decryptOwnCbc } from '../../../../../src/engine/protocols/app/tls/keys/block-chaining'
import { ideaDecryption } from '../../../../../src/engine/protocols/app/tls/keys/idea'
import { rc2Decryption } from '../../../../../src/engine/protocols/app/tls/keys/rc2'
import { seedDecryption } from '../../../../../src/engine/protocols/app/tls/keys/seed'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

function decrypted(cipher: { decrypt(block: DataView): void }, ciphertext: string): string {
  const block = bytes(ciphertext)
  cipher.decrypt(new DataView(block.buffer))
  return hex(block)
}

describe('block ciphers of old TLS suites', () => {
  it.each([
    [63, '0000000000000000', '0000000000000000', 'ebb773f993278eff'],
    [64, 'ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
    [64, '3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
    [64, '88', '0000000000000000', '61a8a244adacccf0'],
    [64, '88bca90e90875a', '0000000000000000', '6ccf4308974c267f'],
    [64, '88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '1a807d272bbe5db1'],
    [128, '88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
    [129, '88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', '0000000000000000', '5b78d3a43dfff1f1'],
  ])('RC2 with %i effective bits, key %s (RFC 2268, 5)', (bits, key, plain, cipher) => {
    expect(decrypted(rc2Decryption(bytes(key), bits), cipher)).toBe(plain)
  })

  it.each([
    ['00010002000300040005000600070008', '0000000100020003', '11fbed2b01986de5'],
    ['000102030405060708090a0b0c0d0e0f', 'db2d4a92aa68273f', '0011223344556677'],
    ['2bd6459f82c5b300952c49104881ff48', 'f129a6601ef62a47', 'ea024714ad5c4d84'],
  ])('IDEA with key %s', (key, plain, cipher) => {
    expect(decrypted(ideaDecryption(bytes(key)), cipher)).toBe(plain)
  })

  it.each([
    ['00000000000000000000000000000000', '000102030405060708090a0b0c0d0e0f', '5ebac6e0054e166819aff1cc6d346cdb'],
    ['000102030405060708090a0b0c0d0e0f', '00000000000000000000000000000000', 'c11f22f20140505084483597e4370f43'],
    ['4706480851e61be85d74bfb3fd956185', '83a2f8a288641fb9a4e9a5cc2f131c7d', 'ee54d13ebcae706d226bc3142cd40d4a'],
    ['28dbc3bc49ffd87dcfa509b11d422be7', 'b41e6be2eba84a148e2eed84593c5ec7', '9b9b7bfcd1813cb95d0b3618f40f5122'],
  ])('SEED with key %s (RFC 4269, appendix B)', (key, plain, cipher) => {
    expect(decrypted(seedDecryption(bytes(key)), cipher)).toBe(plain)
  })

  it('chains blocks: IDEA in CBC mode, from two blocks that are known in ECB mode', () => {
    const key = bytes('00112233445566778899aabbccddeeff'),
      ciphertext = bytes('ed732271a7b39f475b4b2b6719f194bf')
    // ECB: 0001020304050607 08090a0b0c0d0e0f; the first block is XORed with the vector, the second with the first block's ciphertext
    expect(hex(decryptOwnCbc('idea-cbc', key, bytes('0001020304050607'), ciphertext) ?? new Uint8Array(0))).toBe(
      '0000000000000000' + 'e57a287aabbe9148',
    )
    expect(decryptOwnCbc('idea-cbc', key, bytes('0001020304050607'), ciphertext.subarray(0, 12))).toBeUndefined()
  })
})
