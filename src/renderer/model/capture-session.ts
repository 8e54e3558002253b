// One open capture as the interface sees it: its info, rows, selection, dissected packet, filter and sort order. Lives as long as its tab.
import type { CaptureInfo, ColumnContent, PacketDetail, PacketRow } from '../../shared/contract'
import type { EngineClient, Progress } from '../../shared/rpc/client'
import { isCancelled } from '../../shared/rpc/problem'
import { visibleColumns } from './columns'
import { ListScroller } from './list-scroller'
import { RowCache } from './row-cache'
import { NO_SELECTION, extendSelection, selectAll, selectRow, toggleRow, type Selection } from './selection'
import type { SettingsStore } from './settings'
import { createStore, patch, type Store } from './store'
import { VisitHistory } from './visit-history'

/** A row with the contents its cells follow: while columns change, old rows keep the old contents. */
export interface ListRow extends PacketRow {
  readonly contents: readonly ColumnContent[]
}

/** The text of a row under a content; '' while the row does not have it yet. */
export function cellOf(row: ListRow, content: ColumnContent): string {
  const index = row.contents.indexOf(content)
  return index < 0 ? '' : (row.cells[index] ?? '')
}

/** The selected packet, dissected. `packet` is the last one loaded and stays while the next one loads. */
export interface DetailState {
  readonly packet: PacketDetail | null
  readonly loading: boolean
  readonly error: unknown
}

/** What of the packet is selected: a tree row, and with it a range of bytes; or a single byte. Indices refer to PacketDetail.tree. */
export interface FieldState {
  /** Selected tree row, or -1. */
  readonly row: number
  /** Tree row under the pointer (in tree or bytes), or -1. */
  readonly hover: number
  /** Bytes tab that is shown. */
  readonly source: number
  /** Byte cursor in that tab, or -1. */
  readonly cursor: number
}

/** A running filter. */
export interface FilterRun {
  readonly text: string
  readonly progress: Progress | null
}

/** Sort order of the displayed list; null is file order. */
export interface SortState {
  readonly column: ColumnContent
  readonly descending: boolean
}

/** A request to bring a row into view; `id` makes each request distinct. */
export interface RevealRequest {
  readonly id: number
  readonly row: number
  readonly center: boolean
}

const NO_FIELD: FieldState = { row: -1, hover: -1, source: 0, cursor: -1 }
const NOTHING = { number: 0, since: 0 }
const NO_DETAIL: DetailState = { packet: null, loading: false, error: null }
/** Selections that follow each other faster than this wait before the packet is dissected (key repeat). */
const SETTLE_MS = 60
/** A packet shown this long enters the history. */
const VISIT_MS = 600
/** Most packet numbers that one command collects from a selection. */
export const MAX_COLLECTED = 200_000

/** State and actions of one open capture. */
export class CaptureSession {
  readonly id: number
  readonly info: Store<CaptureInfo>
  readonly rows: RowCache<ListRow>
  readonly selection = createStore<Selection>(NO_SELECTION)
  readonly detail = createStore<DetailState>(NO_DETAIL)
  readonly field = createStore<FieldState>(NO_FIELD)
  readonly filterRun = createStore<FilterRun | null>(null)
  /** Text in the filter box, which may differ from the filter in force. */
  readonly filterDraft: Store<string>
  readonly sort = createStore<SortState | null>(null)
  readonly reveal = createStore<RevealRequest | null>(null)
  readonly history = new VisitHistory()
  /** Scroll position of the list; kept here so that switching tabs returns to it. */
  readonly scroller = new ListScroller()
  /** The part of the list on screen in list pixels, for marks elsewhere; set a few times a second at most. */
  readonly viewport = createStore<{ readonly top: number; readonly height: number }>({ top: 0, height: 0 })
  private readonly client: EngineClient
  private readonly settings: SettingsStore
  private readonly report: (error: unknown) => void
  private readonly unsubscribe: () => void
  private detailAbort: AbortController | null = null
  private filterAbort: AbortController | null = null
  private detailTimer: ReturnType<typeof setTimeout> | undefined
  /** The packet that the details show, and since when. */
  private looking = NOTHING
  private lastSelectAt = 0
  private revealId = 0

  constructor(client: EngineClient, settings: SettingsStore, info: CaptureInfo, report: (error: unknown) => void) {
    this.client = client
    this.settings = settings
    this.report = report
    this.id = info.captureId
    this.info = createStore(info)
    this.filterDraft = createStore(info.filter)
    this.rows = new RowCache<ListRow>((first, count, signal) => this.fetchRows(first, count, signal), report)
    this.rows.setRowCount(info.shown)
    let before = settings.get()
    this.unsubscribe = settings.subscribe(() => {
      const now = settings.get()
      if (
        now.columns !== before.columns ||
        now.timeFormat !== before.timeFormat ||
        now.resolveNames !== before.resolveNames ||
        now.colorize !== before.colorize
      ) {
        this.rows.invalidate()
      }
      if (now.resolveNames !== before.resolveNames) this.loadDetail()
      before = now
    })
  }

