// Sequence diagrams for the page: made once, kept while they are looked at, handed out in windows of rows.
import type { DiagramFormat, DiagramInfo, DiagramRow, DiagramSpec, StreamSummary } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { ConnectionLadder } from '../diagram/connection-ladder'
import { explain } from '../diagram/explain'
import { writeDiagram } from '../diagram/export'
import { makeLadder, type LadderScope } from '../diagram/make-ladder'
import { BothEndsLadder, lostOf } from '../diagram/both-ends-ladder'
import { drawLadder } from '../diagram/draw-ladder'
import { HEADER_HEIGHT, type DrawnLadder, type SceneRow } from '../diagram/drawn-ladder'
import { explainBothEnds } from '../diagram/explain-both-ends'
import { PROTOCOL } from '../index/columns'
import { sameConnections } from '../session/both-ends/same-connection'
import { ANALYSIS, RST } from '../protocols/transport/tcp/analysis-flags'
import type { Passage } from '../session/both-ends/passages'
import { captureOf, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'
import { checkNumber } from './packets'
import type { WebViews } from './web-views'

/** Diagrams kept: the one in front, the one before it, and those of another tab. */
const KEPT = 4
/** Rows that one call gives. */
const MAX_ROWS = 400
const EXTENSIONS: Readonly<Record<DiagramFormat, string>> = {
  svg: 'svg',
  png: 'png',
  pdf: 'pdf',
  html: 'html',
  mermaid: 'mmd',
  plantuml: 'puml',
  text: 'txt',
}

type DiagramMethod = Extract<keyof ServiceMethods, `diagram.${string}`>

/** Methods about diagrams. */
export class Diagrams {
  private readonly context: ServiceContext
  private readonly web: WebViews
  /** Newest last. */
  private readonly scenes = new Map<string, DrawnLadder>()

  constructor(context: ServiceContext, web: WebViews) {
    this.context = context
    this.web = web
  }

  methods(): Pick<ServiceMethods, DiagramMethod> {
    return {
      'diagram.streams': ({ captureId, text, first, count }) => streamsOf(captureOf(this.context, captureId), text, first, count),
      'diagram.streamOf': ({ captureId, number }) => {
        const capture = captureOf(this.context, captureId)
        checkNumber(capture, number)
        const { columns } = capture.trace
        const isTcp = (columns.protocols.get(number - 1) & PROTOCOL.TCP) !== 0
        return { stream: isTcp ? columns.stream.get(number - 1) - 1 : -1 }
      },
      'diagram.sameConnections': ({ captureId, stream, second }) => {
        const [capture, beside] = [captureOf(this.context, captureId), captureOf(this.context, second)]
        checkStream(capture, stream)
        const { tcp, addresses } = beside.trace.conversations
        return {
          found: sameConnections(capture.trace, stream, beside.trace).map((same) => ({
            stream: same.stream,
            endpoints: same.endpoints,
            a: endOf(addresses.text(tcp.sourceAddress(same.stream)), tcp.sourcePort(same.stream)),
            b: endOf(addresses.text(tcp.destinationAddress(same.stream)), tcp.destinationPort(same.stream)),
          })),
        }
      },
      'diagram.open': async ({ spec }, call) => infoOf(await this.sceneOf(spec, call)),
      'diagram.rows': async ({ spec, from, to }, call) => {
        const scene = await this.sceneOf(spec, call)
        const rows: DiagramRow[] = []
        for (
          let index = scene.firstReaching(from);
          index < scene.ladder.rowCount && scene.top(index) <= to && rows.length < MAX_ROWS;
          index++
        )
          rows.push(rowOf(scene.row(index)))
        return { rows }
      },
      'diagram.row': async ({ spec, index }, call) => {
        const scene = await this.sceneOf(spec, call)
        return rowOf(scene.row(Math.min(Math.max(0, index), scene.ladder.rowCount - 1)))
      },
      'diagram.find': async ({ spec, number, second }, call) => {
        const scene = await this.sceneOf(spec, call)
        const index = second ? rowThere(scene, number) : scene.ladder.rowOf(number)
        return index < 0 ? { index, top: 0, height: 0 } : { index, top: scene.top(index), height: scene.top(index + 1) - scene.top(index) }
      },
      'diagram.explain': async ({ spec, number }, call) => {
        const { ladder } = await this.sceneOf(spec, call)
        if (!(ladder instanceof ConnectionLadder)) throw new TraceError('rpc/bad-argument', 'Only a TCP connection can be explained.')
        const { segment, connection } = explain(ladder, number ?? undefined, spec.msl)
        return { segment: segment ?? null, connection }
      },
      'diagram.explainRow': async ({ spec, index }, call) => {
        const { ladder } = await this.sceneOf(spec, call)
        if (!(ladder instanceof BothEndsLadder))
          throw new TraceError('rpc/bad-argument', 'Only two captures of a connection are explained by rows.')
        const { segment, connection } = explainBothEnds(ladder, index ?? undefined)
        return { segment: segment ?? null, connection }
      },
      'diagram.name': (picture) => ({ name: this.nameOf(picture) }),
      'diagram.download': async (picture, call) => {
        const sink: Uint8Array[] = []
        await this.draw(picture, call, (bytes) => sink.push(bytes))
        return { name: this.nameOf(picture), bytes: encodeBase64(joined(sink)) }
      },
      'diagram.save': async ({ path, overwrite, ...picture }, call) => {
        const { file, path: full } = this.context.ports.files.create(path, overwrite)
        try {
          await this.draw(picture, call, (bytes) => {
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

  /** The scene of a specification as far as the capture is indexed now. */
  private async sceneOf(spec: DiagramSpec, call: CallContext): Promise<DrawnLadder> {
    const capture = captureOf(this.context, spec.captureId)
    const { generation, listVersion, packets } = capture
    const beside = spec.scope.kind === 'both' ? captureOf(this.context, spec.scope.second) : undefined
    const key = JSON.stringify([
      spec,
      generation,
      packets,
      spec.scope.kind === 'displayed' ? listVersion : 0,
      beside?.generation,
      beside?.packets,
    ])
    const known = this.scenes.get(key)
    if (known !== undefined) {
      this.scenes.delete(key)
      this.scenes.set(key, known)
      return known
    }
    const options = { ...spec, unfolded: spec.unfolded === 'all' ? spec.unfolded : new Set(spec.unfolded) }
    const scope = await this.scopeOf(capture, spec, call)
    const scene = drawLadder(makeLadder(capture.trace, scope, options), spec)
    this.scenes.set(key, scene)
    for (const old of this.scenes.keys()) {
      if (this.scenes.size <= KEPT) break
      this.scenes.delete(old)
    }
    return scene
  }

  private async scopeOf(capture: OpenCapture, { captureId, scope }: DiagramSpec, call: CallContext): Promise<LadderScope> {
    if (scope.kind === 'tls') return this.tlsScope(captureId, scope.transport ?? 'tcp', scope.stream, call)
    if (scope.kind === 'both') return bothScope(capture, captureOf(this.context, scope.second), scope)
    return plainScope(capture, scope)
  }

  private async tlsScope(captureId: number, transport: 'tcp' | 'udp', stream: number, call: CallContext): Promise<LadderScope> {
    const connection = await this.web.tlsConnection(captureId, transport, stream, call)
    if (connection === null) throw new TraceError('rpc/bad-argument', `${transport.toUpperCase()} stream ${stream} carries no TLS.`)
    return { kind: 'tls', connection }
  }

  private async draw(picture: Arguments<'diagram.download'>, call: CallContext, write: (bytes: Uint8Array) => void): Promise<void> {
    const { trace } = captureOf(this.context, picture.spec.captureId)
    return writeDiagram(await this.sceneOf(picture.spec, call), trace, picture, this.context.ports.pictures, write)
  }

  private nameOf({ spec, format }: Arguments<'diagram.download'>): string {
    const { name } = captureOf(this.context, spec.captureId).opened
    const base = name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
    const { scope } = spec
    const what =
      scope.kind === 'stream'
        ? `stream-${scope.stream}`
        : scope.kind === 'tls'
          ? `tls-${scope.stream}`
          : scope.kind === 'both'
            ? `stream-${scope.stream}-both-ends`
            : scope.kind === 'pair'
              ? 'pair'
              : 'packets'
    return `${base === '' ? 'capture' : base}-${what}.${EXTENSIONS[format]}`
  }
}

/** Two captures of one connection. Throws TraceError where the second one does not have it. */
function bothScope(capture: OpenCapture, second: OpenCapture, scope: Extract<DiagramSpec['scope'], { kind: 'both' }>): LadderScope {
  checkStream(capture, scope.stream)
  const same = sameConnections(capture.trace, scope.stream, second.trace).find(({ stream }) => stream === scope.secondStream)
  if (same === undefined) {
    throw new TraceError(
      'rpc/bad-argument',
      `TCP stream ${scope.secondStream} of ${second.opened.name} is not TCP stream ${scope.stream} of ${capture.opened.name}: neither addresses nor sequence numbers agree.`,
    )
  }
  return { kind: 'both', stream: scope.stream, name: capture.opened.name, second: second.trace, secondName: second.opened.name, same }
}

function checkStream({ trace, opened }: OpenCapture, stream: number): void {
  const { count } = trace.conversations.tcp
  if (stream >= count)
    throw new TraceError('rpc/bad-argument', `There is no TCP stream ${stream} in ${opened.name}: it has ${count}, numbered from 0.`)
}

function plainScope(capture: OpenCapture, scope: Exclude<DiagramSpec['scope'], { kind: 'tls' | 'both' }>): LadderScope {
  if (scope.kind !== 'displayed') return scope
  const frames: number[] = []
  for (let number = 1; number <= capture.packets; number++) {
    if (capture.test === undefined || capture.passing.has(number)) frames.push(number)
  }
  return { kind: 'frames', frames: Uint32Array.from(frames) }
}

function infoOf(scene: DrawnLadder): DiagramInfo {
  const { ladder } = scene
  let firstRow = 0
  while (firstRow < ladder.rowCount && ladder.kindOf(firstRow) === 'phase') firstRow++
  const counts = { retransmissions: 0, outOfOrder: 0, resets: 0 }
  if (ladder instanceof ConnectionLadder) {
    const { connection } = ladder
    const repeats = ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION
    for (let index = 0; index < connection.count; index++) {
      const analysis = connection.analysis(index)
      if ((analysis & repeats) !== 0) counts.retransmissions++
      if ((analysis & ANALYSIS.OUT_OF_ORDER) !== 0) counts.outOfOrder++
      if ((connection.flags(index) & RST) !== 0) counts.resets++
    }
  }
  return {
    title: ladder.title,
    width: scene.width,
    height: scene.height,
    headerHeight: HEADER_HEIGHT,
    header: scene.header(),
    rowCount: ladder.rowCount,
    packets: ladder.packets,
    firstRow: ladder.packets === 0 ? -1 : firstRow,
    ...counts,
    between: ladder instanceof BothEndsLadder ? betweenOf(ladder) : null,
  }
}

/** Row of a packet of the second capture; -1 where there is none. */
function rowThere({ ladder }: DrawnLadder, number: number): number {
  return ladder instanceof BothEndsLadder ? ladder.rowThere(number) : -1
}

function betweenOf({ both }: BothEndsLadder): DiagramInfo['between'] {
  const number = (wanted: (passage: Passage) => boolean): number => both.passages.filter(wanted).length
  return {
    lost: lostOf(both.passages),
    overtaken: number(({ overtakenBy }) => overtakenBy > 0),
    repeated: number(({ fate }) => fate === 'repeated'),
    late: number(({ late }) => late > 0),
    offset: both.clock?.offset ?? null,
    uncertainty: both.clock?.uncertainty ?? null,
  }
}

function rowOf({ index, top, height, row, back, front }: SceneRow): DiagramRow {
  const frame = row.kind === 'arrow' || row.kind === 'fold' ? row.frame : 0
  return {
    index,
    top,
    height,
    kind: row.kind,
    frame,
    lastFrame: row.kind === 'fold' ? row.lastFrame : frame,
    otherFrame: row.kind === 'arrow' ? (row.otherFrame ?? 0) : 0,
    sentence: row.sentence,
    back,
    front,
  }
}

function streamsOf(capture: OpenCapture, text: string, first: number, count: number): { total: number; streams: StreamSummary[] } {
  const { trace } = capture
  const { tcp, addresses } = trace.conversations
  const wanted = text.trim().toLowerCase()
  const streams: StreamSummary[] = []
  let total = 0
  for (let stream = 0; stream < tcp.count; stream++) {
    const a = endOf(addresses.text(tcp.sourceAddress(stream)), tcp.sourcePort(stream))
    const b = endOf(addresses.text(tcp.destinationAddress(stream)), tcp.destinationPort(stream))
    if (wanted !== '' && !`${stream} ${a} ${b}`.includes(wanted)) continue
    if (total >= first && streams.length < count) {
      streams.push({ stream, a, b, firstFrame: tcp.firstFrame(stream) })
    }
    total++
  }
  return { total, streams }
}

function endOf(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
