// Decompression of packet contents (HTTP bodies and the like) with Node's zlib; zstd by fzstd, which is plain JavaScript.
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { decompress as decompressZstd } from 'fzstd'
import type { Inflate } from '../../engine/dissect/session'

/** Decompresses synchronously: the engine owns its process. Output beyond the limit is not made, so a bomb costs no more than the limit. */
export const nodeInflate: Inflate = {
  inflate(bytes, encoding, limit) {
    try {
      return inflateFully(bytes, encoding, limit)
    } catch {
      // Damaged, or larger than the limit: not shown decompressed, as Wireshark does.
      return null
    }
  },
}

function inflateFully(bytes: Uint8Array, encoding: 'gzip' | 'deflate' | 'br' | 'zstd', limit: number): Uint8Array {
  // Cut bodies are common: what can be read of them is used.
  const options = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH }
  switch (encoding) {
    case 'gzip':
      return gunzipSync(bytes, options)
    case 'deflate':
      // RFC 9110 means the zlib format, but raw deflate is sent as well.
      return ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0
        ? inflateSync(bytes, options)
        : inflateRawSync(bytes, options)
    case 'br':
      return brotliDecompressSync(bytes, { maxOutputLength: limit, finishFlush: constants.BROTLI_OPERATION_FLUSH })
    case 'zstd': {
      const output = decompressZstd(bytes)
      if (output.length > limit) throw new RangeError('larger than the limit')
      return output
    }
  }
}
