// wireglass diagram: the sequence diagram of a connection, of a pair of hosts, or of what a filter selects, as a file.
import { basename, extname } from 'node:path'
import {
  KEY_LOG,
  LADDER_DEFAULTS,
  Trace,
  compileFilter,
  drawLadder,
  makeLadder,
  sameConnections,
  tlsConnections,
  writeDiagram,
} from '../engine/service/terminal'
import type { DiagramTheme, LadderOptions, LadderScope, PictureFormat } from '../engine/service/terminal'
import { openSource } from '../node/capture-source/open-source'
import { createOutputFile } from '../node/files/output-file'
import { nodeSignatureCheck } from '../node/host/certificate-signatures'
import { nodeCiphers } from '../node/host/ciphers'
import { nodeInflate } from '../node/host/inflate'
import { nodePictures } from '../node/pictures/pictures'
import { loadKeys } from './key-files'
import { UsageError } from './options'
import type { Output } from './output'

const FORMATS: readonly PictureFormat[] = ['svg', 'png', 'pdf', 'html', 'mermaid', 'plantuml', 'text']
const EXTENSIONS: ReadonlyMap<string, PictureFormat> = new Map<string, PictureFormat>([
  ['.svg', 'svg'],
  ['.png', 'png'],
  ['.pdf', 'pdf'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
  ['.puml', 'plantuml'],
  ['.plantuml', 'plantuml'],
  ['.txt', 'text'],
])
const THEMES: readonly DiagramTheme[] = ['dark', 'light', 'print']

/** What the arguments after "diagram" say. */
interface DiagramArguments {
  readonly file: string
  readonly scope:
    | { readonly stream: number }
    /** A second capture of the same connection. */
    | { readonly stream: number; readonly beside: string }
    | { readonly tls: number | undefined }
    | { readonly pair: readonly [string, string] }
    | { readonly filter: string }
  readonly format: PictureFormat
  readonly output: string
  readonly theme: DiagramTheme
  readonly scale: number
  readonly spacing: 'even' | 'scale'
  readonly width: number
  readonly options: LadderOptions
  /** tshark's preferences: where keys are. */
  readonly preferences: ReadonlyMap<string, string>
}

/** What --help says of this command. */
export const DIAGRAM_USAGE = `Usage: wireglass diagram FILE [options]

Draws a sequence diagram (ladder) and writes it as a file.

What it shows
  --tls                the messages of a TLS connection, with what is encrypted (of --stream N, or the first one)
  --stream N           one TCP connection, as tcp.stream numbers it (default: 0)
  --with FILE          beside it the same connection in a capture from its other end: clocks compared, what was lost between
  --pair A,B           all packets between two addresses
  --filter EXPR        all packets that a display filter selects ("frame" for all), one lifeline an address

How
  --format FORMAT      svg, png, pdf, html, mermaid, plantuml, text; otherwise by the name after -o, or text
  -o FILE              file to write (- or nothing: standard output)
  -o tls.keylog_file:FILE  key log, for messages that are encrypted
  --scale N            PNG of 1 to 4 times the size (default: 2)
  --theme THEME        dark, light, print (default)
  --lang en|zh         language of the texts
  --spacing even|scale rows evenly, or time to scale
  --fold yes|no        fold bulk data (default: yes)
  --numbers KIND       relative (default) or raw sequence numbers
  --options            time stamps and SACK ranges on every segment
  --no-messages        without messages of the protocols above
  --no-states          without state bands
  --msl SECONDS        maximum segment lifetime; TIME-WAIT lasts two (default: 30)
  --width PIXELS       width of the picture (default: 1032)
`

/** Runs "wireglass diagram ARGUMENTS". Returns the exit status; `complain` takes messages for standard error. */
export async function diagram(args: readonly string[], out: Output, complain: (message: string) => void): Promise<number> {
  if (args.some((arg) => arg === '-h' || arg === '--help')) {
    out.text(DIAGRAM_USAGE)
    out.flush()
    return 0
  }
  const wanted = parse(args)
  const source = await openSource(wanted.file)
  try {
    const trace = new Trace(source, nodeInflate, nodeCiphers)
    loadKeys(trace.session.state(KEY_LOG), wanted.preferences)
    const frames: number[] = []
    const filter = 'filter' in wanted.scope ? compileFilter(wanted.scope.filter) : undefined
    for (;;) {
      if (filter === undefined) while (trace.advance(1000, INDEX) > 0);
      else while (trace.visitNext(PLAIN) > 0) if (filter.matches(trace.decoder.tree)) frames.push(trace.packets)
      if (trace.status !== 'wait' || source.complete) break
      await source.whenMore()
    }
    const problem = trace.reader.problem?.message ?? source.failure?.message
    if ('beside' in wanted.scope) return await withSecond(trace, wanted.scope, wanted, out, complain, problem)
    await write(trace, wanted, scopeOf(trace, wanted, frames), out)
    if (problem === undefined) return 0
    complain(problem)
    return 2
  } finally {
    source.close()
  }
}

const INDEX = { depth: 'state', keep: true } as const
const PLAIN = { summary: false, labels: false } as const

function scopeOf(trace: Trace, { scope }: DiagramArguments, frames: readonly number[]): LadderScope {
  if ('tls' in scope) {
    const all = tlsConnections(trace, nodeSignatureCheck)
    const connection = scope.tls === undefined ? all[0] : all.find(({ stream }) => stream === scope.tls)
    if (connection === undefined)
      throw new UsageError(
        scope.tls === undefined ? 'No TCP stream of this capture carries TLS.' : `TCP stream ${scope.tls} carries no TLS.`,
      )
    return { kind: 'tls', connection }
  }
  if ('stream' in scope) return { kind: 'stream', stream: scope.stream }
  if ('pair' in scope) return { kind: 'pair', a: scope.pair[0], b: scope.pair[1] }
  return { kind: 'frames', frames: Uint32Array.from(frames) }
}

/** Draws two captures of a connection. Returns the exit status. */
async function withSecond(
  trace: Trace,
  { stream, beside }: { readonly stream: number; readonly beside: string },
  wanted: DiagramArguments,
  out: Output,
  complain: (message: string) => void,
  problem: string | undefined,
): Promise<number> {
  const source = await openSource(beside)
  try {
    const second = new Trace(source, nodeInflate, nodeCiphers)
    for (;;) {
      while (second.advance(1000, INDEX) > 0);
      if (second.status !== 'wait' || source.complete) break
      await source.whenMore()
    }
    const { count } = trace.conversations.tcp
    if (stream >= count) throw new UsageError(`There is no TCP stream ${stream} in ${wanted.file}: it has ${count}, numbered from 0.`)
    const [same] = sameConnections(trace, stream, second)
    if (same === undefined)
      throw new UsageError(
        `${beside} does not have TCP stream ${stream} of ${wanted.file}: neither addresses nor sequence numbers of its ${second.conversations.tcp.count} TCP streams agree.`,
      )
    await write(trace, wanted, { kind: 'both', stream, name: basename(wanted.file), second, secondName: basename(beside), same }, out)
    const problems = [problem, second.reader.problem?.message ?? source.failure?.message].filter((one) => one !== undefined)
    for (const one of problems) complain(one)
    return problems.length === 0 ? 0 : 2
  } finally {
    source.close()
  }
}

async function write(trace: Trace, wanted: DiagramArguments, scope: LadderScope, out: Output): Promise<void> {
  const scene = drawLadder(makeLadder(trace, scope, wanted.options), wanted)
  if (wanted.output === '-') {
    await writeDiagram(scene, trace, wanted, nodePictures, (bytes) => {
      out.bytes(bytes)
    })
    out.flush()
    return
  }
  const { file } = createOutputFile(wanted.output, true)
  try {
    await writeDiagram(scene, trace, wanted, nodePictures, (bytes) => {
      file.write(bytes)
    })
    file.commit()
  } finally {
    file.abort()
  }
}

const VALUED = new Set([
  'scale',
  'stream',
  'with',
  'pair',
  'filter',
  'format',
  'theme',
  'lang',
  'spacing',
  'fold',
  'numbers',
  'msl',
  'width',
])
const PLAIN_WORDS = new Set(['tls', 'options', 'no-messages', 'no-states'])

/** Reads the arguments. Throws UsageError. */
function parse(args: readonly string[]): DiagramArguments {
  const values = new Map<string, string>()
  const files: string[] = []
  const preferences = new Map<string, string>()
  let output = '-'
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '-o') {
      const value = needed(args[++at], '-o')
      const [, name, preference] = /^((?:tls|ssl)\.[a-z_]+|rsa_keys|uat):(.+)$/s.exec(value) ?? []
      if (name === undefined || preference === undefined) output = value
      else preferences.set(name, preference)
    } else if (arg === '-' || !arg.startsWith('-')) files.push(arg)
    else {
      const [, name = '', attached] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
      if (PLAIN_WORDS.has(name) && attached === undefined) values.set(name, '')
      else if (VALUED.has(name)) values.set(name, attached ?? needed(args[++at], arg))
      else throw new UsageError(`Unknown option "${arg}" of "wireglass diagram".`)
    }
  }
  const [file] = files
  if (file === undefined || files.length > 1) throw new UsageError('Give one capture file: wireglass diagram FILE [options].')
  const format = choice(values, 'format', FORMATS, EXTENSIONS.get(extname(output).toLowerCase()) ?? 'text')
  return {
    file,
    scope: scopeArgument(values),
    preferences,
    format,
    output,
    theme: choice(values, 'theme', THEMES, 'print'),
    scale: whole(values, 'scale', 2, 1, 4),
    spacing: choice(values, 'spacing', ['even', 'scale'], 'even'),
    width: whole(values, 'width', 1032, 400, 20_000),
    options: {
      ...LADDER_DEFAULTS,
      language: choice(values, 'lang', ['en', 'zh'], 'en'),
      unfolded: choice(values, 'fold', ['yes', 'no'], 'yes') === 'no' ? 'all' : new Set(),
      numbers: choice(values, 'numbers', ['relative', 'raw'], 'relative'),
      tcpOptions: values.has('options'),
      messages: !values.has('no-messages'),
      states: !values.has('no-states'),
      msl: whole(values, 'msl', LADDER_DEFAULTS.msl, 0, 86_400),
    },
  }
}

