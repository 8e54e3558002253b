// Where and when: the ends of a connection as text, the time of a frame.
import type { Trace } from '../../index/trace'
import type { WebConnection } from './web-sessions'

/** Seconds since 1970 of a frame. */
export function timeOf({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) + records.nanoseconds.get(frame - 1) / 1e9
}

/** Seconds of a frame since the capture's first, exact to the nanosecond where `timeOf` is not. */
export function sinceFirst({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) - records.seconds.get(0) + (records.nanoseconds.get(frame - 1) - records.nanoseconds.get(0)) / 1e9
}

/** address:port of client and server, IPv6 addresses in brackets. */
export function endpointsOf(
  trace: Trace,
  { transport, stream, clientSide }: Pick<WebConnection, 'transport' | 'stream' | 'clientSide'>,
): { readonly client: string; readonly server: string } {
  const { addresses } = trace.conversations,
    table = trace.conversations[transport],
    endpoint = (address: number, port: number) => {
      const text = addresses.text(address)
      return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
    }
  const source = endpoint(table.sourceAddress(stream), table.sourcePort(stream)),
    destination = endpoint(table.destinationAddress(stream), table.destinationPort(stream))
  return clientSide === 0 ? { client: source, server: destination } : { client: destination, server: source }
}
