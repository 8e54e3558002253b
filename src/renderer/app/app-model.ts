// The application outside React: connection, open captures, settings, dialogs, toasts. Components reach it with useApp().
import type { CaptureInfo, ColorRule, Params, Result } from '../../shared/contract'
import type { EngineClient } from '../../shared/rpc/client'
import { isCancelled, RpcError } from '../../shared/rpc/problem'
import type { DialogName, DialogProps } from '../dialogs/registry'
import { CaptureSession } from '../model/capture-session'
import { LiveModel } from '../model/live-capture'
import type { SettingsStore } from '../model/settings'
import { createStore, type Store } from '../model/store'
import { createToasts, type Toasts } from '../ui/toast'
import { appMessages } from './i18n/app'
import { errorText } from './i18n/error-text'
import { liveMessages } from './i18n/live'
import { translator, type Language, type Translate } from './i18n/messages'

/** What the host said about itself. */
export type HostInfo = Result<'host.info'>

/** Where a capture comes from. */
export type CaptureSource = Params<'capture.open'>['source']

/** A dialog on screen. */
export interface OpenDialog {
  readonly id: number
  readonly name: DialogName
  readonly props: DialogProps[DialogName]
}

/** Colour rules in force. */
export type Colors = Result<'colors.get'>

/** A capture that is being opened: shown as a busy tab. `problem` is set when it failed. */
export interface Opening {
  readonly name: string
  /** Share of an upload that has been sent, from 0 to 1; absent when there is nothing to measure. */
  readonly share?: number
}

/** State of the find bar. */
export interface FindState {
  readonly open: boolean
  readonly kind: 'string' | 'hex' | 'regex' | 'filter'
  readonly where: 'list' | 'tree' | 'bytes'
  readonly matchCase: boolean
  readonly text: string
  readonly busy: boolean
  /** What the last search said: nothing found, or that it wrapped around. */
  readonly outcome: 'none' | 'wrapped' | 'found' | null
}

/** The application. One per page. */
export class App {
  readonly client: EngineClient
  readonly host: HostInfo
  readonly settings: SettingsStore
  readonly toasts: Toasts = createToasts()
  readonly captures = createStore<readonly CaptureSession[]>([])
  readonly active = createStore<CaptureSession | null>(null)
  readonly opening = createStore<Opening | null>(null)
  readonly connected = createStore(true)
  readonly view = createStore('packets')
  /** Grows whenever the captures were dissected anew. */
  readonly dissections = createStore(0)
  readonly colors: Store<Colors> = createStore<Colors>({ rules: [], profile: 'wireglass' })
  readonly live: LiveModel
  readonly dialogs = createStore<readonly OpenDialog[]>([])
  readonly find = createStore<FindState>({
    open: false,
    kind: 'string',
    where: 'list',
    matchCase: false,
    text: '',
    busy: false,
    outcome: null,
  })
  private nextDialog = 1
  private readonly systemLanguage: Language

  constructor(client: EngineClient, host: HostInfo, settings: SettingsStore, systemLanguage: Language) {
    this.client = client
    this.host = host
    this.settings = settings
    this.systemLanguage = systemLanguage
    this.live = new LiveModel(client)
    this.live.capture.subscribe(() => {
      this.followLive()
    })
    client.on('capture.changed', (info) => {
      this.session(info.captureId)?.update(info)
      if (info.captureId === this.live.capture.get()?.captureId) this.followLive()
    })
    client.on('capture.replaced', ({ captureId, info }) => {
      this.replace(captureId, info)
    })
    client.on('capture.opened', (info) => {
      this.adopt(info)
    })
    client.on('keys.changed', () => {
      this.redissect().catch((error: unknown) => {
        this.report(error)
      })
    })
    client.on('host.problem', (problem) => {
      this.report(new RpcError(problem))
    })
    client.onClose(() => {
      this.connected.set(false)
    })
    settings.onWriteError((error) => {
      this.report(error)
    })
    for (const info of host.opened) this.adopt(info, false)
    for (const problem of host.problems) this.report(new RpcError(problem))
    void this.loadColors()
    void this.loadLive()
  }

  /** Language in force: the user's, or the system's. */
  language(): Language {
    const { language } = this.settings.get()
    return language === 'system' ? this.systemLanguage : language
  }

  /** Translation for code outside React; it follows the language of the moment. */
  readonly t: Translate = (message, ...values) => translator(this.language())(message, ...values)

  /** The session of a capture. */
  session(captureId: number): CaptureSession | undefined {
    return this.captures.get().find((session) => session.id === captureId)
  }

  /** Shows a capture that the engine has opened; a known one is only updated. */
  adopt(info: CaptureInfo, activate = true): CaptureSession {
    const known = this.session(info.captureId)
    if (known !== undefined) {
      known.update(info)
      if (activate) this.active.set(known)
      return known
    }
    const session = new CaptureSession(this.client, this.settings, info, (error) => {
      this.report(error)
    })
    this.captures.set((previous) => [...previous, session])
    if (activate || this.active.get() === null) this.active.set(session)
    if (info.shown > 0) session.select(0, 'only', false)
    return session
  }

  /** Dissects all open captures anew after the rules of dissection changed; each keeps its filter and its selected packet. */
  async redissect(): Promise<void> {
    const filters = new Map(this.captures.get().map((session) => [session, session.info.get().filter]))
    const { captures } = await this.client.call('capture.redissect', {})
    for (const info of captures) this.session(info.captureId)?.update(info)
    for (const [session, filter] of filters) {
      session.rows.reset()
      session.sort.set(null)
      if (filter !== '') await session.applyFilter(filter)
      session.loadDetail()
    }
    this.dissections.set((before) => before + 1)
  }

