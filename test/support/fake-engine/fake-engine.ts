// A stand-in for the engine that answers every call of the contract with synthetic data, for interface tests and screenshots.
// It is never part of the product. State is kept as the real engine keeps it: marks, ignored packets, comments, filter, sort, settings.
import { PROTOCOL_CLASSES, type CaptureInfo, type PacketRow, type TimeFormat } from '../../../src/shared/contract'
import { NO_STREAMS } from './no-streams'
import { NO_WEB } from './no-web'
import { FilterError, TraceError } from '../../../src/shared/errors'
import type { EventSink, ServedEngine, ServiceMethods } from '../../../src/shared/rpc/dispatcher'
import { check, FIELDS, matcher } from './filters'
import { fakeLive } from './live'
import { fakePrograms } from './programs'
import { fakeDetail, fakePacket, type FakePacket } from './packets'

/** What the fake pretends to have. */
export interface FakeOptions {
  /** Packets of the sample captures, in order. */
  readonly captures: readonly {
    readonly name: string
    readonly packets: number
    readonly seconds: number
    readonly damaged?: boolean
    readonly indexMs?: number
  }[]
  /** How many of them are open at start. */
  readonly open: number
  readonly settings?: Readonly<Record<string, unknown>>
  readonly kind?: 'desktop' | 'browser'
  readonly profile?: 'wireglass' | 'classic'
  /** Milliseconds before rows.get and packet.get answer. */
  readonly delayMs?: number
}

interface FakeCapture {
  info: CaptureInfo
  total: number
  seconds: number
  /** Numbers that pass the filter, or null for all. */
  filtered: number[] | null
  descending: boolean
  marked: Set<number>
  ignored: Set<number>
  references: Set<number>
  comments: Map<number, string[]>
  timer: ReturnType<typeof setInterval> | undefined
}

const START_NS = 1_795_330_739_000_000_000n
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function setMember(set: Set<number>, number: number, on: boolean): void {
  if (on) set.add(number)
  else set.delete(number)
}

function timeText(capture: FakeCapture, packet: FakePacket, format: TimeFormat): string {
  const digits = format.precision === 'auto' ? 6 : format.precision
  if (capture.references.has(packet.number)) return '*REF*'
  if (format.kind === 'epoch') return (Number(START_NS / 1_000_000_000n) + packet.timeNs / 1e9).toFixed(digits)
  if (format.kind.startsWith('absolute') || format.kind.startsWith('utc')) {
    const date = new Date(Number(START_NS / 1_000_000n) + packet.timeNs / 1e6).toISOString()
    return format.kind.endsWith('date') ? date.slice(0, 23).replace('T', ' ') : date.slice(11, 23)
  }
  return (packet.timeNs / 1e9).toFixed(digits)
}

