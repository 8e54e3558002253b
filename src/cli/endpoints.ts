// -z endpoints: who sent and received how much, in tshark's table.
import { endpointTotals } from '../engine/service/terminal'
import { CONVERSATION_TITLES } from './conversations'
import type { ConversationTable } from './conversations'
import type { Output } from './output'

/** Prints the ends of conversations, the busiest first. */
export function printEndpoints({ conversations, filterText }: ConversationTable, out: Output): void {
  const { kind, ported } = conversations
  out.line('='.repeat(80))
  out.line(`${CONVERSATION_TITLES[kind]} Endpoints`)
  out.line(`Filter:${filterText || '<No Filter>'}`)
  out.line(
    `${' '.repeat(23)}|  ${ported ? 'Port  ||  ' : ''}Packets  | |  Bytes  | | Tx Packets | | Tx Bytes | | Rx Packets | | Rx Bytes |`,
  )
  const cell = (value: number, width: number) => String(value).padStart(width)
  for (const { address, port, frames, bytes } of endpointTotals(conversations).sort((a, b) => sum(b.frames) - sum(a.frames))) {
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
