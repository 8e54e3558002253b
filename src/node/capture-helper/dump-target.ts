// Where pcap_dump writes: C memory where the C library offers a stream of it (Linux, macOS, BSD), a temporary file elsewhere (Windows). Either way
// a batch is written natively and then taken as one piece.
import koffi from 'koffi'
import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libpcap, type Pointer } from './libpcap'

/** pcap_dump's file header and record header. */
export const DUMP_HEADER = 24
export const RECORD_HEADER = 16

/** A dump that is emptied batch by batch. */
export interface DumpTarget {
  /** pcap_dumper_t, the `user` of pcap_dispatch. */
  readonly dumper: Pointer
  /** Starts a batch. */
  begin(): void
  /** Records since begin(): valid until the next batch. */
  take(): { readonly bytes: Buffer; readonly length: number }
  close(): void
}

/** Opens a target for a handle. */
export function openDumpTarget(handle: Pointer): DumpTarget {
  return process.platform === 'win32' || process.env['WIREGLASS_DUMP'] === 'file' ? fileTarget(handle) : memoryTarget(handle)
}

function memoryTarget(handle: Pointer): DumpTarget {
  const pcap = libpcap()
  const c = koffi.load(null)
  const openMemory: (address: unknown, size: unknown) => Pointer = c.func('void *open_memstream(void *address, void *size)')
  const seek: (file: Pointer, offset: number, whence: number) => number = c.func('int fseek(void *file, long offset, int whence)')
  const tell: (file: Pointer) => number = c.func('long ftell(void *file)')
  const copy: (target: Uint8Array, source: Pointer, length: number) => unknown = c.func(
    'void *memcpy(_Out_ uint8_t *target, void *source, size_t length)',
  )
  const address: unknown = koffi.alloc('void *', 1)
  const size: unknown = koffi.alloc('size_t', 1)
  const file = openMemory(address, size)
  const dumper = pcap.dumpFopen(handle, file)
  let bytes = Buffer.allocUnsafe(1 << 20)
  return {
    dumper,
    begin() {
      seek(file, 0, 0)
    },
    take() {
      pcap.dumpFlush(dumper)
      const length = tell(file)
      if (length > bytes.length) bytes = Buffer.allocUnsafe(length * 2)
      copy(bytes, koffi.decode(address, 'void *') as Pointer, length)
      return { bytes, length }
    },
    close() {
      pcap.dumpClose(dumper)
    },
  }
}

/** The temporary file is written anew when it has grown to this. */
const FILE_LIMIT = 64 << 20

function fileTarget(handle: Pointer): DumpTarget {
  const pcap = libpcap()
  const path = join(tmpdir(), `wireglass-dump-${process.pid}-${String(handle)}`)
  let dumper = pcap.dumpOpen(handle, path)
  let taken = DUMP_HEADER
  let descriptor = openSync(path, 'r')
  let bytes = Buffer.allocUnsafe(1 << 20)
  return {
    get dumper() {
      return dumper
    },
    begin() {
      if (taken < FILE_LIMIT) return
      pcap.dumpClose(dumper)
      closeSync(descriptor)
      dumper = pcap.dumpOpen(handle, path)
      descriptor = openSync(path, 'r')
      taken = DUMP_HEADER
    },
    take() {
      pcap.dumpFlush(dumper)
      const length = fstatSync(descriptor).size - taken
      if (length > bytes.length) bytes = Buffer.allocUnsafe(length * 2)
      for (let done = 0; done < length;) {
        const got = readSync(descriptor, bytes, done, length - done, taken + done)
        if (got === 0) break
        done += got
      }
      taken += length
      return { bytes, length }
    },
    close() {
      pcap.dumpClose(dumper)
      closeSync(descriptor)
      rmSync(path, { force: true })
    },
  }
}
