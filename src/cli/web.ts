// `wireglass http FILE` and `wireglass tls FILE`: transactions and connections as JSON (or, http, as an HTTP Archive).
import { harOf, httpTransactions, tlsReports } from '../engine/service/terminal'
import { nodeSignatureCheck } from '../node/host/certificate-signatures'
import { UsageError } from './options'
import type { Output } from './output'
import { parseSubcommand, readWhole } from './subcommand'

/** Runs `http`; answers the exit status. */
export async function http(args: readonly string[], out: Output, complain: (message: string) => void, version: string): Promise<number> {
  const { file, options, preferences } = parseSubcommand('http', args, { json: 'flag', har: 'flag' })
  if (options.has('json') === options.has('har')) throw new UsageError('http: one of --json and --har is expected')
  const use = (trace: Parameters<typeof httpTransactions>[0]) => {
    const all = httpTransactions(trace)
    if (options.has('har')) out.line(JSON.stringify(harOf(all, version), undefined, 1))
    else printList(out, all)
    out.flush()
  }
  return readWhole(file, complain, use, preferences)
}

/** Runs `tls`; answers the exit status. */
export async function tls(args: readonly string[], out: Output, complain: (message: string) => void): Promise<number> {
  const { file, options, preferences } = parseSubcommand('tls', args, { json: 'flag' })
  if (!options.has('json')) throw new UsageError('tls: --json is expected')
  const use = (trace: Parameters<typeof tlsReports>[0]) => {
    printList(out, tlsReports(trace, nodeSignatureCheck))
    out.flush()
  }
  return readWhole(file, complain, use, preferences)
}

function printList(out: Output, list: readonly unknown[]): void {
  out.line('[')
  list.forEach((one, position) => {
    out.line(JSON.stringify(one) + (position < list.length - 1 ? ',' : ''))
  })
  out.line(']')
}