  /** Another capture takes a tab over: the file read again, the next file of a ring. The display filter stays. */
  replace(captureId: number, info: CaptureInfo): void {
    const before = this.session(captureId)
    if (before === undefined) return
    const inFront = this.active.get() === before
    const following = before.scroller.following.get()
    const filter = before.info.get().filter
    const session = this.adopt(info, false)
    this.captures.set((previous) => previous.filter((one) => one !== session).map((one) => (one === before ? session : one)))
    if (inFront) this.active.set(session)
    before.dispose()
    this.followLive()
    if (following) session.scroller.follow(true)
    if (filter !== '' && filter !== info.filter) {
      session.applyFilter(filter).catch((error: unknown) => {
        this.report(error)
      })
    }
  }

  /** Shows the start screen; the captures stay open. */
  showStart(): void {
    this.active.set(null)
  }

  /** Lists of running captures grow at their end, the others do not. */
  private followLive(): void {
    const live = this.live.capture.get()
    for (const session of this.captures.get()) {
      session.scroller.grow(live?.captureId === session.id && (live.running || session.info.get().state !== 'complete'))
    }
  }

  private async loadLive(): Promise<void> {
    try {
      await this.live.load()
      this.followLive()
      if (this.live.spools.get().length === 0 || this.active.get() === null) return
      const action = {
        label: this.t(liveMessages.show),
        run: () => {
          this.showStart()
        },
      }
      this.toasts.show({ kind: 'info', title: this.t(liveMessages.keptToast), action })
    } catch (error) {
      this.report(error)
    }
  }

  /** Opens a capture and shows it, unless it is to lie `behind` what is shown; reports a failure. Resolves to null when it failed. */
  async open(source: CaptureSource, name: string, behind = false): Promise<CaptureSession | null> {
    this.opening.set({ name })
    try {
      const session = this.adopt(await this.client.call('capture.open', { source }), !behind)
      if (!behind) this.view.set('packets')
      return session
    } catch (error) {
      this.report(error, this.t(appMessages.openFailed, { name }))
      return null
    } finally {
      this.opening.set(null)
    }
  }

  /** Uploads files of a drop or a file input to the host and opens them (browser). */
  async upload(files: readonly File[], behind = false): Promise<void> {
    for (const file of files) {
      this.opening.set({ name: file.name })
      try {
        const { uploadId } = await this.client.call('files.uploadStart', { name: file.name, size: file.size })
        const piece = 3 * 1024 * 1024
        for (let start = 0; start < file.size; start += piece) {
          const bytes = new Uint8Array(await file.slice(start, start + piece).arrayBuffer())
          await this.client.call('files.uploadPiece', { uploadId, bytes: base64(bytes) })
          this.opening.set({ name: file.name, share: Math.min(1, (start + piece) / Math.max(1, file.size)) })
        }
        await this.open({ kind: 'upload', uploadId }, file.name, behind)
      } catch (error) {
        this.report(error, this.t(appMessages.openFailed, { name: file.name }))
      } finally {
        this.opening.set(null)
      }
    }
  }

  /** Shows the open dialog: the native one, or the interface's own. What is chosen opens in front, or `behind` what is shown. */
  async chooseFile(behind = false): Promise<void> {
    if (!this.host.nativeDialogs) {
      this.openDialog('open-file', { behind })
      return
    }
    try {
      const { path } = await this.client.call('host.openDialog', {})
      if (path !== null) await this.open({ kind: 'path', path }, fileName(path), behind)
    } catch (error) {
      this.report(error)
    }
  }

  /** Closes a tab; asks first when marks or comments would be lost, unless `force`. */
  async close(session: CaptureSession, force = false): Promise<void> {
    if (!force && session.info.get().dirty) {
      this.openDialog('close-unsaved', { captureId: session.id })
      return
    }
    const captures = this.captures.get()
    const index = captures.indexOf(session)
    const rest = captures.filter((other) => other !== session)
    if (this.active.get() === session) this.active.set(rest[Math.min(index, rest.length - 1)] ?? null)
    this.captures.set(rest)
    session.dispose()
    try {
      await this.client.call('capture.close', { captureId: session.id })
    } catch (error) {
      this.report(error)
    }
  }

  /** Opens a dialog above the others. */
  openDialog<N extends DialogName>(name: N, props: DialogProps[N]): void {
    if (this.dialogs.get().some((dialog) => dialog.name === name)) return
    this.dialogs.set((previous) => [...previous, { id: this.nextDialog++, name, props }])
  }

  /** Closes one dialog. */
  closeDialog(id: number): void {
    this.dialogs.set((previous) => previous.filter((dialog) => dialog.id !== id))
  }

  /** Reads the colour rules again; call it after colors.set. */
  async loadColors(): Promise<void> {
    try {
      this.colors.set(await this.client.call('colors.get', {}))
      for (const session of this.captures.get()) session.refresh()
    } catch (error) {
      this.report(error)
    }
  }

  /** The colour rule of a row, or null: rules colour rows only outside the "wireglass" profile. */
  colorRule(index: number): ColorRule | null {
    const { rules, profile } = this.colors.get()
    return profile === 'wireglass' || index < 0 ? null : (rules[index] ?? null)
  }

  /** Tells the user that something failed. Cancellations and calls cut off by a lost connection are silent. */
  report(error: unknown, title?: string): void {
    if (isCancelled(error)) return
    if (error instanceof RpcError && error.code === 'rpc/closed') return
    this.toasts.show({ kind: 'bad', title: title ?? this.t(appMessages.failed), text: errorText(error, this.language()) })
  }
}

/** The last part of a path, of either platform. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(text)
}
