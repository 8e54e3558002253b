// Keys that the user gave: a key log that is watched while it grows, RSA private keys, pasted lines. Every trace gets them before its first packet.
import { KeySettings, type KeyStatus } from '../../shared/contract'
import { isTraceError } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { KEY_LOG, KeyLog } from '../dissect/key-log'
import type { Trace } from '../index/trace'
import { SETTINGS_DOCUMENT } from './filter-macros'
import type { EnginePorts } from './ports'

const NO_FILES = { keyLogFile: '', privateKeyFiles: [] as string[] }

/** The keys of one engine. */
export class KeyRing {
  private readonly ports: EnginePorts
  private readonly changed: () => void
  private pasted = ''
  /** The key log of the settings, which is watched. */
  private chosen = ''
  /** Key logs of programs that were recorded; until the engine ends. */
  private readonly recorded: string[] = []
  /** Watched key logs as they were read last. */
  private readonly watched = new Map<string, { readonly stop: () => void; text: string }>()

  /** `changed` is called when the watched key log has new lines. */
  constructor(ports: EnginePorts, changed: () => void) {
    this.ports = ports
    this.changed = changed
  }

  /** Gives a trace that has visited no packet yet all keys there are. Files that cannot be read are passed over; the status tells of them. */
  apply(trace: Trace): void {
    const { keyLogFile, privateKeyFiles } = this.files()
    const keyLog = trace.session.state(KEY_LOG)
    if (keyLogFile !== this.chosen) {
      if (!this.recorded.includes(this.chosen)) this.unwatch(this.chosen)
      this.chosen = keyLogFile
      if (keyLogFile !== '') this.watch(keyLogFile)
    }
    for (const path of new Set([keyLogFile, ...this.recorded])) {
      if (path === '') continue
      const { text } = this.read(path)
      const entry = this.watched.get(path)
      if (entry) entry.text = text
      keyLog.addText(text)
    }
    keyLog.addText(this.pasted)
    for (const path of privateKeyFiles) {
      const { text } = this.read(path)
      if (PRIVATE_KEY.test(text)) keyLog.privateKeys.push(text)
    }
  }

  methods(): Pick<ServiceMethods, 'keys.status' | 'keys.paste'> {
    return {
      'keys.status': () => this.status(),
      'keys.paste': ({ text }) => {
        this.pasted = text
        return this.status()
      },
    }
  }

  /** Another key log, watched until the engine ends, which the settings do not name. */
  watchAlso(path: string): void {
    this.recorded.push(path)
    this.watch(path)
  }

  /** Reads the watched key logs now instead of waiting for the host to notice. */
  refresh(): void {
    for (const path of this.watched.keys()) this.look(path)
  }

  /** Secrets in a key log. */
  secretsOf(path: string): number {
    return counted(this.read(path).text).secrets
  }

  dispose(): void {
    for (const { stop } of this.watched.values()) stop()
    this.watched.clear()
  }

  private status(): KeyStatus {
    const { keyLogFile, privateKeyFiles } = this.files()
    const logFile = (path: string): KeyStatus['keyLog'] => {
      const { text, problem } = this.read(path)
      return { path, ...counted(text), problem }
    }
    return {
      keyLog: keyLogFile === '' ? null : logFile(keyLogFile),
      privateKeys: privateKeyFiles.map((path) => {
        const { text, problem } = this.read(path)
        const isKey = PRIVATE_KEY.test(text)
        return { path, secrets: isKey ? 1 : 0, badLines: problem === '' && !isKey ? 1 : 0, problem }
      }),
      pasted: counted(this.pasted),
    }
  }

  private files(): { readonly keyLogFile: string; readonly privateKeyFiles: readonly string[] } {
    const text = this.ports.documents.read(SETTINGS_DOCUMENT)
    if (text === null || !text.includes('keyLogFile')) return NO_FILES
    try {
      return KeySettings.parse(JSON.parse(text))
    } catch {
      // A damaged document is reported where the settings themselves are read.
      return NO_FILES
    }
  }

  private read(path: string): { readonly text: string; readonly problem: string } {
    try {
      return { text: this.ports.keyFiles?.read(path) ?? '', problem: '' }
    } catch (error) {
      return { text: '', problem: isTraceError(error) ? error.message : `${path} could not be read.` }
    }
  }

  private watch(path: string): void {
    if (this.watched.has(path)) return
    const stop = this.ports.keyFiles?.watch(path, () => {
      this.look(path)
    })
    if (stop) this.watched.set(path, { stop, text: '' })
  }

  private unwatch(path: string): void {
    this.watched.get(path)?.stop()
    this.watched.delete(path)
  }

  private look(path: string): void {
    const entry = this.watched.get(path)
    const { text } = this.read(path)
    if (entry === undefined || text === entry.text) return
    entry.text = text
    this.changed()
  }
}

const PRIVATE_KEY = /-----BEGIN (RSA |ENCRYPTED )?PRIVATE KEY-----/

function counted(text: string): { secrets: number; badLines: number } {
  const log = new KeyLog()
  log.addText(text)
  return { secrets: log.size, badLines: log.badLines }
}
