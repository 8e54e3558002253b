// gzip, zstd and lz4 streams, recognised by their first bytes, decompressed into a spool while the program runs on.
import { Decompress } from 'fzstd'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { u32be } from '../../engine/bytes/integers'
import { TraceError } from '../../shared/errors'
import { Lz4Decoder } from './lz4-decoder'
import type { SpoolSource } from './spool-source'

/** Kinds of compression that are undone. */
export type Compression = 'gzip' | 'zstd' | 'lz4'

/** Bytes that detectCompression() needs. */
export const COMPRESSION_MAGIC_LENGTH = 4

/** The compression that a file's first bytes tell, whatever its name. */
export function detectCompression(head: Uint8Array): Compression | undefined {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  if (head.length < 4) return undefined
  const magic = u32be(head, 0)
  if (magic === 0x28b52ffd) return 'zstd'
  if (magic === 0x04224d18 || magic === 0x02214c18) return 'lz4'
  return undefined
}

/** Undoes one kind of compression, piece by piece. push() resolves when all output that the input allows was handed out. */
interface StreamDecoder {
  push(chunk: Uint8Array): Promise<void>
  /** Throws if the stream is not whole. */
  finish(): Promise<void>
}

type Output = (bytes: Uint8Array) => void

function gzipDecoder(output: Output): StreamDecoder {
  const gunzip = createGunzip({ chunkSize: 1 << 17 })
  let failure: Error | undefined
  gunzip.on('data', (bytes: Uint8Array) => {
    output(bytes)
  })
  gunzip.on('error', (error: Error) => {
    failure = error
  })
  const settle = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure)
        return
      }
      const failed = (error: Error): void => {
        reject(error)
      }
      gunzip.once('error', failed)
      start((error) => {
        gunzip.off('error', failed)
        if (error) reject(error)
        else resolve()
      })
    })
  return {
    push: (chunk) => settle((done) => gunzip.write(chunk, done)),
    // All input is in by now: what ends here without an end mark was cut.
    finish: () =>
      settle((done) => {
        gunzip.once('end', () => {
          done()
        })
        gunzip.end()
      }),
  }
}

/** Decoders that work in this thread let other work run between two pieces. */
function threadDecoder(push: (chunk: Uint8Array) => void, finish: () => void): StreamDecoder {
  return {
    async push(chunk) {
      push(chunk)
      await nextTurn()
    },
    async finish() {
      finish()
    },
  }
}

function createDecoder(kind: Compression, output: Output): StreamDecoder {
  switch (kind) {
    case 'gzip':
      return gzipDecoder(output)
    case 'zstd': {
      const zstd = new Decompress(output)
      return threadDecoder(
        (chunk) => {
          zstd.push(chunk)
        },
        () => {
          zstd.push(new Uint8Array(0), true)
        },
      )
    }
    case 'lz4': {
      const lz4 = new Lz4Decoder(output)
      return threadDecoder(
        (chunk) => {
          lz4.push(chunk)
        },
        () => {
          if (!lz4.atBoundary) throw new TraceError('compression/truncated', 'unexpected end of file')
        },
      )
    }
  }
}

const SLICE = 1 << 16
const FINE_SLICE = 1

/**
 * Decompresses `input` into `spool` and finishes it; never rejects: what goes wrong becomes the spool's failure.
 * A decoder may swallow the output of the very piece in which it meets damage. Where the input can be read again (`again`), the
 * part around the damage is decoded a second time byte by byte, so that all that can be saved is saved.
 */
export async function decompressInto(
  spool: SpoolSource,
  kind: Compression,
  input: AsyncIterable<Uint8Array>,
  again?: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  const first = await run(spool, kind, input, Infinity, 0)
  if (first === undefined) {
    spool.finish()
    return
  }
  if (again !== undefined && !spool.complete) await run(spool, kind, again(), first.at, spool.size)
  spool.fail(compressionError(spool.name, kind, first.error, first.at))
}

/** One pass; skips the first `known` bytes of output. Answers the damage and the input position of the piece where it was met. */
async function run(
  spool: SpoolSource,
  kind: Compression,
  input: AsyncIterable<Uint8Array>,
  fineFrom: number,
  known: number,
): Promise<{ error: unknown; at: number } | undefined> {
  let at = 0
  let skip = known
  const decoder = createDecoder(kind, (bytes) => {
    const dropped = Math.min(skip, bytes.length)
    skip -= dropped
    spool.append(dropped === 0 ? bytes : bytes.subarray(dropped))
  })
  try {
    for await (const chunk of input) {
      for (let from = 0; from < chunk.length;) {
        const slice = at >= fineFrom ? FINE_SLICE : Math.min(SLICE, fineFrom - at)
        const piece = chunk.subarray(from, from + slice)
        await decoder.push(piece)
        from += piece.length
        at += piece.length
        if (spool.complete) return undefined
      }
    }
    await decoder.finish()
    return undefined
  } catch (error) {
    return { error, at }
  }
}

function compressionError(name: string, kind: Compression, error: unknown, at: number): TraceError {
  if (error instanceof TraceError && error.code.startsWith('io/')) return error
  const detail = error instanceof Error ? error.message : String(error)
  const cut = /unexpected e(nd|of)/i.test(detail)
  const what = cut
    ? `the ${kind} data is cut short: the file ends before its compressed contents do`
    : `the ${kind} data is damaged near byte 0x${at.toString(16)} of the compressed file (${detail})`
  const message = `${name}: ${what}. Copy or download the file again.`
  return new TraceError(cut ? 'compression/truncated' : 'compression/damaged', message, { file: name }, { cause: error })
}
