// Followed streams for the page: put together once, kept while they are looked at, handed out in windows of rows.
import type { FollowSpec, FollowTurn } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { fromHex } from '../bytes/text'
import { StreamFinder, utf8Bytes } from '../stream/find'
import { followStream } from '../stream/follow'
import type { FollowedStream } from '../stream/followed-stream'
import { terminalSession } from '../stream/replay'
import { FollowRows } from '../stream/rows'
import { writeFollowed } from '../stream/write'
import { boundariesOf } from './boundaries'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'

/** Forms of streams kept: what is in front and what was before. */
const KEPT = 4
/** Places that one search gives. */
const MOST_PLACES = 5000
/** Bytes of a download. */
const MOST_BYTES = 256 * 1024 * 1024
/** Characters of a turn's beginning. */
const TURN_TEXT = 60
const NO_STREAM = { ends: ['', ''] as [string, string], ports: [0, 0] as [number, number], firstFrame: 0, lastFrame: 0 }
const EXTENSIONS = { ascii: 'txt', utf8: 'txt', hex: 'hex.txt', c: 'c', raw: 'bin' } as const

type FollowMethod = Extract<keyof ServiceMethods, `follow.${string}`>
interface Kept {
  readonly followed: FollowedStream
  readonly rows: Map<string, FollowRows>
  readonly version: number
}

/** Methods about followed streams. */
export class Follows {
  private readonly context: ServiceContext
  private readonly kept = new WeakMap<OpenCapture, Map<string, Kept>>()

  constructor(context: ServiceContext) {
    this.context = context
  }

  methods(): Pick<ServiceMethods, FollowMethod> {
    return {
      'follow.open': async ({ spec }, call) => {
        const rows = await this.rowsOf(spec, call)
        const { trace } = captureOf(this.context, spec.captureId)
        const { table } = tableOf(trace, spec)
        const known = spec.stream < table.count
        const end = (address: number, port: number): string => {
          const text = trace.conversations.addresses.text(address)
          return `${text.includes(':') ? `[${text}]` : text}:${port}`
        }
        const { stream } = spec
        const stand = known
          ? {
              ends: [
                end(table.sourceAddress(stream), table.sourcePort(stream)),
                end(table.destinationAddress(stream), table.destinationPort(stream)),
              ] as [string, string],
              ports: [table.sourcePort(stream), table.destinationPort(stream)] as [number, number],
              firstFrame: table.firstFrame(stream),
              lastFrame: table.lastFrame(stream),
            }
          : NO_STREAM
        return {
          streams: table.count,
          rows: rows.count,
          substreams: [...(rows.stream.substreams ?? [])],
          turns: rows.turns.length,
          bytes: [...rows.bytes],
          missing: [...rows.missing],
          gaps: rows.stream.chunks.reduce((sum, { missing }) => sum + (missing > 0 ? 1 : 0), 0),
          ...stand,
        }
      },
      'follow.rows': async ({ spec, first, count }, call) => {
        const rows = await this.rowsOf(spec, call)
        return { rowCount: rows.count, rows: rows.get(first, count) }
      },
      'follow.turns': async ({ spec, first, count }, call) => {
        const rows = await this.rowsOf(spec, call)
        return { turns: turnsOf(captureOf(this.context, spec.captureId), rows, first, count) }
      },
      'follow.find': async ({ spec, text, hex, matchCase }, call) => {
        const rows = await this.rowsOf(spec, call)
        const needle = hex ? bytesOfHex(text) : utf8Bytes(text)
        const finder = new StreamFinder(rows, needle, hex || matchCase, MOST_PLACES)
        const task = new SlicedTask(this.context, call, captureOf(this.context, spec.captureId))
        while (finder.advance(() => task.isDue)) await task.pause({ done: finder.done, total: rows.shown.length })
        const places = finder.found.map(({ shown, offset }) => rows.placeOf(shown, offset))
        return {
          places,
          length: spec.form === 'utf8' && !hex ? needle.reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : 1), 0) : needle.length,
          more: finder.more,
        }
      },
      'follow.rowOf': async ({ spec, number }, call) => {
        const rows = await this.rowsOf(spec, call)
        const index = rows.shown.findIndex((chunk) => (rows.stream.chunks[chunk]?.frame ?? 0) >= number)
        return { row: index < 0 ? -1 : rows.rowOf(index) }
      },
      'follow.replay': async ({ captureId, stream }, call) => {
        const capture = captureOf(this.context, captureId)
        const rows = await this.rowsOf({ captureId, protocol: 'tcp', stream, substream: 0, form: 'raw', side: null }, call)
        const task = new SlicedTask(this.context, call, capture)
        const { size, events, ...rest } = await terminalSession(rows.stream, () =>
          task.isDue ? task.pause({ done: 0, total: rows.stream.chunks.length }) : undefined,
        )
        return { ...rest, size: size === undefined ? null : [...size], events: [...events] }
      },
      'follow.boundaries': async ({ captureId, stream, side, rule, readSize }, call) => {
        const capture = captureOf(this.context, captureId)
        const rows = await this.rowsOf({ captureId, protocol: 'tcp', stream, substream: 0, form: 'raw', side: null }, call)
        const task = new SlicedTask(this.context, call, capture)
        return boundariesOf(rows.stream, side, rule, readSize, () =>
          task.isDue ? task.pause({ done: 0, total: rows.stream.chunks.length }) : undefined,
        )
      },
      'follow.name': ({ spec }) => ({ name: this.nameOf(spec) }),
      'follow.download': async ({ spec, gaps }, call) => {
        const parts: Uint8Array[] = []
        let length = 0
        await this.write(spec, gaps, call, (bytes) => {
          length += bytes.length
          if (length > MOST_BYTES)
            throw new TraceError(
              'capture/too-large',
              'This is more than a download may hold (256 MiB). Save one side of it, or save it on the desktop.',
            )
          parts.push(bytes)
        })
        const all = new Uint8Array(length)
        let at = 0
        for (const part of parts) {
          all.set(part, at)
          at += part.length
        }
        return { name: this.nameOf(spec), bytes: encodeBase64(all) }
      },
      'follow.save': async ({ spec, gaps, path, overwrite }, call) => {
        const { file, path: full } = this.context.ports.files.create(path, overwrite)
        try {
          await this.write(spec, gaps, call, (bytes) => {
            file.write(bytes)
          })
          file.commit()
        } finally {
          file.abort()
        }
        return { path: full }
      },
    }
  }

  /** The rows of a specification up to the capture's present end. */
  private async rowsOf(spec: FollowSpec, call: CallContext): Promise<FollowRows> {
    const capture = captureOf(this.context, spec.captureId)
    const { followed, rows: forms } = this.keptOf(capture, spec)
    const form = `${spec.form} ${spec.side ?? ''}`
    const rows = forms.get(form) ?? new FollowRows(followed, spec.form, spec.side)
    forms.delete(form)
    forms.set(form, rows)
    for (const old of forms.keys()) if (forms.size > KEPT) forms.delete(old)
    const task = new SlicedTask(this.context, call, capture)
    while (followed.advance(() => task.isDue)) await task.pause({ done: followed.chunks.length, total: capture.packets })
    while (rows.advance(() => task.isDue)) await task.pause({ done: rows.shown.length, total: followed.chunks.length })
    return rows
  }

  private keptOf(capture: OpenCapture, { protocol, stream, substream }: FollowSpec): Kept {
    const streams = this.kept.get(capture) ?? new Map<string, Kept>()
    this.kept.set(capture, streams)
    const key = `${protocol} ${stream} ${substream}`
    let known = streams.get(key)
    if (known?.version !== capture.version)
      known = { followed: followStream(capture.trace, protocol, stream, { substream }), rows: new Map(), version: capture.version }
    streams.delete(key)
    streams.set(key, known)
    for (const old of streams.keys()) if (streams.size > KEPT) streams.delete(old)
    return known
  }

  private async write(
    spec: FollowSpec,
    gaps: Arguments<'follow.download'>['gaps'],
    call: CallContext,
    write: (bytes: Uint8Array) => void,
  ): Promise<void> {
    const { stream } = await this.rowsOf(spec, call)
    const task = new SlicedTask(this.context, call, captureOf(this.context, spec.captureId))
    let done = 0
    for (const piece of writeFollowed(stream, spec.form, spec.side, gaps)) {
      write(piece)
      done++
      if (task.isDue) await task.pause({ done, total: stream.chunks.length })
    }
  }

  private nameOf({ captureId, protocol, stream, substream, form }: FollowSpec): string {
    const { name } = captureOf(this.context, captureId).opened
    const base = name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
    return `${base === '' ? 'capture' : base}-${protocol}-stream-${stream}${protocol === 'http2' ? `-${substream}` : ''}.${EXTENSIONS[form]}`
  }
}