function scopeArgument(values: ReadonlyMap<string, string>): DiagramArguments['scope'] {
  const given = ['stream', 'pair', 'filter'].filter((name) => values.has(name))
  if (given.length > 1) throw new UsageError('Give only one of --stream, --pair and --filter.')
  if (values.has('tls')) {
    if (values.has('with')) throw new UsageError('--with draws the packets of a connection, --tls its messages: give one of them.')
    if (given.some((name) => name !== 'stream')) throw new UsageError('--tls goes with --stream N, not with --pair or --filter.')
    return { tls: values.has('stream') ? whole(values, 'stream', 0, 0, 0xffff_ffff) : undefined }
  }
  const beside = values.get('with')
  if (beside !== undefined) {
    if (given.some((name) => name !== 'stream')) throw new UsageError('--with goes with --stream N, not with --pair or --filter.')
    return { stream: whole(values, 'stream', 0, 0, 0xffff_ffff), beside }
  }
  const filter = values.get('filter')
  if (filter !== undefined) return { filter }
  const pair = values.get('pair')
  if (pair === undefined) return { stream: whole(values, 'stream', 0, 0, 0xffff_ffff) }
  const [a = '', b = '', more] = pair.split(',')
  if (a === '' || b === '' || more !== undefined) throw new UsageError('--pair takes two addresses: --pair 10.0.0.1,10.0.0.2')
  return { pair: [a, b] }
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new UsageError(`${option} needs a value.`)
  return value
}

function choice<T extends string>(values: ReadonlyMap<string, string>, name: string, allowed: readonly T[], fallback: T): T {
  const value = values.get(name)
  if (value === undefined) return fallback
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new UsageError(`--${name} is one of: ${allowed.join(', ')}`)
  return found
}

function whole(values: ReadonlyMap<string, string>, name: string, fallback: number, low: number, high: number): number {
  const value = values.get(name)
  if (value === undefined) return fallback
  if (!/^\d+$/.test(value) || Number(value) < low || Number(value) > high)
    throw new UsageError(`--${name} is a number from ${low} to ${high}`)
  return Number(value)
}
