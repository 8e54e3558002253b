// The command line: tshark's options and output. Exit status 0, 1 for wrong usage, 2 for trouble with a file.
import { FilterError, isTraceError } from '../shared/errors'
import { UsageError, parseOptions } from './options'
import { Output, OutputClosed } from './output'
import { printReport } from './report'
import { run } from './run'
import { HINT, USAGE } from './usage'

/** Put in by the build. */
declare const __APP_VERSION__: string | undefined
const version = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'development'

function complain(message: string): void {
  process.stderr.write(`wireglass: ${message}\n`)
}

/** The filter with its wrong part underlined, as tshark shows it. */
function underlined(text: string, error: FilterError): string {
  const line = text.replace(/\s/g, ' ')
  return `\n    ${line}\n    ${' '.repeat(error.start)}^${'~'.repeat(Math.max(0, error.end - error.start - 1))}`
}

async function main(args: readonly string[]): Promise<number> {
  const out = new Output(1)
  let filterText = ''
  try {
    const options = parseOptions(args)
    filterText = options.displayFilter || options.readFilter
    if (options.report !== undefined) printReport(out, options.report)
    else if (options.help) out.text(USAGE)
    else if (options.version) out.line(`Wireglass ${version}`)
    else return await run(options, out, version, complain)
    out.flush()
    return 0
  } catch (error) {
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

// exit at once: a source that still arrives (standard input) would keep the process alive
process.exit(await main(process.argv.slice(2)))
