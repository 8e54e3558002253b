// A server's or client's certificates judged as whoever checks a chain would (RFC 5280, 6; RFC 9525 for names), at the time of the capture. What trusts
// which root is not known from packets: that the chain ends at an authority which was not sent is told, not held against it.
import type { Certificate } from './certificate'

/** Signatures by port: the engine has no platform. */
export interface SignatureCheck {
  /** Whether `signature` over `content` was made with the key of `info` (SubjectPublicKeyInfo); undefined when the algorithm cannot be checked. */
  verify(algorithm: string, info: Uint8Array, content: Uint8Array, signature: Uint8Array): boolean | undefined
}

/** Why a certificate would be rejected, or deserves a look. */
export type Problem =
  | { readonly code: 'expired' | 'not-yet-valid'; readonly since: number }
  | {
      readonly code:
        | 'unreadable-validity'
        | 'bad-signature'
        | 'self-signed'
        | 'issuer-missing'
        | 'not-an-authority'
        | 'may-not-sign'
        | 'wrong-order'
        | 'unused'
    }
  | { readonly code: 'name-mismatch'; readonly host: string }
  | { readonly code: 'no-names' }
  | { readonly code: 'path-too-long'; readonly limit: number }
  | { readonly code: 'wrong-purpose'; readonly wanted: 'serverAuth' | 'clientAuth' }
  | { readonly code: 'weak-signature'; readonly algorithm: string }
  | { readonly code: 'weak-key'; readonly bits: number }
  | { readonly code: 'unknown-critical-extension'; readonly name: string }

/** One certificate of a chain with what was found. */
export interface ChainLink {
  readonly certificate: Certificate
  /** Its place in what was sent, from 0. */
  readonly place: number
  /** Place of the certificate that signed it (its own for a self-signed one); null when it was not sent. */
  readonly issuedBy: number | null
  readonly signature: 'valid' | 'invalid' | 'issuer missing' | 'not checked'
  /** 'leaf', 'intermediate' or 'root' on the way up from the first certificate; 'unused' beside it. */
  readonly role: 'leaf' | 'intermediate' | 'root' | 'unused'
  readonly problems: readonly Problem[]
  /** Whether one of the problems makes a careful receiver reject the chain. */
  readonly rejected: boolean
}

/** What the check is to assume. */
export interface ChainQuestion {
  /** Time of the handshake in seconds since 1970. */
  readonly at: number
  /** The host that was asked for; '' = names are not compared. */
  readonly host: string
  /** Whose certificates these are. */
  readonly side: 'server' | 'client'
}

const PURPOSES = { server: ['serverAuth', '1.3.6.1.5.5.7.3.1'], client: ['clientAuth', '1.3.6.1.5.5.7.3.2'] } as const
const ANY_PURPOSE = '2.5.29.37.0'
/** Findings that no receiver rejects for. */
export const TOLERATED: ReadonlySet<Problem['code']> = new Set(['issuer-missing', 'unused', 'wrong-order'])

/** Judges certificates in the order in which they were sent, the sender's own first. */
export function checkChain(certificates: readonly Certificate[], question: ChainQuestion, check: SignatureCheck): ChainLink[] {
  const issuers = certificates.map((certificate) => findIssuer(certificate, certificates, check)),
    path = pathFrom(issuers)
  return certificates.map((certificate, place) => {
    const issuedBy = issuers[place] ?? null,
      issuer = issuedBy === null ? undefined : certificates[issuedBy],
      verified = issuer && verifies(certificate, issuer, check),
      depth = path.indexOf(place),
      role = depth < 0 ? 'unused' : depth === 0 ? 'leaf' : certificate.isSelfIssued ? 'root' : 'intermediate'
    const problems = [
      ...ownProblems(certificate, question.at, role),
      ...(role === 'leaf' ? leafProblems(certificate, question) : []),
      ...(depth > 0 ? authorityProblems(certificate, depth - 1) : []),
    ]
    if (verified === false) problems.push({ code: 'bad-signature' })
    if (role === 'leaf' && issuedBy === place) problems.push({ code: 'self-signed' })
    if (role !== 'unused' && issuedBy === null) problems.push({ code: 'issuer-missing' })
    if (depth > 0 && depth !== place) problems.push({ code: 'wrong-order' })
    if (role === 'unused') problems.push({ code: 'unused' })
    return {
      certificate,
      place,
      issuedBy,
      signature: !issuer ? 'issuer missing' : verified === undefined ? 'not checked' : verified ? 'valid' : 'invalid',
      role,
      problems,
      rejected: role !== 'unused' && problems.some(({ code }) => !TOLERATED.has(code)),
    }
  })
}

