// One run of the command line: open, read packet by packet, filter, print.
import { Trace, compileFilter, dispatchTable, protocolByName } from '../engine/service/terminal'
import type { Filter } from '../engine/service/terminal'
import { openSource } from '../node/capture-source/open-source'
import { nodeInflate } from '../node/host/inflate'
import { Columns } from './columns'
import { EkPrinter } from './ek-printer'
import { FieldsPrinter } from './fields-printer'
import { JsonPrinter } from './json-printer'
import { UsageError } from './options'
import type { Options } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import { SelectedFields } from './selected-fields'
import { TextPrinter } from './text-printer'
import { PdmlPrinter, PsmlPrinter } from './xml-printer'

/** Reads options.file and prints to `out`. Returns the exit status; `complain` takes messages for standard error. */
export async function run(options: Options, out: Output, version: string, complain: (message: string) => void): Promise<number> {
  if (options.file === undefined) {
    throw new UsageError('Live capture is not available in this version; give a capture file with -r FILE (- for standard input).')
  }
  const display = filterOf(options.displayFilter), read = filterOf(options.readFilter)
  const source = await openSource(options.file)
  try {
    const trace = new Trace(source, nodeInflate)
    configure(trace, options)
    const columns = new Columns(trace, options)
    const printer = options.quiet ? undefined : printerFor(options, out, columns, version)
    const wishes = { summary: printer?.summary ?? false, labels: printer?.labels ?? false }
    out.lineBuffered = options.lineBuffered
    printer?.begin?.()
    for (;;) {
      while (trace.packets < options.count && trace.visitNext(wishes)) {
        const decoder = trace.decoder
        columns.begin(decoder.packet)
        if (read && !read.matches(decoder.tree)) continue
        if (display && !display.matches(decoder.tree)) continue
        printer?.print(decoder)
        columns.shown()
        out.packetDone()
      }
      if (trace.status !== 'wait' || trace.packets >= options.count) break
      if (!source.complete) await source.whenMore()
    }
    printer?.end?.()
    out.flush()
    const problem = trace.reader.problem?.message ?? source.failure?.message
    if (problem === undefined || trace.packets >= options.count) return 0
    complain(problem)
    return 2
  } finally {
    source.close()
  }
}

function filterOf(text: string): Filter | undefined {
  return text.trim() === '' ? undefined : compileFilter(text)
}

/** Applies -d, -o and --disable-protocol. Throws UsageError for what does not exist. */
function configure(trace: Trace, options: Options): void {
  const session = trace.session.options
  for (const [name, value] of options.preferences) session.preferences.set(name, value)
  for (const { table, selector, protocol } of options.decodeAs) {
    if (!protocolByName(protocol)) throw new UsageError(`Unknown protocol "${protocol}" in -d; "wireglass -G protocols" lists the protocols.`)
    if (dispatchTable(table).size === 0) throw new UsageError(`Unknown layer type "${table}" in -d, for example tcp.port, udp.port, ethertype.`)
    const keys = session.decodeAs.get(table) ?? new Map<number | string, string>()
    session.decodeAs.set(table, keys)
    for (const key of selectorKeys(selector)) keys.set(key, protocol)
  }
}

/** Keys of a selector: a number, a range 8000-8010 or 8000:11 (first and count), or a word. */
function selectorKeys(selector: string): (number | string)[] {
  const match = /^(0x[0-9a-f]+|\d+)(?:([-:])(0x[0-9a-f]+|\d+))?$/i.exec(selector)
  if (!match) return [selector]
  const first = Number(match[1]), second = match[3] === undefined ? first : Number(match[3])
  const last = Math.min(match[2] === ':' ? first + second - 1 : second, first + 65_535)
  const keys: number[] = []
  for (let key = first; key <= last; key++) keys.push(key)
  return keys
}

function printerFor(options: Options, out: Output, columns: Columns, version: string): Printer {
  const selected = options.fields.length ? new SelectedFields(options.fields, columns) : undefined
  switch (options.format) {
    case 'fields': return new FieldsPrinter(out, options.fieldSettings, selected ?? new SelectedFields([], columns), columns)
    case 'json': case 'jsonraw': return new JsonPrinter(out, options, selected)
    case 'ek': return new EkPrinter(out, options, selected)
    case 'pdml': return new PdmlPrinter(out, options, selected, `wireglass/${version}`)
    case 'psml': return new PsmlPrinter(out, columns, `wireglass/${version}`)
    case 'text': case 'tabs': return new TextPrinter(out, options, columns)
  }
}

