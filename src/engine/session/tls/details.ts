// All that the view shows of one TLS connection: what was offered and chosen, how the secret came about, when the client had to wait.
import type { TlsConnection, TlsOffer, TlsRow } from '../../../shared/contract'
import { u16be } from '../../bytes/integers'
import { hex } from '../../bytes/text'
import type { Trace } from '../../index/trace'
import { EXTENSION, alpnNames, chosenVersion, extensionData } from '../../protocols/app/tls/keys/hello'
import type { Hello } from '../../protocols/app/tls/keys/hello'
import { isGrease, tlsCipherSuiteName, tlsVersionName } from '../../values/tls'
import { endpointsOf, sinceFirst } from '../http/place'
import { webConnections } from '../http/web-sessions'
import type { WebConnection } from '../http/web-sessions'
import { certificateCards } from './certificates/cards'
import type { SignatureCheck } from './certificates/chain'
import type { TlsFacts } from './connection-facts'
import { extensionName, groupName, schemeName } from './names'
import { tlsRoundTrips } from './round-trips'

type Read = WebConnection & { readonly tls: TlsFacts }
const TLS13 = 0x0304

/** The connection's row in the table. */
export function tlsRow(trace: Trace, connection: Read, check: SignatureCheck | undefined): TlsRow {
  const { tls, transport, stream } = connection,
    start = startFrame(trace, connection),
    end = handshakeEnd(tls)
  return {
    transport,
    stream,
    ...endpointsOf(trace, connection),
    version: tls.version,
    cipher: tls.cipher,
    sni: tls.serverName,
    alpn: tls.security.alpn || null,
    resumed: tls.resumed,
    decrypted: tls.decrypted,
    reason: tls.reason,
    records: { protected: tls.security.opened + tls.security.failed, opened: tls.security.opened },
    firstFrame: start,
    time: start > 0 ? sinceFirst(trace, start) : 0,
    handshakeMs: start > 0 && end > 0 ? milliseconds(trace, start, end) : null,
    fatalAlerts: tls.alerts.filter(({ level, number }) => level === 'fatal' && number !== 0).length,
    rejected: certificateCards(trace, tls, check).some(({ rejected }) => rejected),
    keyExchange: keyExchangeOf(tls),
    tlsRoundTrips: tlsRoundTrips(tls.phases, 0, 0, tls.application.client).length,
  }
}

/** Everything of all TLS connections of an indexed capture, in the order of their streams. */
export function tlsConnections(trace: Trace, check?: SignatureCheck): TlsConnection[] {
  return webConnections(trace).flatMap((connection) => {
    const { tls } = connection
    return tls ? [tlsDetails(trace, { ...connection, tls }, check)] : []
  })
}

/** All of it. */
export function tlsDetails(trace: Trace, connection: Read, check: SignatureCheck | undefined): TlsConnection {
  const { tls, syns } = connection,
    { security } = tls,
    prints = tls.fingerprints,
    [syn, synAck] = tls.clientSide === 0 ? syns : [syns[1], syns[0]],
    moment = (frame: number) => (frame > 0 ? { frame, time: sinceFirst(trace, frame) } : null),
    timed = <T extends { readonly frame: number }>(one: T) => ({ ...one, time: sinceFirst(trace, one.frame) }),
    keyExchange = keyExchangeOf(tls),
    sent = (name: string) => tls.phases.filter((one) => one.name === name)
  return {
    ...tlsRow(trace, connection, check),
    group: tls.group || null,
    signature: tls.signature || null,
    ja3: prints?.ja3 ?? null,
    ja4: prints?.ja4 ?? null,
    phases: tls.phases.map(timed),
    alerts: tls.alerts.map(timed),
    tcp: { syn: moment(syn), synAck: moment(synAck) },
    encryptedFrom: { client: moment(tls.encryptedFrom.client), server: moment(tls.encryptedFrom.server) },
    application: { client: moment(tls.application.client), server: moment(tls.application.server) },
    roundTrips: tlsRoundTrips(tls.phases, syn, synAck, tls.application.client).map(({ kind, from, to }) => ({
      kind,
      fromFrame: from,
      toFrame: to,
      ms: milliseconds(trace, from, to),
    })),
    gaps: tls.gaps.map(timed),
    offers: security.clientHello ? offersOf(security.clientHello, tls) : null,
    answer: security.serverHello ? answerOf(security.serverHello) : null,
    forwardSecret: keyExchange === null || keyExchange === 'resumption' || keyExchange === 'other' ? null : /dhe$/.test(keyExchange),
    labels: [...security.keyLog.labelsOf(security.random)],
    certificates: certificateCards(trace, tls, check),
    requestedClientCertificate: sent('CertificateRequest').length > 0,
    earlyData: earlyDataOf(tls),
    tickets: sent('NewSessionTicket').length,
    renegotiations: Math.max(0, sent('ClientHello').length - 1 - sent('HelloRetryRequest').length - sent('HelloVerifyRequest').length),
  }
}

function startFrame(trace: Trace, { tls, transport, stream, syns }: Read): number {
  const syn = tls.clientSide === 0 ? syns[0] : syns[1]
  return syn || trace.conversations[transport].firstFrame(stream)
}