/** The certificate whose subject is the issuer: one whose key verifies, else any of that name. */
function findIssuer(certificate: Certificate, all: readonly Certificate[], check: SignatureCheck): number | null {
  const named = all.flatMap((other, place) => (other.encoded.subject === certificate.encoded.issuer ? [place] : []))
  return named.find((place) => verifies(certificate, all[place] ?? certificate, check) === true) ?? named[0] ?? null
}

function verifies({ signed }: Certificate, issuer: Certificate, check: SignatureCheck): boolean | undefined {
  return check.verify(signed.algorithm, issuer.key.info, signed.content, signed.signature)
}

/** Places from the first certificate up to the last that is known; stops at a circle. */
function pathFrom(issuers: readonly (number | null)[]): number[] {
  const path: number[] = []
  for (
    let place: number | null | undefined = 0;
    typeof place === 'number' && place < issuers.length && !path.includes(place);
    place = issuers[place]
  )
    path.push(place)
  return path
}

function ownProblems(certificate: Certificate, at: number, role: ChainLink['role']): Problem[] {
  const { notBefore, notAfter, key, signatureAlgorithm, unknownCritical } = certificate,
    problems: Problem[] = []
  if (Number.isNaN(notBefore) || Number.isNaN(notAfter)) problems.push({ code: 'unreadable-validity' })
  else if (at > notAfter) problems.push({ code: 'expired', since: notAfter })
  else if (at < notBefore) problems.push({ code: 'not-yet-valid', since: notBefore })
  // nobody relies on how a root signed itself
  if (role !== 'root' && /md[245]|sha-?1(?!\d)/i.test(signatureAlgorithm))
    problems.push({ code: 'weak-signature', algorithm: signatureAlgorithm })
  if (key.bits > 0 && key.bits < (key.kind === 'RSA' || key.kind === 'RSA-PSS' || key.kind === 'DSA' ? 2048 : 224))
    problems.push({ code: 'weak-key', bits: key.bits })
  for (const name of unknownCritical) problems.push({ code: 'unknown-critical-extension', name })
  return problems
}

function leafProblems(certificate: Certificate, { host, side }: ChainQuestion): Problem[] {
  const [wanted, purpose] = PURPOSES[side],
    { purposes, names } = certificate,
    problems: Problem[] = []
  if (purposes && !purposes.includes(purpose) && !purposes.includes(ANY_PURPOSE)) problems.push({ code: 'wrong-purpose', wanted })
  if (host === '' || side === 'client') return problems
  // common names have not counted since RFC 2818 was replaced
  if (!names.some(({ kind }) => kind === 'dns' || kind === 'ip')) problems.push({ code: 'no-names' })
  else if (!names.some(({ kind, value }) => (kind === 'dns' && matchesHost(value, host)) || (kind === 'ip' && value === host)))
    problems.push({ code: 'name-mismatch', host })
  return problems
}

/** An authority with `below` authorities between it and the leaf. */
function authorityProblems({ isAuthority, version, keyUsage, pathLength }: Certificate, below: number): Problem[] {
  const problems: Problem[] = []
  // certificates of version 1 have no extensions that could say it
  if (isAuthority === false || (isAuthority === undefined && version >= 3)) problems.push({ code: 'not-an-authority' })
  if (keyUsage && !keyUsage.includes('keyCertSign')) problems.push({ code: 'may-not-sign' })
  if (pathLength !== undefined && below > pathLength) problems.push({ code: 'path-too-long', limit: pathLength })
  return problems
}

/** Whether a name covers a host: letters of either case, a wildcard for the whole leftmost label only (RFC 9525, 6.3). */
export function matchesHost(name: string, host: string): boolean {
  const pattern = name.toLowerCase().replace(/\.$/, ''),
    wanted = host.toLowerCase().replace(/\.$/, '')
  if (!pattern.startsWith('*.')) return pattern === wanted
  const dot = wanted.indexOf('.')
  return dot > 0 && pattern.slice(1) === wanted.slice(dot) && pattern.indexOf('.', 2) > 0
}
