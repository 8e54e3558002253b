// --export-objects http,FOLDER: the bodies of HTTP/1.x messages as files, with tshark's names and bytes. As there, -Y does not choose among them, but -c and
// -R do.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { HTTP_OBJECTS } from '../engine/service/terminal'
import type { HttpObject, Trace } from '../engine/service/terminal'
import { fileError } from '../node/files/file-error'
import { writeNewFile } from '../node/files/new-file'
import { TraceError } from '../shared/errors'
import { fileName, objectName } from './object-names'

/** Most that one run writes: coded bodies of a small capture may unfold to more than a disk holds. */
interface ExportLimits {
  readonly files: number
  readonly bytes: number
}
/** Most names that are tried for an object; tshark's number, too. */
const MOST_TRIES = 1000
/** Most bytes that the bodies of one packet may unfold to. */
const MOST_WAITING = 256 << 20
const LIMITS: ExportLimits = { files: 100_000, bytes: 8 * 1024 ** 3 }

/** Takes the bodies of a trace while its packets are visited, and writes them. */
export class ObjectExport {
  private readonly folder: string
  private readonly limits: ExportLimits
  /** Bodies of the packet that is being visited. */
  private pending: HttpObject[] = []
  /** Their bytes, and how many of them were too many to be kept. */
  private waiting = 0
  private unkept = 0
  /** Where the numbering of each name goes on. */
  private readonly numbers = new Map<string, number>()
  private files = 0
  private bytes = 0
  private skipped = 0

  /** Makes the folder with those above it. Throws TraceError. */
  constructor(trace: Trace, folder: string, limits = LIMITS) {
    this.folder = folder
    this.limits = limits
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw new TraceError('io/exists', `Cannot write objects to ${folder}: it is a file. Choose another folder.`, { file: folder })
      throw fileError(error, folder, 'write')
    }
    trace.session.state(HTTP_OBJECTS).take = (object) => {
      this.waiting += object.bytes.length
      if (this.waiting <= MOST_WAITING) this.pending.push(object)
      else this.unkept++
    }
  }

  /** Says what was left out for the limits; '' where nothing was. */
  get leftOut(): string {
    return this.skipped === 0
      ? ''
      : `--export-objects: objects not written: ${this.skipped}; a run writes at most ${this.limits.files} files and ${this.limits.bytes} bytes, and tries ${MOST_TRIES} numbers for a name that exists. An empty folder may help.`
  }

  /** Writes the bodies of the packet that was dissected last. Throws TraceError. */
  write(): void {
    for (const object of this.pending) {
      if (this.files >= this.limits.files || this.bytes + object.bytes.length > this.limits.bytes) this.skipped++
      else if (this.place(object)) {
        this.files++
        this.bytes += object.bytes.length
      } else this.skipped++
    }
    this.skipped += this.unkept
    this.discard()
  }

  /** Leaves them out. */
  discard(): void {
    if (this.waiting === 0 && this.pending.length === 0) return
    this.pending = []
    this.waiting = this.unkept = 0
  }

  /** Writes one under the first number of its name that is free; false where none was found. */
  private place(object: HttpObject): boolean {
    const name = objectName(object),
      first = fileName(name, 0, process.platform),
      from = this.numbers.get(first) ?? 0
    for (let nth = from; nth < from + MOST_TRIES; nth++) {
      const file = fileName(name, nth, process.platform)
      if (file === '.' || file === '..' || !writeNewFile(path.join(this.folder, file), object.bytes)) continue
      this.numbers.set(first, nth + 1)
      return true
    }
    return false
  }
}