/** Frame of the last Finished of the first handshake; 0 where it did not end. Without keys the client's answer ends TLS 1.3's. */
function handshakeEnd(tls: TlsFacts): number {
  const client = tls.phases.find(({ name, from }) => name === 'Finished' && from === 'client'),
    server = tls.phases.find(({ name, from }) => name === 'Finished' && from === 'server')
  if (client && server) return Math.max(client.frame, server.frame)
  return tls.security.version === TLS13 && tls.security.failed > 0 ? tls.encryptedFrom.client : 0
}

function milliseconds(trace: Trace, from: number, to: number): number {
  return Math.max(0, Math.round((sinceFirst(trace, to) - sinceFirst(trace, from)) * 1e6) / 1e3)
}

function keyExchangeOf(tls: TlsFacts): TlsConnection['keyExchange'] {
  const { serverHello, version, suite } = tls.security
  if (!serverHello) return null
  if (version === TLS13) {
    const share = extensionData(serverHello, EXTENSION.keyShare) !== undefined
    if (extensionData(serverHello, EXTENSION.preSharedKey) !== undefined) return share ? 'psk-dhe' : 'psk'
    return tls.group.startsWith('ffdhe') ? 'dhe' : 'ecdhe'
  }
  if (tls.resumed) return 'resumption'
  const name = tlsCipherSuiteName(suite) ?? ''
  if (/_ECDHE_|_ECDH_anon/.test(name)) return 'ecdhe'
  if (/_DHE_|_DH_anon/.test(name)) return 'dhe'
  if (/^TLS_RSA_(?!PSK)/.test(name)) return 'rsa'
  return name.includes('PSK') ? 'psk' : 'other'
}

function earlyDataOf(tls: TlsFacts): TlsConnection['earlyData'] {
  const { clientHello, version } = tls.security
  const offered = clientHello !== undefined && extensionData(clientHello, EXTENSION.earlyData) !== undefined
  if (!offered && !tls.phases.some(({ name }) => name === 'EndofEarlyData')) return 'none'
  if (tls.phases.some(({ name }) => name === 'EndofEarlyData')) return 'accepted'
  const isRefused = tls.phases.some(({ name }) => name === 'HelloRetryRequest') || (version !== 0 && version !== TLS13)
  return isRefused || (tls.security.opened > 0 && tls.decrypted) ? 'rejected' : 'offered'
}

function offersOf(hello: Hello, tls: TlsFacts): NonNullable<TlsConnection['offers']> {
  const { security } = tls,
    chosen = security.serverHello,
    version = chosen ? chosenVersion(chosen) : 0,
    versions = numbers(extensionData(hello, EXTENSION.versions), 1),
    share = chosen && extensionData(chosen, EXTENSION.keyShare),
    chosenShare = share && share.length >= 2 ? u16be(share, 0) : 0,
    named = (code: number, name: string | undefined, isChosen: boolean) => offer(code, name, isChosen)
  return {
    random: hex(hello.random),
    sessionId: hex(hello.sessionId),
    versions: (versions.length > 0 ? versions : [hello.version]).map((code) => named(code, tlsVersionName(code), code === version)),
    suites: hello.suites.map((code) => named(code, tlsCipherSuiteName(code), chosen !== undefined && code === security.suite)),
    groups: numbers(extensionData(hello, EXTENSION.groups), 2).map((code) => named(code, groupName(code), groupName(code) === tls.group)),
    keyShares: shares(extensionData(hello, EXTENSION.keyShare)).map((code) => named(code, groupName(code), code === chosenShare)),
    signatures: numbers(extensionData(hello, EXTENSION.signatures), 2).map((code) =>
      named(code, schemeName(code), schemeName(code) === tls.signature),
    ),
    alpn: alpnNames(extensionData(hello, EXTENSION.alpn)).map((name, code) => named(code, name, name === security.alpn)),
    extensions: hello.extensions.map(({ type }) =>
      named(type, extensionName(type), chosen?.extensions.some((one) => one.type === type) === true),
    ),
    ech: extensionData(hello, EXTENSION.ech) !== undefined,
  }
}

function answerOf(hello: Hello): NonNullable<TlsConnection['answer']> {
  return {
    random: hex(hello.random),
    sessionId: hex(hello.sessionId),
    extensions: hello.extensions.map(({ type }) => offer(type, extensionName(type), true)),
    encryptThenMac: extensionData(hello, EXTENSION.encryptThenMac) !== undefined,
    extendedMaster: extensionData(hello, EXTENSION.extendedMaster) !== undefined,
  }
}

function offer(code: number, name: string | undefined, chosen: boolean): TlsOffer {
  const grease = isGrease(code)
  return { code, name: name ?? `0x${code.toString(16).padStart(4, '0')}`, chosen, grease }
}

/** 16-bit numbers behind a list's length of `skip` bytes. */
function numbers(data: Uint8Array | undefined, skip: number): number[] {
  const values: number[] = []
  for (let at = skip; data && at + 2 <= data.length; at += 2) values.push(u16be(data, at))
  return values
}

/** Groups of a client's key shares (RFC 8446, 4.2.8). */
function shares(data: Uint8Array | undefined): number[] {
  const groups: number[] = []
  for (let at = 2; data && at + 4 <= data.length; at += 4 + u16be(data, at + 2)) groups.push(u16be(data, at))
  return groups
}