  /** Takes a capture.changed event or the info that a call returned. */
  update(info: CaptureInfo): void {
    const before = this.info.get()
    this.info.set(info)
    this.rows.setRowCount(info.shown)
    const changed =
      before.marked !== info.marked ||
      before.ignored !== info.ignored ||
      before.commented !== info.commented ||
      before.dirty !== info.dirty ||
      // A file that grows waits and goes on all the time; only its end may change what earlier rows say.
      (before.state !== info.state && (info.state === 'complete' || info.state === 'cancelled'))
    if (before.filter !== info.filter && this.filterRun.get() === null) {
      this.filterDraft.set(info.filter)
      this.rows.reset()
    } else if (changed) this.rows.invalidate()
    if (before.ignored !== info.ignored || before.commented !== info.commented) this.loadDetail()
  }

  /** Reads rows again after something outside changed them (colour rules, time references). */
  refresh(): void {
    this.rows.invalidate()
  }

  /** Stops everything that is under way. */
  dispose(): void {
    this.unsubscribe()
    this.rows.dispose()
    this.detailAbort?.abort()
    this.filterAbort?.abort()
    clearTimeout(this.detailTimer)
  }

  /** Selects a row: alone, extending from the anchor, or toggled. The packet is dissected once the selection rests. */
  select(row: number, mode: 'only' | 'extend' | 'toggle' = 'only', reveal = true): void {
    const count = this.info.get().shown
    if (count === 0) return
    const target = Math.min(Math.max(0, row), count - 1)
    const number = this.numberAt(target)
    this.selection.set((previous) =>
      mode === 'only'
        ? selectRow(target, number)
        : mode === 'extend'
          ? extendSelection(previous, target, number)
          : toggleRow(previous, target, number),
    )
    // Whoever looks at a packet does not want it to run away.
    this.scroller.follow(false)
    if (reveal) this.revealRow(target)
    this.selectionMoved()
  }

  /** Selects all displayed rows; the focused packet stays. */
  selectAll(): void {
    this.selection.set((previous) => selectAll(previous, this.info.get().shown))
  }

  /** Brings a row into view. */
  revealRow(row: number, center = false): void {
    this.revealId++
    this.reveal.set({ id: this.revealId, row, center })
  }

  /** Selects a packet by its number. Returns false when the filter hides it (the nearest shown one is selected then). */
  async goTo(number: number): Promise<boolean> {
    const limited = Math.min(Math.max(1, number), Math.max(1, this.info.get().packets))
    const found = await this.client.call('rows.find', { captureId: this.id, number: limited })
    if (this.info.get().shown === 0) return false
    const row = Math.min(found.row, this.info.get().shown - 1)
    this.selection.set(selectRow(row, found.exact ? limited : this.numberAt(row)))
    this.revealRow(row, true)
    this.selectionMoved()
    return found.exact
  }

  /** Goes through the history of looked-at packets. */
  async travel(by: -1 | 1): Promise<void> {
    // Where one leaves from is a place to come back to, however short the look.
    if (this.looking.number > 0) this.history.visit(this.looking.number)
    const number = this.history.go(by)
    if (number === 0) return
    this.looking = NOTHING
    await this.goTo(number)
  }

  /** Applies a display filter; the selected packet stays selected where it is still shown. Rejects when the filter is wrong. */
  async applyFilter(text: string): Promise<number> {
    this.filterAbort?.abort()
    const abort = new AbortController()
    this.filterAbort = abort
    this.filterDraft.set(text)
    this.filterRun.set({ text, progress: null })
    try {
      const result = await this.client.call(
        'filter.apply',
        {
          captureId: this.id,
          text,
          ...(text.includes('${') && this.selection.get().number > 0 ? { reference: this.selection.get().number } : {}),
        },
        {
          signal: abort.signal,
          onProgress: (progress) => {
            if (this.filterAbort === abort) this.filterRun.set({ text, progress })
          },
        },
      )
      if (this.filterAbort === abort) {
        this.info.set(result.info)
        this.rows.setRowCount(result.info.shown)
        this.rows.reset()
        await this.keepSelection()
      }
      return result.shown
    } finally {
      if (this.filterAbort === abort) {
        this.filterAbort = null
        this.filterRun.set(null)
      }
    }
  }

  /** Stops a running filter; the one before stays in force. */
  cancelFilter(): void {
    this.filterAbort?.abort()
  }

  /** Sorts the displayed list; null restores file order. */
  async sortBy(sort: SortState | null): Promise<void> {
    await this.client.call('rows.sort', { captureId: this.id, column: sort?.column ?? null, descending: sort?.descending ?? false })
    this.sort.set(sort)
    this.rows.reset()
    await this.keepSelection()
  }

