// -z follow,tcp|udp,ascii|hex|raw,N: a stream's bytes, as tshark prints them.
import { followTcp, followUdp } from '../engine/service/terminal'
import type { FollowChunk, Trace } from '../engine/service/terminal'
import { UsageError } from './usage-error'
import type { Output } from './output'

/** What -z follow asks for. */
export interface FollowRequest {
  readonly transport: 'tcp' | 'udp'
  readonly form: 'ascii' | 'hex' | 'raw'
  readonly stream: number
}

/** Reads the argument of -z. Throws UsageError. */
export function parseFollow(request: string): FollowRequest {
  const match = /^follow,(tcp|udp),(ascii|hex|raw),(\d+)$/.exec(request)
  const [, transport, form, stream] = match ?? []
  if ((transport !== 'tcp' && transport !== 'udp') || (form !== 'ascii' && form !== 'hex' && form !== 'raw'))
    throw new UsageError(`Invalid -z argument "${request}"; available in this version: follow,tcp|udp,ascii|hex|raw,STREAM`)
  return { transport, form, stream: Number(stream) }
}

/** Prints one followed stream of a capture that was read wholly. */
export function printFollow(trace: Trace, { transport, form, stream }: FollowRequest, out: Output): void {
  const table = trace.conversations[transport],
    known = stream < table.count
  const node = (address: number, port: number) => {
    const text = trace.columns.addresses.text(address)
    return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
  }
  out.line('')
  out.line(RULE)
  out.line(`Follow: ${transport},${form}`)
  out.line(`Filter: ${transport}.stream eq ${stream}`)
  out.line(`Node 0: ${known ? node(table.sourceAddress(stream), table.sourcePort(stream)) : ':0'}`)
  out.line(`Node 1: ${known ? node(table.destinationAddress(stream), table.destinationPort(stream)) : ':0'}`)
  const positions: [number, number] = [0, 0]
  for (const chunk of transport === 'tcp' ? followTcp(trace, stream) : followUdp(trace, stream)) {
    const bytes = bytesOf(chunk),
      tab = chunk.side === 0 ? '' : '\t'
    if (form === 'ascii') {
      out.line(`${tab}${bytes.length}`)
      out.bytes(bytes.map((byte) => ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 ? byte : DOT)))
      out.line('')
    } else if (form === 'raw') {
      out.line(tab + Buffer.from(bytes).toString('hex'))
    } else {
      for (let at = 0; at < bytes.length; at += 16) out.line(tab + hexLine(positions[chunk.side] + at, bytes.subarray(at, at + 16)))
      positions[chunk.side] += bytes.length
    }
  }
  out.line(RULE)
}

/** A gap is shown as a remark in the stream. */
function bytesOf({ bytes, missing }: FollowChunk): Uint8Array {
  return missing > 0 ? Buffer.from(`[${missing} bytes missing in capture file]\0`, 'latin1') : bytes
}

/** A line of 16 bytes; of its last characters one space is dropped, as tshark does. */
function hexLine(position: number, bytes: Uint8Array): string {
  let hex = '',
    text = ''
  bytes.forEach((byte, index) => {
    const half = index === 8 ? ' ' : ''
    hex += `${half} ${byte.toString(16).padStart(2, '0')}`
    text += half + (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')
  })
  return `${position.toString(16).toUpperCase().padStart(8, '0')} ${hex.padEnd(49)}  ${text}`.replace(/ $/, '')
}

const RULE = '='.repeat(67),
  DOT = 46
