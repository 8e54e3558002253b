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
  private watched = ''
  private stopWatching: (() => void) | undefined
  /** Key log as it was read last. */
  private text = ''

  /** `changed` is called when the watched key log has new lines. */
  constructor(ports: EnginePorts, changed: () => void) {
    this.ports = ports
    this.changed = changed
  }

  /** Gives a trace that has visited no packet yet all keys there are. Files that cannot be read are passed over; the status tells of them. */
  apply(trace: Trace): void {
    const { keyLogFile, privateKeyFiles } = this.files()
    const keyLog = trace.session.state(KEY_LOG)
    this.watch(keyLogFile)
    if (keyLogFile !== '') {
      this.text = this.read(keyLogFile).text
      keyLog.addText(this.text)
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

  dispose(): void {
    this.stopWatching?.()
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
    if (path === this.watched) return
    this.stopWatching?.()
    this.watched = path
    this.stopWatching =
      path === ''
        ? undefined
        : this.ports.keyFiles?.watch(path, () => {
            const { text } = this.read(path)
            if (text === this.text) return
            this.text = text
            this.changed()
          })
  }
}

const PRIVATE_KEY = /-----BEGIN (RSA |ENCRYPTED )?PRIVATE KEY-----/

function counted(text: string): { secrets: number; badLines: number } {
  const log = new KeyLog()
  log.addText(text)
  return { secrets: log.size, badLines: log.badLines }
}
