// Hellos as values, without a tree: what key derivation, fingerprints and reports need of them (RFC 8446, 4.1; RFC 5246, 7.4.1). Tolerant: what is cut is
// missing.
import { u16be } from '../../../../bytes/integers'
import { sameBytes } from '../../../../bytes/join'
import { fromHex } from '../../../../bytes/text'
import { isBriefDraft, isDraft } from '../drafts'

/** One extension with its data (borrowed). */
export interface HelloExtension {
  readonly type: number
  readonly data: Uint8Array
}

/** A client's or a server's hello. */
export interface Hello {
  readonly version: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  /** The offer of a client; the one choice of a server. */
  readonly suites: readonly number[]
  readonly compressions: readonly number[]
  readonly extensions: readonly HelloExtension[]
}

/** Extension numbers that decide how a connection goes on. */
export const EXTENSION = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  alpn: 16,
  encryptThenMac: 22,
  extendedMaster: 23,
  ticket: 35,
  preSharedKey: 41,
  earlyData: 42,
  versions: 43,
  keyShare: 51,
  ech: 0xfe0d,
} as const

const RETRY = fromHex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c')

/** Whether a server's hello is a HelloRetryRequest, which has a random of its own (RFC 8446, 4.1.3). */
export function isRetry(hello: Hello): boolean {
  return sameBytes(hello.random, RETRY)
}

/** Reads a hello's body (behind the message's header); undefined when it ends before its fixed part. */
export function parseHello(body: Uint8Array, fromClient: boolean): Hello | undefined {
  const isBrief = !fromClient && isBriefDraft(u16be(body, 0)),
    idLength = isBrief ? 0 : (body[34] ?? 0)
  let at = isBrief ? 34 : 35 + idLength
  if (body.length < at + 3) return undefined
  const suites: number[] = [],
    compressions: number[] = [],
    extensions: HelloExtension[] = []
  if (fromClient) {
    const suitesEnd = at + 2 + u16be(body, at)
    for (at += 2; at + 2 <= suitesEnd && at + 2 <= body.length; at += 2) suites.push(u16be(body, at))
    const methodsEnd = suitesEnd + 1 + (body[suitesEnd] ?? 0)
    for (at = suitesEnd + 1; at < methodsEnd && at < body.length; at++) compressions.push(body[at] ?? 0)
    at = methodsEnd
  } else {
    suites.push(u16be(body, at))
    if (!isBrief) compressions.push(body[at + 2] ?? 0)
    at += isBrief ? 2 : 3
  }
  const hello = {
    version: u16be(body, 0),
    random: body.subarray(2, 34),
    sessionId: body.subarray(35, 35 + idLength),
    suites,
    compressions,
    extensions,
  }
  if (at + 2 > body.length) return hello
  const end = Math.min(body.length, at + 2 + u16be(body, at))
  for (at += 2; at + 4 <= end;) {
    const length = u16be(body, at + 2)
    extensions.push({ type: u16be(body, at), data: body.subarray(at + 4, Math.min(end, at + 4 + length)) })
    at += 4 + length
  }
  return hello
}

/** Data of an extension; undefined when the hello has it not. */
export function extensionData(hello: Hello, type: number): Uint8Array | undefined {
  return hello.extensions.find((one) => one.type === type)?.data
}

/** Version that a server's hello settles: 0x0304 for TLS 1.3 and its drafts. */
export function chosenVersion(hello: Hello): number {
  const data = extensionData(hello, EXTENSION.versions),
    version = data && data.length >= 2 ? u16be(data, 0) : hello.version
  return isDraft(version) ? 0x0304 : version
}

/** Names in an ALPN extension. */
export function alpnNames(data: Uint8Array | undefined): string[] {
  const names: string[] = []
  if (!data) return names
  for (let start = 3; start <= data.length;) {
    const end = start + (data.at(start - 1) ?? 0)
    names.push(String.fromCharCode(...data.subarray(start, end)))
    start = end + 1
  }
  return names
}
