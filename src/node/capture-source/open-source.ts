// Opens whatever holds a capture: a file, a compressed file, a pipe, or standard input ("-").
import { closeSync, createReadStream, fstatSync, open, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { CAPTURE_HEADER_LENGTH } from '../../engine/capture/open'
import { TraceError } from '../../shared/errors'
import { fileError } from '../files/file-error'
import type { CaptureSource } from './capture-source'
import { COMPRESSION_MAGIC_LENGTH, decompressInto, detectCompression } from './decompress'
import { FileSource } from './file-source'
import { SpoolSource } from './spool-source'

/** How a source is opened. */
export interface SourceOptions {
  /** Keep reading a plain file as it grows, until stop(). */
  readonly follow?: boolean
  /** Milliseconds between two looks at a followed file. */
  readonly pollMs?: number
  /** Bytes of a stream kept in memory before a temporary file is used. */
  readonly memoryLimit?: number
}

const CHUNK = 1 << 18
const openAsync = promisify(open)
const readAsync = promisify(read)

/**
 * Opens a capture's bytes. '-' is standard input. Compressed input is recognised by its contents and decompressed in the
 * background: the source grows. Resolves as soon as enough is there for openCapture().
 * Throws TraceError: 'io/not-found', 'io/is-directory', 'io/permission', 'io/read'.
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<CaptureSource> {
  if (path === '-') return openStream('-', process.stdin, options)
  let descriptor: number
  try {
    // Not openSync(): a named pipe without a writer would stop the whole process.
    descriptor = await openAsync(path, 'r')
  } catch (error) {
    throw fileError(error, path, 'read')
  }
  try {
    const found = fstatSync(descriptor)
    if (found.isDirectory()) throw new TraceError('io/is-directory', `${path} is a folder. Choose a capture file in it.`, { file: path })
    if (!found.isFile()) return await openStream(path, createReadStream(path, { fd: descriptor }), options)
    const head = new Uint8Array(COMPRESSION_MAGIC_LENGTH)
    const compression = detectCompression(head.subarray(0, readSync(descriptor, head, 0, head.length, 0)))
    if (compression === undefined) return new FileSource(path, descriptor, options.follow ?? false, options.pollMs)
    const spool = new SpoolSource(path, options.memoryLimit)
    void decompressInto(spool, compression, fileChunks(descriptor), () => fileChunks(descriptor)).finally(() => {
      closeSync(descriptor)
    })
    await untilUsable(spool)
    return spool
  } catch (error) {
    closeQuietly(descriptor)
    throw fileError(error, path, 'read')
  }
}

/** Spools a stream, decompressing it where needed. Resolves as soon as enough is there for openCapture(). */
export async function openStream(name: string, stream: AsyncIterable<unknown>, options: SourceOptions = {}): Promise<CaptureSource> {
  const spool = new SpoolSource(name, options.memoryLimit)
  void pump(spool, stream)
  await untilUsable(spool)
  return spool
}

async function pump(spool: SpoolSource, stream: AsyncIterable<unknown>): Promise<void> {
  try {
    const chunks = bytesOf(stream)[Symbol.asyncIterator]()
    let head = new Uint8Array(0)
    while (head.length < COMPRESSION_MAGIC_LENGTH) {
      const next = await chunks.next()
      if (next.done === true) break
      head = joined(head, next.value)
    }
    const compression = detectCompression(head)
    const all = withHead(head, chunks)
    if (compression !== undefined) {
      await decompressInto(spool, compression, all)
      return
    }
    for await (const chunk of all) if (!spool.append(chunk)) return
    spool.finish()
  } catch (error) {
    spool.fail(fileError(error, spool.name, 'read'))
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) yield chunk
    else if (typeof chunk === 'string') yield Buffer.from(chunk, 'latin1')
  }
}

async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

async function* fileChunks(descriptor: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    // A fresh buffer each time: decoders may keep parts of their input.
    const { bytesRead, buffer } = await readAsync(descriptor, new Uint8Array(CHUNK), 0, CHUNK, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function untilUsable(source: SpoolSource): Promise<void> {
  while (source.size < CAPTURE_HEADER_LENGTH && !source.complete) await source.whenMore()
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch {
    // It was closed already, by the stream that owned it.
  }
}
