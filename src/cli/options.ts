// Command-line arguments in tshark's style: short options may be grouped (-nV) and take their argument attached (-Tfields) or apart, long ones
// with "=" or apart; the first other argument and all after it are the filter.
import { applyCaptureOption, captureDefaults, type CaptureOptions } from './capture-options'
import { parseExportObjects } from './object-names'
import { UsageError } from './usage-error'

export { UsageError }

/** How packets are printed. */
export type OutputFormat = 'text' | 'tabs' | 'fields' | 'json' | 'jsonraw' | 'ek' | 'pdml' | 'psml'

/** Time column of the summary line, as -t names it. */
export type TimeKind = 'a' | 'ad' | 'adoy' | 'd' | 'dd' | 'e' | 'r' | 'u' | 'ud' | 'udoy'

/** Settings of -T fields (-E). */
export interface FieldSettings {
  header: boolean
  bom: boolean
  separator: string
  aggregator: string
  occurrence: 'a' | 'f' | 'l'
  quote: '' | '"' | "'"
}

/** A protocol filter of -j or -J. */
export interface LayerFilter {
  readonly names: readonly string[]
  /** -J: everything below a named protocol is shown. */
  readonly withChildren: boolean
}

/** Everything the command line said. */
export interface Options {
  file: string | undefined
  displayFilter: string
  readFilter: string
  twoPass: boolean
  count: number
  quiet: boolean
  veryQuiet: boolean
  format: OutputFormat
  formatGiven: boolean
  fields: string[]
  fieldSettings: FieldSettings
  layers: LayerFilter | undefined
  details: boolean
  /** Protocols of -O: the others are shown as one line. */
  detailProtocols: string[] | undefined
  bytes: boolean
  hexdump: { frameOnly: boolean; ascii: boolean; delimit: boolean }
  time: TimeKind
  seconds: 's' | 'hms'
  summaryToo: boolean
  packetSeparator: string
  lineBuffered: boolean
  decodeAs: { table: string; selector: string; protocol: string }[]
  preferences: Map<string, string>
  write: string | undefined
  writeFormat: 'pcapng' | 'pcap' | 'nsecpcap'
  statistics: string[]
  /** Folder for the bodies of HTTP (--export-objects). */
  objectFolder: string | undefined
  report: string | undefined
  help: boolean
  version: boolean
  mergeDuplicateKeys: boolean
  capture: CaptureOptions
}

const WITH_ARGUMENT = 'aAbBcCdeEfFHijJkKMNoOrRsStTuUwWXyYz'
const WITHOUT_ARGUMENT = 'DghIlLnpPqQvVx2'
const LONG: Readonly<Record<string, string>> = {
  interface: 'i',
  'snapshot-length': 's',
  'no-promiscuous-mode': 'p',
  'monitor-mode': 'I',
  'buffer-size': 'B',
  linktype: 'y',
  'list-interfaces': 'D',
  'list-data-link-types': 'L',
  autostop: 'a',
  'ring-buffer': 'b',
  'read-file': 'r',
  'read-filter': 'R',
  'display-filter': 'Y',
  print: 'P',
  help: 'h',
  version: 'v',
}
const LONG_WITH_ARGUMENT = new Set([
  'interface',
  'snapshot-length',
  'buffer-size',
  'linktype',
  'autostop',
  'ring-buffer',
  'read-file',
  'read-filter',
  'display-filter',
  'time-stamp-type',
  'enable-protocol',
  'disable-protocol',
  'enable-heuristic',
  'disable-heuristic',
  'capture-comment',
  'hexdump',
  'export-objects',
  'export-tls-session-keys',
  'elastic-mapping-filter',
  'temp-dir',
  'log-level',
  'log-fatal',
  'log-domains',
  'log-debug',
  'log-noisy',
  'log-file',
])
const LONG_WITHOUT_ARGUMENT = new Set([
  'no-promiscuous-mode',
  'monitor-mode',
  'list-interfaces',
  'list-data-link-types',
  'list-time-stamp-types',
  'print',
  'help',
  'version',
  'color',
  'no-duplicate-keys',
])
const FORMATS = new Set<OutputFormat>(['text', 'tabs', 'fields', 'json', 'jsonraw', 'ek', 'pdml', 'psml'])
const TIMES = new Set<TimeKind>(['a', 'ad', 'adoy', 'd', 'dd', 'e', 'r', 'u', 'ud', 'udoy'])

