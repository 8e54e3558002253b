// -z endpoints: who sent and received how much, in tshark's table. The counts are those of the conversations, added up by end.
import type { Conversations } from './conversations'
import { CONVERSATION_TITLES } from './conversations'
import type { Output } from './output'

interface Endpoint {
  readonly address: number
  readonly port: number
  readonly frames: [sent: number, received: number]
  readonly bytes: [sent: number, received: number]
}

/** Prints the ends of conversations, the busiest first. */
export function printEndpoints(conversations: Conversations, out: Output): void {
  const { kind, ported, filterText } = conversations,
    ends = new Map<string, Endpoint>()
  const end = (address: number, port: number): Endpoint => {
    const key = `${address} ${port}`,
      known = ends.get(key)
    if (known) return known
    const made: Endpoint = { address, port, frames: [0, 0], bytes: [0, 0] }
    ends.set(key, made)
    return made
  }
  for (const { from, to, frames, bytes } of conversations.totals()) {
    const [a, b] = [end(from.address, from.port), end(to.address, to.port)]
    a.frames[0] += frames[0]
    a.bytes[0] += bytes[0]
    b.frames[1] += frames[0]
    b.bytes[1] += bytes[0]
    b.frames[0] += frames[1]
    b.bytes[0] += bytes[1]
    a.frames[1] += frames[1]
    a.bytes[1] += bytes[1]
  }
  out.line('='.repeat(80))
  out.line(`${CONVERSATION_TITLES[kind]} Endpoints`)
  out.line(`Filter:${filterText || '<No Filter>'}`)
  out.line(
    `${' '.repeat(23)}|  ${ported ? 'Port  ||  ' : ''}Packets  | |  Bytes  | | Tx Packets | | Tx Bytes | | Rx Packets | | Rx Bytes |`,
  )
  const cell = (value: number, width: number) => String(value).padStart(width)
  for (const { address, port, frames, bytes } of [...ends.values()].sort((a, b) => sum(b.frames) - sum(a.frames))) {
    const name = conversations.addressText(address).padEnd(20),
      where = ported ? `${name}      ${cell(port, 5)}     ` : `${name}      `
    out.line(
      `${where}${cell(sum(frames), 6)}     ${cell(sum(bytes), 9)}     ${cell(frames[0], 6)}       ${cell(bytes[0], 9)}     ` +
        ` ${cell(frames[1], 6)}       ${cell(bytes[1], 9)}   `,
    )
  }
  out.line('='.repeat(80))
}

function sum([sent, received]: readonly [number, number]): number {
  return sent + received
}
