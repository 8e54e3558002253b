import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../../../src/engine/bytes/utf8'

test('any text, lone surrogates too, becomes the bytes that the platform makes of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00', '€', 'ü', '😀', 'plain'))),
      (parts) => {
        const text = parts.join('')
        expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)])
      },
    ),
  )
})
