// One run of the command line: open, read packet by packet, filter, print, count, save.
import { KEY_LOG, Trace, compileFilter, dispatchTable, protocolByName, storedMacros } from '../engine/service/terminal'
import type { Filter } from '../engine/service/terminal'
import type { CaptureSource } from '../node/capture-source/capture-source'
import { openSource } from '../node/capture-source/open-source'
import { readAhead } from '../node/capture-source/read-ahead'
import { nodeCiphers } from '../node/host/ciphers'
import { nodeInflate } from '../node/host/inflate'
import { configFolder } from '../node/settings/config-folder'
import { createDocumentStore } from '../node/settings/document-store'
import { ColumnFields } from './column-fields'
import { Columns } from './columns'
import { EkPrinter } from './ek-printer'
import { ObjectExport } from './export-objects'
import { FieldsPrinter } from './fields-printer'
import { JsonPrinter } from './json-printer'
import { loadKeys } from './key-files'
import { TraceError } from '../shared/errors'
import { UsageError } from './options'
import { checkLiveOptions, copyToOutput, printCaptureReport, reportEnd, startLive, type LiveCapture } from './live'
import type { Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import { PacketSet, save } from './save'
import { SelectedFields, unknownFields } from './selected-fields'
import { SiftedPass } from './sifted-pass'
import type { Surroundings } from './surroundings'
import { Statistics, checkStatistics } from './statistics'
import { TextPrinter } from './text-printer'
import { PdmlPrinter, PsmlPrinter } from './xml-printer'

/** Reads options.file, or captures, and prints. Returns the exit status. */
export async function run(options: Options, surroundings: Surroundings): Promise<number> {
  const { out, version, complain, folder } = surroundings
  checkLiveOptions(options)
  checkStatistics(options.statistics)
  const unknown = unknownFields(options.fields)
  if (unknown.length) throw new UsageError(`Some fields aren't valid:\n${unknown.map((name) => `\t${name}`).join('\n')}`)
  const filters = { display: filterOf(options.displayFilter), read: filterOf(options.readFilter) }
  out.lineBuffered = options.lineBuffered
  if (await printCaptureReport(options, out)) return 0
  if (options.file === undefined) return capture(options, out, version, complain, filters)
  const opened = await openSource(options.file),
    source = folder === undefined ? opened : readAhead(opened, folder)
  try {
    const count = Math.min(options.count, options.capture.stop.packets ?? Infinity)
    return await passThrough(source, { ...options, count }, out, version, complain, filters)
  } finally {
    source.close()
  }
}

interface Filters {
  readonly display: Filter | undefined
  readonly read: Filter | undefined
}

async function passThrough(
  source: CaptureSource,
  options: Options,
  out: Output,
  version: string,
  complain: (message: string) => void,
  filters: Filters,
): Promise<number> {
  const trace = new Trace(source, nodeInflate, nodeCiphers)
  configure(trace, options)
  loadKeys(trace.session.state(KEY_LOG), options.preferences)
  const objects = options.objectFolder === undefined ? undefined : new ObjectExport(trace, options.objectFolder)
  const pass = new Pass(trace, source, options, out, version, filters, objects)
  await pass.run()
  out.flush()
  const problem = trace.reader.problem?.message ?? source.failure?.message
  const leftOut = objects?.leftOut ?? ''
  if (leftOut !== '') complain(leftOut)
  if (problem === undefined || trace.packets >= options.count) return leftOut === '' ? 0 : 2
  complain(problem)
  return 2
}

/** Captures until it is to stop or Ctrl+C. */
async function capture(
  options: Options,
  out: Output,
  version: string,
  complain: (message: string) => void,
  filters: Filters,
): Promise<number> {
  let live: LiveCapture
  try {
    live = await startLive(options, `Wireglass ${version}`, complain)
  } catch (error) {
    if (!(error instanceof TraceError)) throw error
    complain(error.message)
    return 1
  }
  const stop = (): void => {
    live.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  try {
    let status = 0
    if (live.source === undefined) await live.ended
    else if (options.write === '-' && options.writeFormat === 'pcapng' && options.objectFolder === undefined)
      await copyToOutput(live.source, out)
    else status = await passThrough(live.source, live.isWritten ? written(options) : options, out, version, complain, filters)
    live.stop()
    return Math.max(status, reportEnd(await live.ended, options, complain))
  } catch (error) {
    live.stop()
    await live.ended
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop)
    live.dispose()
  }
}

/** The helper writes the file itself: nothing is to be saved, and packets are printed only on request. */
function written(options: Options): Options {
  return { ...options, write: undefined, quiet: true }
}

/** The one way through the packets. */
class Pass {
  private readonly trace: Trace
  private readonly source: CaptureSource
  private readonly options: Options
  private readonly out: Output
  private readonly application: string
  private readonly display: Filter | undefined
  private readonly read: Filter | undefined
  private readonly columns: Columns
  private readonly statistics: Statistics
  private readonly printer: Printer | undefined
  private readonly selected: PacketSet | undefined
  private readonly objects: ObjectExport | undefined
  private lastShown = 0

  constructor(
    trace: Trace,
    source: CaptureSource,
    options: Options,
    out: Output,
    version: string,
    filters: Filters,
    objects: ObjectExport | undefined,
  ) {
    this.trace = trace
    this.source = source
    this.options = options
    this.out = out
    this.application = `Wireglass ${version}`
    this.display = filters.display
    this.read = filters.read
    this.objects = objects
    this.columns = new Columns(trace, options)
    this.statistics = new Statistics(trace, options.statistics)
    // with -w and -q packets are printed only on request
    const asked = options.summaryToo || options.details || options.bytes || options.formatGiven
    const silent = !asked && (options.quiet || options.write !== undefined)
    this.printer = silent ? undefined : printerFor(options, out, this.columns, version)
    this.selected = options.write !== undefined && (this.display || this.read) ? new PacketSet() : undefined
    if (this.display || this.read) trace.session.displayedBefore = () => this.lastShown
  }

  async run(): Promise<void> {
    const { printer, options, out } = this
    printer?.begin?.()
    const fast = this.fast()
    if (fast) await this.toEnd(fast)
    else if (options.twoPass) await this.twice()
    else
      await this.toEnd(() => {
        this.once()
      })
    printer?.end?.()
    if (this.statistics.any) this.statistics.print(out)
    if (options.write !== undefined) {
      while (!this.source.complete) await this.source.whenMore()
      save(this.source, options.write, options, this.selected, this.application, out)
    }
  }

  /** A way that dissects only what the index does not understand, where nothing needs more. */
  private fast(): (() => void) | undefined {
    const { options, printer, trace, statistics } = this,
      limit = options.count
    if (options.twoPass || this.objects) return undefined
    const isFiltered = (this.display ?? this.read) !== undefined && (printer !== undefined || this.selected !== undefined)
    if (isFiltered) return this.sifted()
    if (!printer) {
      if (statistics.needsTree) return undefined
      if (!statistics.any)
        return () => {
          while (trace.packets < limit && trace.advance(Math.min(AT_ONCE, limit - trace.packets), HEADERS) > 0);
        }
      const way = statistics.needsState ? STATE : statistics.needsColumns ? KEPT : HEADERS,
        { countsRows } = statistics,
        most = countsRows ? AT_ONCE : 1
      return () => {
        for (let first = trace.packets; first < limit; first = trace.packets) {
          if (trace.advance(Math.min(most, limit - first), way) === 0) return
          if (countsRows) statistics.addRows(first, trace.packets)
          else statistics.add()
        }
      }
    }
    if (!(printer instanceof FieldsPrinter) || statistics.any) return undefined
    const fields = ColumnFields.of(trace, this.out, options.fields, options.fieldSettings, printer)
    return (
      fields &&
      (() => {
        fields.run(limit)
      })
    )
  }

  /** The way for filters of which the index knows something, where no statistic wants every packet dissected. */
  private sifted(): (() => void) | undefined {
    const { options, printer, trace, out, statistics, columns } = this
    if (statistics.any) return undefined
    const filters = [this.read, this.display].filter((filter) => filter !== undefined),
      fields = printer instanceof FieldsPrinter ? ColumnFields.of(trace, out, options.fields, options.fieldSettings, printer) : undefined
    const sifted = SiftedPass.of(
      {
        trace,
        out,
        columns,
        printer,
        fields,
        showVisited: () => {
          this.show()
        },
        passed: (number) => {
          this.passed(number)
        },
      },
      filters,
    )
    return (
      sifted &&
      (() => {
        sifted.run(options.count)
      })
    )
  }

  /** Repeats `step` until the source has ended. */
  private async toEnd(step: () => void): Promise<void> {
    const { trace, source, options } = this
    for (;;) {
      step()
      if (trace.status !== 'wait' || trace.packets >= options.count) return
      if (source.complete) {
        // what arrived between the last look and the end
        step()
        return
      }
      // What came live is to be seen now, not when a buffer is full.
      this.out.flush()
      await source.whenMore()
    }
  }

  /** Visits, tests and prints what can be read now. */
  private once(): void {
    const { trace, options, printer, statistics } = this,
      wishes = { summary: printer?.summary ?? false, labels: printer?.labels ?? false }
    while (trace.packets < options.count && trace.visitNext(wishes)) {
      if (statistics.any) statistics.add()
      this.show()
    }
  }

  /** -2: everything is visited first, so that packets can refer to later ones. */
  private async twice(): Promise<void> {
    const { trace, options, printer, statistics } = this,
      wishes = { summary: printer?.summary ?? false, labels: printer?.labels ?? false }
    await this.toEnd(() => {
      while (trace.packets < options.count && trace.visitNext(PLAIN)) {
        if (statistics.any) statistics.add()
        this.objects?.discard()
      }
    })
    for (let number = 1; number <= trace.packets; number++) {
      trace.dissect(number, wishes)
      this.show()
    }
  }

  /** Tests and prints the packet that the decoder holds. */
  private show(): void {
    const { trace, printer } = this,
      decoder = trace.decoder,
      { number } = decoder.packet
    this.columns.begin(decoder.packet.number, decoder.packet.hasTime)
    if (this.read && !this.read.matches(decoder.tree)) {
      this.objects?.discard()
      return
    }
    this.objects?.write()
    if (this.display && !this.display.matches(decoder.tree)) return
    printer?.print(decoder)
    this.passed(number)
  }

  private passed(number: number): void {
    this.selected?.add(number)
    this.columns.shown()
    this.lastShown = number
    this.out.packetDone()
  }
}

const PLAIN = { summary: false, labels: false } as const
/** Packets that are read at once where their columns are all that is asked for; freed columns lie further behind. */
const AT_ONCE = 4096
const HEADERS = { depth: 'headers', keep: false, pauses: true } as const
const KEPT = { depth: 'headers', keep: true, pauses: true } as const
const STATE = { depth: 'state', keep: true, pauses: true } as const

function filterOf(text: string): Filter | undefined {
  return text.trim() === '' ? undefined : compileFilter(text, { macros: storedMacros(createDocumentStore(configFolder())) })
}

/** Applies -d, -o and --disable-protocol. Throws UsageError for what does not exist. */
function configure(trace: Trace, options: Options): void {
  const session = trace.session.options
  for (const [name, value] of options.preferences) session.preferences.set(name, value)
  for (const { table, selector, protocol } of options.decodeAs) {
    if (!protocolByName(protocol))
      throw new UsageError(`Unknown protocol "${protocol}" in -d; "wireglass -G protocols" lists the protocols.`)
    if (dispatchTable(table).size === 0)
      throw new UsageError(`Unknown layer type "${table}" in -d, for example tcp.port, udp.port, ethertype.`)
    const keys = session.decodeAs.get(table) ?? new Map<number | string, string>()
    session.decodeAs.set(table, keys)
    for (const key of selectorKeys(selector)) keys.set(key, protocol)
  }
}

/** Keys of a selector: a number, a range 8000-8010 or 8000:11 (first and count), or a word. */
function selectorKeys(selector: string): (number | string)[] {
  const match = /^(0x[0-9a-f]+|\d+)(?:([-:])(0x[0-9a-f]+|\d+))?$/i.exec(selector)
  if (!match) return [selector]
  const first = Number(match[1]),
    second = match[3] === undefined ? first : Number(match[3])
  const last = Math.min(match[2] === ':' ? first + second - 1 : second, first + 65_535)
  const keys: number[] = []
  for (let key = first; key <= last; key++) keys.push(key)
  return keys
}

function printerFor(options: Options, out: Output, columns: Columns, version: string): Printer {
  const selected = options.fields.length ? new SelectedFields(options.fields, columns) : undefined
  switch (options.format) {
    case 'fields':
      return new FieldsPrinter(out, options.fieldSettings, selected ?? new SelectedFields([], columns), columns)
    case 'json':
    case 'jsonraw':
      return new JsonPrinter(out, options, selected)
    case 'ek':
      return new EkPrinter(out, options, selected)
    case 'pdml':
      return new PdmlPrinter(out, options, selected, `wireglass/${version}`)
    case 'psml':
      return new PsmlPrinter(out, columns, `wireglass/${version}`)
    case 'text':
    case 'tabs':
      return new TextPrinter(out, options, columns)
  }
}
