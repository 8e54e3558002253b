// -w: the selected packets as a new capture file, or on standard output.
import { saveCapture } from '../engine/service/terminal'
import type { SaveOptions } from '../engine/service/terminal'
import type { CaptureSource } from '../node/capture-source/capture-source'
import { createOutputFile } from '../node/files/output-file'
import type { Options } from './options'
import type { Output } from './output'

/** Numbers of packets, one bit each. */
export class PacketSet {
  private words = new Uint32Array(1024)

  add(number: number): void {
    const word = number >>> 5
    if (word >= this.words.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.words.length * 2))
      larger.set(this.words)
      this.words = larger
    }
    this.words[word] = (this.words[word] ?? 0) | (1 << (number & 31))
  }

  has(number: number): boolean {
    return ((this.words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0
  }
}

/**
 * Writes the packets of `selected` (all when undefined) to options.write. The source must be complete. A file appears only when it is whole, so the
 * file that is read may be the one that is written. Throws TraceError.
 */
export function save(
  source: CaptureSource,
  target: string,
  options: Options,
  selected: PacketSet | undefined,
  application: string,
  out: Output,
): void {
  const settings: SaveOptions = {
    format: options.writeFormat === 'pcapng' ? 'pcapng' : 'pcap',
    nanoseconds: options.writeFormat === 'nsecpcap',
    include: selected && ((number) => selected.has(number)),
    last: Number.isFinite(options.count) ? options.count : undefined,
    application,
  }
  if (target === '-') {
    saveCapture(
      source,
      {
        write: (bytes) => {
          out.bytes(bytes)
        },
      },
      settings,
    )
    out.flush()
    return
  }
  const { file } = createOutputFile(target, true)
  try {
    saveCapture(source, file, settings)
    file.commit()
  } finally {
    file.abort()
  }
}
