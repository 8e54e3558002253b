// `wireglass states FILE`: the states of both endpoints of every TCP connection, each change with its segment and how it is known.
import { tcpConnection } from '../engine/service/terminal'
import type { TcpConnection, Trace } from '../engine/service/terminal'
import type { Output } from './output'
import { parseSubcommand, readWhole } from './subcommand'

/** Runs the subcommand; answers the exit status. */
export async function states(args: readonly string[], out: Output, complain: (message: string) => void): Promise<number> {
  const { file, options } = parseSubcommand('states', args, { stream: 'number', json: 'flag' })
  return readWhole(file, complain, (trace) => {
    const wanted = options.get('stream'),
      count = trace.conversations.tcp.count,
      streams =
        wanted === undefined
          ? Array.from({ length: count }, (_unused, stream) => stream)
          : [Number(wanted)].filter((stream) => stream < count)
    if (options.has('json')) printJson(trace, streams, out)
    else for (const stream of streams) printText(trace, stream, out)
    out.flush()
  })
}

function printJson(trace: Trace, streams: readonly number[], out: Output): void {
  out.line('[')
  streams.forEach((stream, position) => {
    const connection = tcpConnection(trace, stream),
      endpoints = endpointsOf(trace, stream)
    const shown = {
      stream,
      endpoints: endpoints.map((endpoint, side) => {
        const start = connection.start[side === 0 ? 0 : 1]
        return { endpoint, start: start.state, evidence: start.evidence, end: endOf(connection, side) }
      }),
      transitions: connection.transitions.map((one) => ({
        frame: one.frame,
        time: epoch(trace, one.frame),
        endpoint: endpoints[one.side],
        from: one.from,
        to: one.to,
        evidence: one.placing,
        rule: one.rule,
        ...(one.causeFrame > 0 && { cause: one.causeFrame }),
        ...(one.proofFrame > 0 && { proof: one.proofFrame }),
        ...(one.sinceFrame > 0 && { since: one.sinceFrame }),
      })),
    }
    out.line(JSON.stringify(shown) + (position < streams.length - 1 ? ',' : ''))
  })
  out.line(']')
}

function printText(trace: Trace, stream: number, out: Output): void {
  const connection = tcpConnection(trace, stream),
    endpoints = endpointsOf(trace, stream),
    width = Math.max(...endpoints.map((endpoint) => endpoint.length))
  out.line(`TCP stream ${stream}: ${endpoints[0]} <-> ${endpoints[1]}, ${connection.segments.count} segments`)
  for (const one of connection.transitions) {
    const how = [one.placing, one.rule, one.proofFrame > 0 && one.proofFrame !== one.frame ? `shown by ${one.proofFrame}` : '']
    out.line(
      `${String(one.frame).padStart(8)} ${one.time.toFixed(6).padStart(14)}  ${endpoints[one.side].padEnd(width)}  ` +
        `${one.from.padEnd(12)} -> ${one.to.padEnd(12)} ${how.filter(Boolean).join(', ')}`,
    )
  }
}

function endOf(connection: TcpConnection, side: number): string {
  return connection.transitions.findLast((one) => one.side === side)?.to ?? connection.start[side === 0 ? 0 : 1].state
}

/** address:port of both sides, IPv6 addresses in brackets. */
function endpointsOf(trace: Trace, stream: number): [string, string] {
  const { tcp: table, addresses } = trace.conversations
  const endpoint = (address: number, port: number) => {
    const text = addresses.text(address)
    return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
  }
  return [
    endpoint(table.sourceAddress(stream), table.sourcePort(stream)),
    endpoint(table.destinationAddress(stream), table.destinationPort(stream)),
  ]
}

/** Seconds since 1970; a double keeps microseconds. */
function epoch({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) + records.nanoseconds.get(frame - 1) / 1e9
}
