// What the subcommands share: `wireglass NAME FILE [--option VALUE]`, beside tshark's way of calling.
import { KEY_LOG, Trace } from '../engine/service/terminal'
import { openSource } from '../node/capture-source/open-source'
import { nodeCiphers } from '../node/host/ciphers'
import { nodeInflate } from '../node/host/inflate'
import { loadKeys } from './key-files'
import { UsageError } from './options'

/** What an option takes. */
export type OptionKind = 'flag' | 'number' | 'text'

/** Reads FILE and the long options, each given as --name VALUE or --name=VALUE. Throws UsageError. */
export function parseSubcommand(
  name: string,
  args: readonly string[],
  known: Readonly<Record<string, OptionKind>>,
): { file: string; options: ReadonlyMap<string, string>; preferences: ReadonlyMap<string, string> } {
  const options = new Map<string, string>(),
    preferences = new Map<string, string>()
  let file: string | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '-' || !arg.startsWith('-')) {
      if (file !== undefined) throw new UsageError(`${name}: one FILE is expected, "${arg}" is a second one`)
      file = arg
      continue
    }
    // tshark's preferences work here, too
    if (arg.startsWith('-o')) {
      const text = arg.length > 2 ? arg.slice(2) : (args[++at] ?? ''),
        colon = text.indexOf(':')
      if (colon < 1) throw new UsageError(`${name}: -o takes NAME:VALUE, for example -o tls.keylog_file:FILE`)
      preferences.set(text.slice(0, colon).trim(), text.slice(colon + 1).trim())
      continue
    }
    const [option, attached] = split(arg.replace(/^--?/, '')),
      kind = known[option]
    if (kind === undefined || !arg.startsWith('--')) {
      const names = Object.entries(known).map(([key, takes]) =>
        takes === 'flag' ? `--${key}` : `--${key} ${takes === 'number' ? 'N' : 'TEXT'}`,
      )
      throw new UsageError(`${name}: unknown option "${arg}"; known: ${names.join(' ')}`)
    }
    if (kind === 'flag') {
      if (attached !== undefined) throw new UsageError(`${name}: --${option} takes no value`)
      options.set(option, '')
      continue
    }
    const value = attached ?? args[++at]
    if (value === undefined || (kind === 'number' && !/^\d+$/.test(value))) throw new UsageError(`${name}: --${option} needs a ${kind}`)
    options.set(option, value)
  }
  if (file === undefined) throw new UsageError(`${name}: which FILE?`)
  return { file, options, preferences }
}

function split(text: string): [string, string | undefined] {
  const equals = text.indexOf('=')
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)]
}

/** Indexes a whole capture, hands it to `use` and answers the exit status. What is readable of a damaged file is used before it complains. */
export async function readWhole(
  file: string,
  complain: (message: string) => void,
  use: (trace: Trace) => void,
  preferences?: ReadonlyMap<string, string>,
): Promise<number> {
  const source = await openSource(file)
  try {
    const trace = new Trace(source, nodeInflate, nodeCiphers)
    if (preferences) loadKeys(trace.session.state(KEY_LOG), preferences)
    for (;;) {
      const last = source.complete
      while (trace.advance(4096, HEADERS) > 0);
      if (trace.status !== 'wait' || last) break
      await source.whenMore()
    }
    use(trace)
    const problem = trace.reader.problem?.message ?? source.failure?.message
    if (problem === undefined) return 0
    complain(problem)
    return 2
  } finally {
    source.close()
  }
}

const HEADERS = { depth: 'headers', keep: true } as const