/** Options before any argument was read. */
function defaults(): Options {
  return {
    file: undefined,
    displayFilter: '',
    readFilter: '',
    twoPass: false,
    count: Infinity,
    quiet: false,
    veryQuiet: false,
    format: 'text',
    formatGiven: false,
    fields: [],
    fieldSettings: { header: false, bom: false, separator: '\t', aggregator: ',', occurrence: 'a', quote: '' },
    layers: undefined,
    details: false,
    detailProtocols: undefined,
    bytes: false,
    hexdump: { frameOnly: false, ascii: true, delimit: false },
    time: 'r',
    seconds: 's',
    summaryToo: false,
    packetSeparator: '',
    lineBuffered: false,
    decodeAs: [],
    preferences: new Map(),
    write: undefined,
    writeFormat: 'pcapng',
    statistics: [],
    objectFolder: undefined,
    report: undefined,
    help: false,
    version: false,
    mergeDuplicateKeys: false,
    capture: captureDefaults(),
  }
}

/** Reads the arguments (without node and script). Throws UsageError. */
export function parseOptions(args: readonly string[]): Options {
  const options = defaults()
  // a report ends the program before anything else is looked at
  if (args[0]?.startsWith('-G')) {
    options.report = args[0].length > 2 ? args[0].slice(2) : (args[1] ?? 'fields')
    return options
  }
  let at = 0
  const value = (option: string): string => {
    const next = args[at++]
    if (next === undefined) throw new UsageError(`option requires an argument -- '${option}'`)
    return next
  }
  while (at < args.length) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at++
      break
    }
    if (arg === '-' || !arg.startsWith('-')) break
    at++
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('='),
        name = equals < 0 ? arg.slice(2) : arg.slice(2, equals)
      if (!LONG_WITH_ARGUMENT.has(name) && !LONG_WITHOUT_ARGUMENT.has(name)) throw new UsageError(`unrecognized option: ${name}`)
      const takes = LONG_WITH_ARGUMENT.has(name)
      if (!takes && equals >= 0) throw new UsageError(`option doesn't allow an argument: ${name}`)
      const argument = takes ? (equals >= 0 ? arg.slice(equals + 1) : value(name)) : ''
      const short = LONG[name]
      if (short) apply(options, short, argument)
      else applyLong(options, name, argument)
      continue
    }
    for (let i = 1; i < arg.length; i++) {
      const letter = arg.charAt(i)
      if (WITHOUT_ARGUMENT.includes(letter)) {
        apply(options, letter, '')
        continue
      }
      if (!WITH_ARGUMENT.includes(letter)) throw new UsageError(`unrecognized option: ${letter}`)
      const attached = arg.slice(i + 1)
      apply(options, letter, attached || value(letter))
      break
    }
  }
  const rest = args.slice(at).join(' ')
  if (rest) {
    if (options.displayFilter)
      throw new UsageError('Display filters were specified both with "-Y" and with additional command-line arguments.')
    options.displayFilter = rest
  }
  check(options)
  return options
}

function check(options: Options): void {
  if (options.fields.length && !['fields', 'json', 'jsonraw', 'ek', 'pdml'].includes(options.format)) {
    throw new UsageError('Output fields were specified with "-e", but "-Tek, -Tfields, -Tjson or -Tpdml" was not specified.')
  }
  if (options.format === 'fields' && options.fields.length === 0) {
    throw new UsageError('"-Tfields" was specified, but no fields were specified with "-e".')
  }
  if (options.layers && !['json', 'jsonraw', 'ek', 'pdml'].includes(options.format)) {
    throw new UsageError('Protocol filters (-j, -J) work with "-Tjson", "-Tjsonraw", "-Tek" and "-Tpdml" only.')
  }
  if (options.readFilter && !options.twoPass) throw new UsageError('-R without -2 is deprecated. For single-pass filtering use -Y.')
}