  /** Numbers of the selected packets, in list order; at most MAX_COLLECTED. */
  async selectedNumbers(): Promise<number[]> {
    const { ranges, number } = this.selection.get()
    const numbers: number[] = []
    for (const [first, last] of ranges) {
      for (let row = first; row <= last && numbers.length < MAX_COLLECTED;) {
        if (this.inFileOrder()) {
          numbers.push(row + 1)
          row++
          continue
        }
        const count = Math.min(500, last - row + 1)
        const answer = await this.fetchPlain(row, count)
        if (answer.length === 0) break
        numbers.push(...answer)
        row += answer.length
      }
    }
    return numbers.length === 0 && number > 0 ? [number] : numbers
  }

  /** Packet number of a row, or 0 while it is not known. */
  numberAt(row: number): number {
    if (this.inFileOrder()) return row + 1
    return this.rows.row(row)?.number ?? 0
  }

  /** True when row i is packet i + 1: no filter, file order. */
  inFileOrder(): boolean {
    const info = this.info.get()
    return info.filter === '' && this.filterRun.get() === null && this.sort.get() === null && info.shown === info.packets
  }

  /** Dissects the selected packet again. */
  loadDetail(): void {
    const { number, focus } = this.selection.get()
    this.detailAbort?.abort()
    if (focus < 0) {
      this.detail.set(NO_DETAIL)
      return
    }
    const abort = new AbortController()
    this.detailAbort = abort
    patch(this.detail, { loading: true })
    void this.fetchDetail(number, focus, abort)
  }

  private async fetchDetail(known: number, row: number, abort: AbortController): Promise<void> {
    try {
      const number = known > 0 ? known : ((await this.fetchPlain(row, 1))[0] ?? 0)
      if (abort.signal.aborted) return
      if (number === 0) {
        this.detail.set(NO_DETAIL)
        return
      }
      if (known === 0) this.selection.set((previous) => (previous.focus === row ? { ...previous, number } : previous))
      const packet = await this.client.call(
        'packet.get',
        { captureId: this.id, number, resolveNames: this.settings.get().resolveNames },
        { signal: abort.signal },
      )
      // A reply for a packet that is no longer selected is stale.
      if (this.detailAbort !== abort) return
      this.detail.set({ packet, loading: false, error: null })
      this.keepVisit()
      this.looking = { number, since: Date.now() }
    } catch (error) {
      if (this.detailAbort !== abort || isCancelled(error)) return
      this.detail.set({ packet: null, loading: false, error })
    }
  }

  /** The packet shown so far enters the history when it was looked at, and not only passed. */
  private keepVisit(): void {
    const { number, since } = this.looking
    if (number === 0 || Date.now() - since < VISIT_MS) return
    this.history.visit(number)
    this.looking = NOTHING
  }

  private selectionMoved(): void {
    this.keepVisit()
    this.looking = NOTHING
    const now = Date.now()
    const quick = now - this.lastSelectAt < SETTLE_MS * 2
    this.lastSelectAt = now
    clearTimeout(this.detailTimer)
    if (quick) {
      this.detailTimer = setTimeout(() => {
        this.loadDetail()
      }, SETTLE_MS)
    } else this.loadDetail()
  }

  private async keepSelection(): Promise<void> {
    const before = this.selection.get()
    const { number } = before
    const count = this.info.get().shown
    if (count === 0) {
      this.selection.set(NO_SELECTION)
      this.loadDetail()
      return
    }
    if (number === 0) {
      if (!this.scroller.following.get()) this.revealRow(0)
      return
    }
    const found = await this.client.call('rows.find', { captureId: this.id, number })
    // Who moved in the new list meanwhile stays there.
    if (this.selection.get() !== before) return
    const row = Math.min(found.row, count - 1)
    this.selection.set(selectRow(row, found.exact ? number : this.numberAt(row)))
    if (!this.scroller.following.get()) this.revealRow(row, true)
    if (!found.exact) this.loadDetail()
  }

  private async fetchPlain(first: number, count: number): Promise<number[]> {
    const answer = await this.client.call('rows.get', {
      captureId: this.id,
      first,
      count,
      columns: [],
      time: this.settings.get().timeFormat,
      resolveNames: false,
      colorize: false,
    })
    return answer.rows.map((row) => row.number)
  }

  private async fetchRows(first: number, count: number, signal: AbortSignal): Promise<{ rowCount: number; rows: readonly ListRow[] }> {
    const settings = this.settings.get()
    const contents = visibleColumns(settings.columns).map((column) => column.content)
    const answer = await this.client.call(
      'rows.get',
      {
        captureId: this.id,
        first,
        count,
        columns: [...contents],
        time: settings.timeFormat,
        resolveNames: settings.resolveNames,
        colorize: settings.colorize,
      },
      { signal },
    )
    return { rowCount: answer.rowCount, rows: answer.rows.map((row) => ({ ...row, contents })) }
  }

  /** Reports an error to the user, unless it is a cancellation. */
  fail(error: unknown): void {
    if (!isCancelled(error)) this.report(error)
  }
}
