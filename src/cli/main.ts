// The command line as a function of its arguments: exit status 0, 1 for wrong usage, 2 for trouble with a file or a filter.
import { FilterError, isTraceError } from '../shared/errors'
import { diagram } from './diagram'
import { UsageError, parseOptions } from './options'
import { OutputClosed } from './output'
import type { Output } from './output'
import { printReport } from './report'
import { run } from './run'
import { runCommand } from './run-command'
import { states } from './states'
import type { Surroundings } from './surroundings'
import { HINT, USAGE } from './usage'
import { http, tls } from './web'

/** Words that the first argument may be, instead of tshark's options. */
const SUBCOMMANDS: Readonly<
  Record<string, (args: readonly string[], out: Output, complain: (message: string) => void, version: string) => Promise<number>>
> = {
  diagram,
  http,
  run: runCommand,
  states,
  tls,
}

/** Runs with arguments (without node and script) and answers the exit status. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, complain, version } = surroundings
  let filterText = ''
  try {
    const subcommand = Object.hasOwn(SUBCOMMANDS, args[0] ?? '') ? SUBCOMMANDS[args[0] ?? ''] : undefined
    if (subcommand) return await subcommand(args.slice(1), out, complain, version)
    const options = parseOptions(args)
    filterText = options.displayFilter || options.readFilter
    if (options.report !== undefined) printReport(out, options.report)
    else if (options.help) out.text(USAGE)
    else if (options.version) out.line(`Wireglass ${version}`)
    else return await run(options, surroundings)
    out.flush()
    return 0
  } catch (error) {
    // whoever read our output has seen enough
    if (error instanceof OutputClosed) return 0
    if (error instanceof UsageError) {
      complain(`${error.message}\n${HINT}`)
      return 1
    }
    if (!isTraceError(error)) throw error
    out.flush()
    complain(error instanceof FilterError ? `${error.message}${underlined(filterText, error)}` : error.message)
    return 2
  }
}

/** The filter with its wrong part underlined, as tshark shows it. */
function underlined(text: string, error: FilterError): string {
  return `\n    ${text.replace(/\s/g, ' ')}\n    ${' '.repeat(error.start)}^${'~'.repeat(Math.max(0, error.end - error.start - 1))}`
}
