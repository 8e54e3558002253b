// Handshake messages that QUIC carries in place of records (RFC 9001, 4): always TLS 1.3, and protected by their carrier.
import { CARRIED_HANDSHAKE } from '../../../dissect/carried-handshake'
import type { CarriedHandshake } from '../../../dissect/carried-handshake'
import type { Decoder } from '../../../dissect/define'
import { TLS_SHORT_VERSIONS } from '../../../values/tls'
import { carriedConnection } from './connection'
import type { TlsFields } from './fields'
import { readHandshake } from './handshake'

const TLS13 = 0x0304

/** The stream that a carrier has called TLS for; undefined where TLS was called for records. */
export function takeCarried(d: Decoder): CarriedHandshake | undefined {
  const carried = d.state(CARRIED_HANDSHAKE),
    { now } = carried
  carried.now = undefined
  return now
}

/** Reads a piece of a stream, from the cursor to d.end. */
export function readCarried(d: Decoder, f: TlsFields, { stream, goesOn, facts }: CarriedHandshake): void {
  const connection = carriedConnection(d, stream),
    progress = goesOn ? connection.now : connection.goTo(d.packet.number)
  progress.version = TLS13
  if (!d.stateOnly) d.range(f['tls.record'], d.at, d.readable)
  const node = d.last,
    outer = d.enter(),
    names = readHandshake(d, f, progress, 0)
  if (d.labels && !d.stateOnly) {
    const words =
      names.length === 1 ? (names[0] ?? '') : names.length === 0 ? 'Handshake Message (fragment)' : 'Multiple Handshake Messages'
    d.tree.labels[node] = `${TLS_SHORT_VERSIONS[TLS13] ?? ''} Record Layer: Handshake Protocol: ${words}`
  }
  d.leave(outer)
  if (!d.first) return
  connection.keep(d.packet.number)
  if (progress.random) facts.random = progress.random
  if (progress.suite) facts.suite = progress.suite
}
