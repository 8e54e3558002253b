// -z follow,tcp|udp|tls|http,ascii|hex|raw,N and -z follow,http2,ascii|hex|raw,N,M: a stream's bytes, as tshark prints them.
import { decryptedStream, followStream, hexDumpLine } from '../engine/service/terminal'
import type { SpokenBytes, Trace } from '../engine/service/terminal'
import { UsageError } from './usage-error'
import type { Output } from './output'

/** What -z follow asks for. */
export interface FollowRequest {
  readonly transport: 'tcp' | 'udp' | 'tls' | 'http' | 'http2'
  readonly form: 'ascii' | 'hex' | 'raw'
  readonly stream: number
  /** Of HTTP/2 the stream within that TCP stream. */
  readonly substream: number
}

/** Reads the argument of -z. Throws UsageError. */
export function parseFollow(request: string): FollowRequest {
  const match = /^follow,(?:(tcp|udp|tls|http)|(http2)),(ascii|hex|raw),(\d+)(?:,(\d+))?$/.exec(request)
  const [, plain, layered, form, stream, substream] = match ?? [],
    transport = plain ?? layered
  if (
    (transport !== 'tcp' && transport !== 'udp' && transport !== 'tls' && transport !== 'http' && transport !== 'http2') ||
    (form !== 'ascii' && form !== 'hex' && form !== 'raw') ||
    (layered === undefined) !== (substream === undefined)
  )
    throw new UsageError(
      `Invalid -z argument "${request}"; available in this version: follow,tcp|udp|tls|http,ascii|hex|raw,STREAM follow,http2,ascii|hex|raw,STREAM,SUBSTREAM`,
    )
  return { transport, form, stream: Number(stream), substream: Number(substream ?? 0) }
}

/** Prints one followed stream of a capture that was read wholly. */
export function printFollow(trace: Trace, request: FollowRequest, out: Output): void {
  const { transport, form, stream, substream } = request,
    table = trace.conversations[transport === 'udp' ? 'udp' : 'tcp'],
    tls = transport === 'tls' ? decryptedStream(trace, stream) : undefined,
    chunks = transport === 'tls' ? (tls?.records ?? []).map((record) => ({ ...record, missing: 0 })) : chunksOf(trace, transport, request),
    ofMessages = transport === 'http' || transport === 'http2',
    known = stream < table.count && (!ofMessages || chunks.length > 0)
  const node = (address: number, port: number) => {
    const text = trace.columns.addresses.text(address)
    return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
  }
  const ends = known
    ? [node(table.sourceAddress(stream), table.sourcePort(stream)), node(table.destinationAddress(stream), table.destinationPort(stream))]
    : [NOBODY, NOBODY]
  // of messages the side that spoke first comes first, in TLS the one that sent the first record that could be opened
  const first = tls?.firstOpened ?? (ofMessages ? (chunks[0]?.side ?? 0) : 0)
  if (first === 1) ends.reverse()
  // and there the other one is not named
  if (tls) ends.splice(tls.firstOpened === undefined ? 0 : 1, 2, NOBODY, NOBODY)
  out.line('')
  out.line(RULE)
  out.line(`Follow: ${transport},${form}`)
  out.line(
    `Filter: ${transport === 'http2' ? `tcp.stream eq ${stream} and http2.streamid eq ${substream}` : `${transport === 'udp' ? 'udp' : 'tcp'}.stream eq ${stream}`}`,
  )
  out.line(`Node 0: ${ends[0] ?? ''}`)
  out.line(`Node 1: ${ends[1] ?? ''}`)
  const positions: [number, number] = [0, 0]
  for (const chunk of chunks) {
    const bytes = bytesOf(chunk),
      tab = chunk.side === first ? '' : '\t'
    if (form === 'ascii') {
      out.line(`${tab}${bytes.length}`)
      out.bytes(bytes.map((byte) => ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 ? byte : DOT)))
      out.line('')
    } else if (form === 'raw') {
      out.line(tab + Buffer.from(bytes).toString('hex'))
    } else {
      for (let at = 0; at < bytes.length; at += 16) out.line(tab + hexDumpLine(positions[chunk.side] + at, bytes.subarray(at, at + 16)))
      positions[chunk.side] += bytes.length
    }
  }
  out.line(RULE)
}

function chunksOf(
  trace: Trace,
  transport: Exclude<FollowRequest['transport'], 'tls'>,
  { stream, substream }: FollowRequest,
): SpokenBytes[] {
  const followed = followStream(trace, transport, stream, { withEmpty: true, substream })
  followed.advance(() => false)
  return followed.chunks.map((chunk) => ({ side: chunk.side, frame: chunk.frame, missing: chunk.missing, bytes: followed.bytes(chunk) }))
}

/** A gap is shown as a remark in the stream. */
function bytesOf({ bytes, missing }: SpokenBytes): Uint8Array {
  return missing > 0 ? Buffer.from(`[${missing} bytes missing in capture file]\0`, 'latin1') : bytes
}

const NOBODY = ':0'
const RULE = '='.repeat(67),
  DOT = 46
