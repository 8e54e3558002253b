// TLS connections as plain values, ready to be printed: the shape of `wireglass tls --json`.
import type { TlsCertificateCard, TlsReason } from '../../../shared/contract'
import type { Trace } from '../../index/trace'
import { endpointsOf, timeOf } from '../http/place'
import { webConnections } from '../http/web-sessions'
import type { WebConnection } from '../http/web-sessions'
import { certificateCards } from './certificates/cards'
import type { SignatureCheck } from './certificates/chain'
import type { TlsAlert, TlsGap, TlsPhase } from './connection-facts'

/** One TLS connection. Times are seconds since 1970. */
export interface TlsReport {
  readonly transport: 'tcp' | 'udp'
  /** Its tcp.stream or udp.stream. */
  readonly stream: number
  readonly client: string
  readonly server: string
  readonly version: string | null
  readonly cipher: string | null
  readonly group: string | null
  readonly resumed: boolean
  readonly sni: string | null
  readonly alpn: string | null
  readonly ja3: string | null
  readonly ja4: string | null
  readonly decrypted: boolean
  readonly reason: TlsReason
  /** Protected records that were found, and those of them that were opened. */
  readonly records: { readonly protected: number; readonly opened: number }
  /** What the capture lacks of the connection's bytes. */
  readonly gaps: readonly (TlsGap & { readonly time: number })[]
  readonly phases: readonly (TlsPhase & { readonly time: number })[]
  readonly alerts: readonly (TlsAlert & { readonly time: number })[]
  readonly certificates: readonly TlsCertificateCard[]
}

/** All TLS connections of an indexed capture in the order of their streams, those over UDP last. Without `check` no signature is checked. */
export function tlsReports(trace: Trace, check?: SignatureCheck): TlsReport[] {
  return webConnections(trace).flatMap((connection) => tlsReport(trace, connection, check) ?? [])
}

function tlsReport(trace: Trace, connection: WebConnection, check: SignatureCheck | undefined): TlsReport | undefined {
  const { tls, transport, stream } = connection
  if (!tls) return undefined
  const prints = tls.fingerprints,
    timed = <T extends { readonly frame: number }>(one: T) => ({ ...one, time: timeOf(trace, one.frame) })
  return {
    transport,
    stream,
    ...endpointsOf(trace, connection),
    version: tls.version,
    cipher: tls.cipher,
    group: tls.group || null,
    resumed: tls.resumed,
    sni: tls.serverName,
    alpn: tls.security.alpn || null,
    ja3: prints?.ja3 ?? null,
    ja4: prints?.ja4 ?? null,
    decrypted: tls.decrypted,
    reason: tls.reason,
    records: { protected: tls.security.opened + tls.security.failed, opened: tls.security.opened },
    gaps: tls.gaps.map(timed),
    phases: tls.phases.map(timed),
    alerts: tls.alerts.map(timed),
    certificates: certificateCards(trace, tls, check),
  }
}