/** The fake engine: methods and events, to be served with the product's own dispatcher. */
export function createFakeEngine(options: FakeOptions): ServedEngine {
  const sinks = new Set<EventSink>()
  const captures = new Map<number, FakeCapture>()
  let settings: Record<string, unknown> = { ...options.settings }
  let nextId = 1
  let profile: 'wireglass' | 'classic' | 'custom' = options.profile ?? 'wireglass'
  let rules = [
    { name: 'Bad TCP', filter: 'tcp.analysis.flags', foreground: '#f78787', background: '#12272e', enabled: true },
    { name: 'ARP', filter: 'arp', foreground: '#12272e', background: '#faf0d7', enabled: true },
    { name: 'ICMP', filter: 'icmp', foreground: '#12272e', background: '#fce0ff', enabled: true },
    { name: 'HTTP', filter: 'http', foreground: '#12272e', background: '#e4ffc7', enabled: true },
    { name: 'TCP SYN/FIN', filter: 'tcp.flags & 0x02', foreground: '#12272e', background: '#a0a0a0', enabled: true },
    { name: 'TCP', filter: 'tcp', foreground: '#12272e', background: '#e7e6ff', enabled: true },
    { name: 'UDP', filter: 'udp', foreground: '#12272e', background: '#daeeff', enabled: true },
  ]
  const emit: EventSink = (event, payload) => {
    for (const sink of sinks) sink(event, payload)
  }
  const ruleOf = (packet: FakePacket): number => {
    if (packet.severity > 1) return 0
    const order: Readonly<Record<string, number>> = {
      arp: 1,
      icmp: 2,
      http: 3,
      tcp: /SYN|FIN/.test(packet.info) ? 4 : 5,
      tls: 5,
      dns: 6,
      udp: 6,
    }
    return order[packet.protocolClass] ?? -1
  }
  const get = (id: number): FakeCapture => {
    const capture = captures.get(id)
    if (capture === undefined) throw new TraceError('io/closed', 'This capture is closed.')
    return capture
  }
  const at = (capture: FakeCapture, row: number): FakePacket | null => {
    const count = capture.info.shown
    const index = capture.descending ? count - 1 - row : row
    const number = capture.filtered === null ? index + 1 : capture.filtered[index]
    return number === undefined || index < 0 || index >= count ? null : fakePacket(number, capture.total, capture.seconds)
  }
  const touch = (capture: FakeCapture, part: Partial<CaptureInfo>): CaptureInfo => {
    capture.info = {
      ...capture.info,
      ...part,
      marked: capture.marked.size,
      ignored: capture.ignored.size,
      commented: capture.comments.size,
    }
    emit('capture.changed', capture.info)
    return capture.info
  }
  const open = (index: number): CaptureInfo => {
    const spec = options.captures[index] ?? { name: 'empty.pcap', packets: 0, seconds: 0 }
    const captureId = nextId++
    const growing = (spec.indexMs ?? 0) > 0
    const first = growing ? Math.min(2000, spec.packets) : spec.packets
    const info: CaptureInfo = {
      captureId,
      name: spec.name,
      path: `/home/ada/captures/${spec.name}`,
      formatLabel: 'pcapng',
      size: spec.packets * 420,
      indexed: first * 420,
      packets: first,
      shown: first,
      marked: 0,
      ignored: 0,
      commented: 0,
      state: growing ? 'indexing' : 'complete',
      loadMs: 38,
      firstTimeNs: spec.packets === 0 ? null : START_NS.toString(),
      lastTimeNs: spec.packets === 0 ? null : (START_NS + BigInt(Math.round(spec.seconds * 1e9))).toString(),
      interfaces: [
        {
          index: 0,
          name: 'eth0',
          description: null,
          linkType: 1,
          linkTypeName: 'Ethernet',
          snapLength: 262144,
          filter: null,
          os: 'Linux',
          hardware: null,
          packets: first,
          dropped: null,
        },
      ],
      sectionComments: [],
      application: 'Dumpcap',
      os: 'Linux',
      problem:
        spec.damaged === true
          ? {
              code: 'pcapng/truncated',
              message: `pcapng: the file ends inside a block (offset 0x1f40, after packet ${String(spec.packets)}). The ${String(spec.packets)} packets before it are loaded.`,
              where: { file: spec.name, offset: 8000, packet: spec.packets },
              retryable: false,
            }
          : null,
      filter: '',
      dirty: false,
      hasSecrets: index === 0,
      usesKeys: index === 0,
    }
    const capture: FakeCapture = {
      info,
      total: spec.packets,
      seconds: spec.seconds,
      filtered: null,
      descending: false,
      marked: new Set(),
      ignored: new Set(),
      references: new Set(),
      comments: new Map(),
      timer: undefined,
    }
    captures.set(captureId, capture)
    if (growing) {
      const started = Date.now()
      capture.timer = setInterval(() => {
        const share = Math.min(1, (Date.now() - started) / (spec.indexMs ?? 1))
        const packets = Math.max(first, Math.floor(spec.packets * share))
        if (share >= 1) clearInterval(capture.timer)
        touch(capture, {
          packets,
          shown: capture.filtered === null ? packets : capture.info.shown,
          indexed: packets * 420,
          state: share >= 1 ? 'complete' : 'indexing',
          loadMs: Date.now() - started,
        })
      }, 100)
    }
    return info
  }
  const numbersOf = (capture: FakeCapture, numbers: readonly number[] | 'displayed' | 'none', all: Set<number>): readonly number[] => {
    if (numbers === 'none') return [...all]
    if (numbers !== 'displayed') return numbers
    return capture.filtered ?? Array.from({ length: Math.min(capture.info.shown, 5000) }, (_, index) => index + 1)
  }
  for (let index = 0; index < options.open; index++) open(index)
  const unsupported = (): never => {
    throw new TraceError('export/unsupported', 'The fake engine cannot do this.')
  }
  const methods: ServiceMethods = {
    ...fakeLive(),
    ...fakePrograms(),
    ...NO_STREAMS,
    'host.info': () => ({
      kind: options.kind ?? 'browser',
      version: '0.1.0',
      platform: 'linux',
      nativeDialogs: false,
      homeFolder: '/home/ada',
      opened: [...captures.values()].map((capture) => capture.info),
      problems: [],
    }),
    'host.openDialog': unsupported,
    'host.saveDialog': unsupported,
    'files.list': ({ path }) => ({
      path: path === '' ? '/home/ada' : path,
      parent: path === '/' ? null : '/home',
      entries: [
        { name: 'captures', path: '/home/ada/captures', kind: 'folder', size: 0, modifiedMs: 1_795_330_739_000 },
        ...options.captures.map((spec) => ({
          name: spec.name,
          path: `/home/ada/captures/${spec.name}`,
          kind: 'capture' as const,
          size: spec.packets * 420,
          modifiedMs: 1_795_330_739_000,
        })),
        { name: 'notes.txt', path: '/home/ada/notes.txt', kind: 'file', size: 812, modifiedMs: 1_795_330_739_000 },
      ],
    }),
    'files.recent': () => ({
      files: options.captures.map((spec, index) => ({
        path: `/home/ada/captures/${spec.name}`,
        name: spec.name,
        size: spec.packets * 420,
        openedMs: 1_795_330_739_000,
        exists: index !== 1,
      })),
    }),
    'files.forgetRecent': () => ({}),
    'files.samples': () => ({
      samples: options.captures.map((spec) => ({ id: spec.name, file: spec.name, size: spec.packets * 420, packets: spec.packets })),
    }),
    'files.uploadStart': () => ({ uploadId: 1 }),
    'files.uploadPiece': ({ bytes }) => ({ received: bytes.length }),
    'capture.open': ({ source }) => {
      const name = source.kind === 'path' ? (source.path.split('/').at(-1) ?? '') : source.kind === 'sample' ? source.id : ''
      const index = source.kind === 'upload' ? 0 : options.captures.findIndex((spec) => spec.name === name)
      if (index < 0)
        throw new TraceError(
          'capture/not-a-capture',
          `${name} is not a capture: it begins with "Dear diary". Choose a pcap or pcapng file.`,
        )
      return open(index)
    },
    'capture.close': ({ captureId }) => {
      clearInterval(captures.get(captureId)?.timer)
      captures.delete(captureId)
      return {}
    },
    'capture.info': ({ captureId }) => get(captureId).info,
    'capture.stop': ({ captureId }) => {
      clearInterval(get(captureId).timer)
      return touch(get(captureId), { state: 'cancelled' })
    },
    'capture.reload': ({ captureId }) => get(captureId).info,
    'capture.save': ({ path, captureId }) => ({ path, packets: get(captureId).total, bytes: get(captureId).total * 420 }),
    'capture.download': () => ({ name: 'export.pcapng', bytes: btoa('fake') }),
    'rows.get': async ({ captureId, first, count, columns, time, colorize }) => {
      if ((options.delayMs ?? 0) > 0) await wait(options.delayMs ?? 0)
      const capture = get(captureId)
      const rows: PacketRow[] = []
      for (let row = first; row < first + count; row++) {
        const packet = at(capture, row)
        if (packet === null) break
        const cell = (content: string): string => {
          switch (content) {
            case 'number':
              return String(packet.number)
            case 'time':
              return timeText(capture, packet, time)
            case 'time-relative':
              return (packet.timeNs / 1e9).toFixed(6)
            case 'source':
              return packet.source
            case 'destination':
              return packet.destination
            case 'protocol':
              return packet.protocol
            case 'length':
              return String(packet.length)
            case 'info':
              return packet.info
            case 'stream':
            case 'field:tcp.stream':
              return packet.protocolClass === 'dns' ? '' : String(packet.stream)
            case 'comment':
              return capture.comments.get(packet.number)?.join('; ') ?? ''
            default:
              return content.startsWith('field:http') && packet.protocol !== 'HTTP' ? '' : '1'
          }
        }
        rows.push({
          number: packet.number,
          cells: columns.map(cell),
          protocolClass: packet.protocolClass,
          colorRule: colorize ? ruleOf(packet) : -1,
          severity: packet.severity,
          marked: capture.marked.has(packet.number),
          ignored: capture.ignored.has(packet.number),
          timeReference: capture.references.has(packet.number),
          commented: capture.comments.has(packet.number),
        })
      }
      return { first, rowCount: capture.info.shown, rows }
    },
    'rows.find': ({ captureId, number }) => {
      const capture = get(captureId)
      if (capture.filtered === null) return { row: capture.descending ? capture.info.shown - number : number - 1, exact: true }
      const index = capture.filtered.findIndex((other) => other >= number)
      const row = index < 0 ? Math.max(0, capture.filtered.length - 1) : index
      return { row: capture.descending ? capture.filtered.length - 1 - row : row, exact: capture.filtered[row] === number }
    },
    'rows.text': ({ numbers }) => ({ text: numbers.map((number) => String(number)).join('\n') }),
    'rows.sort': ({ captureId, column, descending }) => {
      const capture = get(captureId)
      capture.descending = column !== null && descending
      return { rowCount: capture.info.shown }
    },
    'rows.search': ({ captureId, from, backwards, what }) => {
      const capture = get(captureId)
      const step = backwards ? -1 : 1
      for (let offset = 1; offset <= Math.min(capture.total, 50_000); offset++) {
        const number = ((((from - 1 + step * offset) % capture.total) + capture.total) % capture.total) + 1
        const packet = fakePacket(number, capture.total, capture.seconds)
        const hit =
          what.kind === 'marked'
            ? capture.marked.has(number)
            : what.kind === 'time-reference'
              ? capture.references.has(number)
              : what.kind === 'comment'
                ? capture.comments.has(number)
                : what.kind === 'conversation'
                  ? packet.stream === fakePacket(Math.max(1, from), capture.total, capture.seconds).stream
                  : what.kind === 'filter'
                    ? (matcher(what.text)?.(packet) ?? false)
                    : packet.info.toLowerCase().includes(what.text.toLowerCase())
        if (hit) return { number, row: number - 1, wrapped: step > 0 ? number <= from : number >= from }
      }
      return { number: 0, row: 0, wrapped: false }
    },
    'packet.get': async ({ captureId, number }) => {
      if ((options.delayMs ?? 0) > 0) await wait(options.delayMs ?? 0)
      const capture = get(captureId)
      return fakeDetail(fakePacket(number, capture.total, capture.seconds), capture.comments.get(number) ?? [])
    },
    'packet.text': ({ numbers, captureId }) => ({
      text: numbers.map((number) => fakePacket(number, get(captureId).total, get(captureId).seconds).info).join('\n'),
    }),
    'packet.mark': ({ captureId, numbers, on }) => {
      const capture = get(captureId)
      for (const number of numbersOf(capture, numbers, capture.marked)) setMember(capture.marked, number, on)
      return touch(capture, { dirty: true })
    },
    'packet.ignore': ({ captureId, numbers, on }) => {
      const capture = get(captureId)
      for (const number of numbersOf(capture, numbers, capture.ignored)) setMember(capture.ignored, number, on)
      return touch(capture, { dirty: true })
    },
    'packet.timeReference': ({ captureId, number, on }) => {
      const capture = get(captureId)
      if (on) capture.references.add(number)
      else capture.references.delete(number)
      return touch(capture, { dirty: true })
    },
    'packet.setComments': ({ captureId, number, comments }) => {
      const capture = get(captureId)
      if (comments.length === 0) capture.comments.delete(number)
      else capture.comments.set(number, comments)
      return touch(capture, { dirty: true })
    },
    'filter.check': ({ text }) => check(text),
    'filter.complete': ({ text, cursor }) => {
      const start = cursor - (/[\w.]*$/.exec(text.slice(0, cursor))?.[0].length ?? 0)
      const word = text.slice(start, cursor)
      const items =
        word === ''
          ? []
          : FIELDS.filter(([name]) => name.startsWith(word)).map(([name, type, label], index) => ({
              text: name,
              kind: 'field' as const,
              label,
              type,
              packets: 37 - index,
            }))
      return { start, end: cursor, items }
    },
    'filter.count': ({ captureId }) => ({ matched: get(captureId).info.shown }),
    'filter.apply': async ({ captureId, text }, context) => {
      const capture = get(captureId)
      const state = check(text)
      if (state.state === 'invalid' || state.state === 'incomplete')
        throw new FilterError('filter/syntax', state.message, state.start, state.end)
      if (text.trim() === '') {
        capture.filtered = null
        return { shown: capture.info.packets, info: touch(capture, { shown: capture.info.packets, filter: '' }) }
      }
      const test = matcher(text)
      const hits: number[] = []
      const limit = Math.min(capture.info.packets, 400_000)
      for (let number = 1; number <= limit; number++) {
        if (test?.(fakePacket(number, capture.total, capture.seconds)) === true) hits.push(number)
        if (number % 50_000 === 0) {
          context.progress({ done: number, total: limit, matched: hits.length })
          await wait(0)
        }
      }
      capture.filtered = hits
      return { shown: hits.length, info: touch(capture, { shown: hits.length, filter: text }) }
    },
    'fields.search': ({ text, limit }) => ({
      fields: FIELDS.filter(([name]) => name.includes(text))
        .slice(0, limit)
        .map(([name, type, label]) => ({ name, type, label, protocol: name.split('.')[0] ?? '', packets: 12 })),
    }),
    'colors.get': () => ({ rules, profile }),
    'colors.set': (params) => {
      rules = params.rules
      profile = params.profile
      return { problems: [] }
    },
    'colors.export': () => ({ text: '# colour rules\n' }),
    'colors.parse': () => ({ rules, problems: [] }),
    'overview.get': ({ captureId, buckets, fromNs, toNs }) => {
      const capture = get(captureId)
      const from = fromNs ?? 0
      const to = toNs ?? Math.max(1, capture.seconds * 1e9)
      const result = Array.from({ length: buckets }, () => ({
        counts: PROTOCOL_CLASSES.map(() => 0),
        bytes: 0,
        problems: 0,
        firstPacket: 0,
      }))
      const step = Math.max(1, Math.floor(capture.info.packets / 40_000))
      for (let number = 1; number <= capture.info.packets; number += step) {
        const packet = fakePacket(number + ((number * 7) % Math.max(1, Math.min(step, 20))), capture.total, capture.seconds)
        const index = Math.floor(((packet.timeNs - from) / (to - from)) * buckets)
        const bucket = result[Math.min(buckets - 1, index)]
        if (bucket === undefined) continue
        const classIndex = PROTOCOL_CLASSES.indexOf(packet.protocolClass)
        bucket.counts[classIndex] = (bucket.counts[classIndex] ?? 0) + step
        bucket.bytes += packet.length
        if (packet.severity > 1) bucket.problems++
        if (bucket.firstPacket === 0) bucket.firstPacket = packet.number
      }
      return { fromNs: from, toNs: to, buckets: result }
    },
    'overview.map': ({ captureId, samples }) => {
      const capture = get(captureId)
      const classes: number[] = []
      const problems: number[] = []
      for (let sample = 0; sample < samples && sample < capture.info.shown; sample++) {
        const packet = at(capture, Math.floor((sample * capture.info.shown) / Math.min(samples, capture.info.shown)))
        classes.push(packet === null ? 7 : PROTOCOL_CLASSES.indexOf(packet.protocolClass))
        problems.push(packet === null ? 0 : packet.severity > 1 ? 1 : 0)
      }
      return { classes, problems }
    },
    'graph.tcp': unsupported,
    'graph.download': unsupported,
    'graph.save': unsupported,
    'capture.redissect': unsupported,
    'decodeAs.options': unsupported,
    'statistics.read': unsupported,
    'statistics.health': unsupported,
    'statistics.io': unsupported,
    ...NO_WEB,
    'settings.get': () => ({ settings }),
    'settings.set': (params) => {
      settings = params.settings
      return {}
    },
  }
  return {
    methods,
    subscribe: (sink) => {
      sinks.add(sink)
      return () => {
        sinks.delete(sink)
      }
    },
  }
}