function apply(options: Options, letter: string, argument: string): void {
  switch (letter) {
    case 'r':
      options.file = argument
      break
    case 'Y':
      options.displayFilter = argument
      break
    case 'R':
      options.readFilter = argument
      break
    case '2':
      options.twoPass = true
      break
    case 'c':
      options.count = positive(argument, 'packet count')
      break
    case 'q':
      options.quiet = true
      break
    case 'Q':
      options.quiet = options.veryQuiet = true
      break
    // nothing is looked up outside the capture, so there is nothing to switch off
    case 'n':
      break
    case 'N':
      checkResolveFlags(argument)
      break
    case 'T':
      format(options, argument)
      break
    case 'e':
      options.fields.push(argument)
      break
    case 'E':
      fieldSetting(options.fieldSettings, argument)
      break
    case 'j':
    case 'J':
      options.layers = { names: argument.split(/[\s,]+/).filter(Boolean), withChildren: letter === 'J' }
      break
    case 'V':
      options.details = true
      break
    case 'O':
      options.details = true
      options.detailProtocols = argument.split(/[\s,]+/).filter(Boolean)
      break
    case 'x':
      options.bytes = true
      break
    case 't':
      time(options, argument)
      break
    case 'u':
      if (argument !== 's' && argument !== 'hms')
        throw new UsageError(`Invalid seconds type "${argument}"; it must be one of: "s" for seconds, "hms" for hours, minutes and seconds`)
      options.seconds = argument
      break
    case 'P':
      options.summaryToo = true
      break
    case 'S':
      options.packetSeparator = argument.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
      break
    case 'l':
      options.lineBuffered = true
      break
    case 'd':
      decodeAs(options, argument)
      break
    case 'o':
      preference(options, argument)
      break
    case 'w':
      options.write = argument
      break
    case 'F':
      writeFormat(options, argument)
      break
    case 'z':
      options.statistics.push(argument)
      break
    case 'h':
      options.help = true
      break
    case 'v':
      options.version = true
      break
    case 'C':
    case 'H':
    case 'K':
    case 'M':
    case 'U':
    case 'W':
    case 'X':
    case 'g':
      throw new UsageError(`-${letter} is not available in this version.`)
    default:
      if (!applyCaptureOption(options.capture, letter, argument)) throw new UsageError(`-${letter} is not available in this version.`)
  }
}

function applyLong(options: Options, name: string, argument: string): void {
  switch (name) {
    case 'hexdump':
      hexdump(options, argument)
      break
    case 'no-duplicate-keys':
      options.mergeDuplicateKeys = true
      break
    case 'export-objects':
      if (options.objectFolder !== undefined) throw new UsageError('"--export-objects" was given for http already.')
      options.objectFolder = parseExportObjects(argument)
      break
    case 'enable-protocol':
    case 'enable-heuristic':
    case 'disable-heuristic':
    case 'color':
    case 'temp-dir':
    case 'log-level':
    case 'log-fatal':
    case 'log-domains':
    case 'log-debug':
    case 'log-noisy':
    case 'log-file':
      break
    default:
      throw new UsageError(`--${name} is not available in this version.`)
  }
}

function positive(text: string, what: string): number {
  if (!/^[0-9]+$/.test(text)) throw new UsageError(`The specified ${what} "${text}" isn't a decimal number`)
  const value = Number(text)
  if (value === 0) throw new UsageError(`The specified ${what} is zero`)
  return value
}

function format(options: Options, argument: string): void {
  const known = argument as OutputFormat
  if (argument === 'ps') throw new UsageError('-T ps (PostScript) is not available in this version.')
  if (!FORMATS.has(known)) {
    throw new UsageError(`Invalid -T parameter "${argument}"; it must be one of: fields, text, tabs, json, jsonraw, ek, pdml, psml`)
  }
  options.format = known
  options.formatGiven = true
}

