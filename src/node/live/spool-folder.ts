// Temporary captures: each is a pcapng file with a note beside it that says what it is and whose. A note without a living owner is what a crash
// left behind; a file without a note is not wanted any more.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { LiveSpool } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import { fileError } from '../files/file-error'
import { isRunning, processIdentity } from './process-identity'

const CAPTURE = '.pcapng'
const NOTE = '.json'
/** A file without a note is left alone while it may still be one that is just being made. */
const YOUNG_MS = 60_000

interface Note {
  readonly startedMs: number
  readonly interfaces: readonly string[]
  readonly filter: string
  /** What the tab calls it. */
  readonly name: string
  readonly pid: number
  readonly identity: string
  /** Tells engines of one process apart: one may have died and another taken its place. */
  readonly engine: string
}

/** What is known of a temporary capture when it begins. */
export type SpoolFacts = Pick<Note, 'startedMs' | 'interfaces' | 'filter' | 'name'>

/** The temporary captures of one user. */
export class SpoolFolder {
  private readonly folder: string
  private readonly engine = randomBytes(8).toString('hex')

  constructor(folder: string) {
    this.folder = folder
  }

  /** Notes a new capture; answers the path to write to. Throws TraceError. */
  create(facts: SpoolFacts): string {
    const id = `${facts.name.slice(0, -CAPTURE.length).replace(/[^A-Za-z0-9._-]/g, '_')}-${randomBytes(3).toString('hex')}`
    const path = this.pathOf(id)
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      this.write(id, facts)
    } catch (error) {
      throw fileError(error, path, 'write')
    }
    return path
  }

  /** Captures that no running engine has open, oldest first. */
  list(): LiveSpool[] {
    this.clean()
    const spools: LiveSpool[] = []
    for (const id of this.notes()) {
      const note = this.read(id)
      if (note === undefined || this.isOwned(note)) continue
      const bytes = statSync(this.pathOf(id), { throwIfNoEntry: false })?.size
      if (bytes === undefined) this.removeNote(id)
      else spools.push({ id, startedMs: note.startedMs, interfaces: [...note.interfaces], filter: note.filter, bytes })
    }
    return spools.sort((one, other) => one.startedMs - other.startedMs)
  }

  /** Takes a capture over. Throws TraceError. */
  take(id: string): { readonly path: string; readonly name: string } {
    const note = this.abandoned(id)
    this.write(id, note)
    return { path: this.pathOf(id), name: note.name }
  }

  /** Removes a capture that nobody has open. Throws TraceError. */
  discard(id: string): void {
    this.abandoned(id)
    this.remove(this.pathOf(id))
  }

  /** The capture is saved elsewhere: it is not offered again. */
  forget(path: string): void {
    const id = this.idOf(path)
    if (id !== undefined) this.removeNote(id)
  }

  /** Removes a capture. */
  remove(path: string): void {
    const id = this.idOf(path)
    if (id === undefined) return
    this.removeNote(id)
    rmSync(path, { force: true })
  }

  private abandoned(id: string): Note {
    const note = this.notes().includes(id) ? this.read(id) : undefined
    if (note === undefined || this.isOwned(note)) {
      throw new TraceError('io/not-found', 'This capture is not there any more, or it is open in another window.')
    }
    return note
  }

  private isOwned(note: Note): boolean {
    if (note.pid === process.pid) return note.engine === this.engine
    return isRunning(note.pid, note.identity)
  }

  private write(id: string, { startedMs, interfaces, filter, name }: SpoolFacts): void {
    const { pid } = process
    const note: Note = { startedMs, interfaces, filter, name, pid, identity: processIdentity(pid), engine: this.engine }
    const path = join(this.folder, id + NOTE)
    const temporary = `${path}.${pid}.tmp`
    writeFileSync(temporary, JSON.stringify(note), { mode: 0o600 })
    renameSync(temporary, path)
  }

  private read(id: string): Note | undefined {
    try {
      const note: unknown = JSON.parse(readFileSync(join(this.folder, id + NOTE), 'utf8'))
      return isNote(note) ? note : undefined
    } catch {
      return undefined
    }
  }

  private entries(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder) : []
  }

  private notes(): string[] {
    return this.entries()
      .filter((name) => name.endsWith(NOTE))
      .map((name) => name.slice(0, -NOTE.length))
  }

  /** Removes captures that were saved but not closed when their engine ended. */
  private clean(): void {
    const known = new Set(this.notes())
    for (const name of this.entries()) {
      if (!name.endsWith(CAPTURE) || known.has(name.slice(0, -CAPTURE.length))) continue
      const found = statSync(join(this.folder, name), { throwIfNoEntry: false })
      if (found !== undefined && Date.now() - found.mtimeMs > YOUNG_MS) rmSync(join(this.folder, name), { force: true })
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, id + CAPTURE)
  }

  private idOf(path: string): string | undefined {
    return dirname(path) === this.folder && path.endsWith(CAPTURE) ? basename(path, CAPTURE) : undefined
  }

  private removeNote(id: string): void {
    rmSync(join(this.folder, id + NOTE), { force: true })
  }
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null) return false
  const note = value as Partial<Record<keyof Note, unknown>>
  return (
    typeof note.startedMs === 'number' &&
    Array.isArray(note.interfaces) &&
    note.interfaces.every((one) => typeof one === 'string') &&
    [note.filter, note.name, note.identity, note.engine].every((one) => typeof one === 'string') &&
    typeof note.pid === 'number'
  )
}
