// Decompression for the engine, by Node's zlib.
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { Inflate } from '../engine/service/terminal'

/** Node's decompressors behind the engine's port. What was damaged or cut off answers null. */
export const nodeInflate: Inflate = {
  inflate(bytes, encoding, limit) {
    const wish = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH }
    try {
      switch (encoding) {
        case 'gzip': return gunzipSync(bytes, wish)
        case 'deflate': return ((bytes[0] ?? 0) & 15) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0 ? inflateSync(bytes, wish) : inflateRawSync(bytes, wish)
        case 'br': return brotliDecompressSync(bytes, { maxOutputLength: limit })
        case 'zstd': return null
      }
    } catch {
      return null // the bytes are shown as they are
    }
  },
}