function fieldSetting(settings: FieldSettings, argument: string): void {
  const equals = argument.indexOf('='),
    name = argument.slice(0, equals),
    value = argument.slice(equals + 1)
  const wrong = () =>
    new UsageError(
      `"${argument}" is not a valid field output option=value pair: bom=y|n, header=y|n, separator=/t|/s|C, occurrence=f|l|a, aggregator=,|/s|C, quote=d|s|n`,
    )
  if (equals < 1 || value === '') throw wrong()
  const yes = () => {
    if (value !== 'y' && value !== 'n') throw wrong()
    return value === 'y'
  }
  switch (name) {
    case 'header':
      settings.header = yes()
      break
    case 'bom':
      settings.bom = yes()
      break
    case 'separator':
      settings.separator = character(value)
      break
    case 'aggregator':
      settings.aggregator = character(value)
      break
    case 'occurrence':
      if (value !== 'f' && value !== 'l' && value !== 'a') throw wrong()
      settings.occurrence = value
      break
    case 'quote':
      if (value !== 'd' && value !== 's' && value !== 'n') throw wrong()
      settings.quote = value === 'd' ? '"' : value === 's' ? "'" : ''
      break
    default:
      throw wrong()
  }
}

function character(value: string): string {
  if (value === '/t') return '\t'
  if (value === '/s') return ' '
  if (value === '/n') return '\n'
  return value.startsWith('/') ? '/' : (Array.from(value)[0] ?? '')
}

function time(options: Options, argument: string): void {
  const kind = argument as TimeKind
  if (!TIMES.has(kind))
    throw new UsageError(`Invalid time stamp type "${argument}"; it must be one of: a, ad, adoy, d, dd, e, r, u, ud, udoy`)
  options.time = kind
}

function checkResolveFlags(argument: string): void {
  const wrong = /[^mnNtdsv]/.exec(argument)
  if (wrong) throw new UsageError(`-N specifies unknown resolving option '${wrong[0]}'; valid options are: d, m, n, N, s, t, v`)
}

function decodeAs(options: Options, argument: string): void {
  const match = /^([^=,]+)==([^,]+),(.+)$/.exec(argument) ?? /^([^=,]+)(),(.+)$/.exec(argument)
  if (!match?.[1] || !match[3])
    throw new UsageError(`Parameter "${argument}" doesn't have the form LAYER==SELECTOR,PROTOCOL, for example tcp.port==8888,http`)
  options.decodeAs.push({ table: match[1].trim(), selector: (match[2] ?? '').trim(), protocol: match[3].trim() })
}

function preference(options: Options, argument: string): void {
  const colon = argument.indexOf(':')
  if (colon < 1) throw new UsageError(`Invalid -o flag "${argument}": it must be NAME:VALUE`)
  options.preferences.set(argument.slice(0, colon).trim(), argument.slice(colon + 1).trim())
}

function writeFormat(options: Options, argument: string): void {
  if (argument !== 'pcapng' && argument !== 'pcap' && argument !== 'nsecpcap') {
    throw new UsageError(`"${argument}" isn't a file type that can be written; available: pcapng, pcap, nsecpcap`)
  }
  options.writeFormat = argument
}

function hexdump(options: Options, argument: string): void {
  options.bytes = true
  for (const word of argument.split(',')) {
    switch (word) {
      case 'all':
        options.hexdump.frameOnly = false
        break
      case 'frames':
        options.hexdump.frameOnly = true
        break
      case 'ascii':
        options.hexdump.ascii = true
        options.hexdump.delimit = false
        break
      case 'delimit':
        options.hexdump.ascii = options.hexdump.delimit = true
        break
      case 'noascii':
        options.hexdump.ascii = false
        break
      default:
        throw new UsageError(`"${word}" is an invalid value for --hexdump; it must be one of: all, frames, ascii, delimit, noascii`)
    }
  }
}