function tableOf(trace: OpenCapture['trace'], { protocol }: FollowSpec) {
  return { table: protocol === 'udp' ? trace.conversations.udp : trace.conversations.tcp }
}

/** Bytes of digits with or without spaces and colons. Throws 'rpc/bad-argument'. */
function bytesOfHex(text: string): Uint8Array {
  const digits = text.replace(/[\s:]/g, '')
  if (digits.length === 0 || digits.length % 2 === 1 || !/^[0-9a-f]*$/i.test(digits))
    throw new TraceError('rpc/bad-argument', 'Bytes are written as pairs of hexadecimal digits, for example 0d 0a.')
  return fromHex(digits)
}

function turnsOf(capture: OpenCapture, rows: FollowRows, first: number, count: number): FollowTurn[] {
  const { records } = capture.trace
  return rows.turns.slice(first, first + count).flatMap((shown, at) => {
    const index = rows.shown[shown] ?? 0
    const chunk = rows.stream.chunks[index]
    if (chunk === undefined) return []
    const end = rows.turns[first + at + 1] ?? rows.shown.length
    let bytes = 0
    for (let next = shown; next < end; next++) bytes += rows.stream.chunks[rows.shown[next] ?? 0]?.length ?? 0
    const row = chunk.frame - 1
    return [
      {
        side: chunk.side,
        frame: chunk.frame,
        time: records.seconds.get(row) - records.seconds.get(0) + (records.nanoseconds.get(row) - records.nanoseconds.get(0)) / 1e9,
        row: rows.rowOf(shown),
        bytes,
        text: beginning(rows.stream.bytes(chunk)),
      },
    ]
  })
}

/** The first printable characters of bytes. */
function beginning(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, TURN_TEXT)) {
    if (byte === 13 || byte === 10) {
      if (text !== '') break
    } else text += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'
  }
  return text
}
