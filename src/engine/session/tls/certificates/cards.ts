// The certificates of a connection as cards: what each says, and what a careful receiver would have made of the chain when it was sent.
import type { TlsCertificateCard, TlsCertificateProblem } from '../../../../shared/contract'
import { decodeBase64 } from '../../../bytes/base64'
import type { Trace } from '../../../index/trace'
import { timeOf } from '../../http/place'
import type { TlsCertificate, TlsFacts } from '../connection-facts'
import { readCertificate } from './certificate'
import type { Certificate } from './certificate'
import { TOLERATED, checkChain } from './chain'
import type { ChainLink, Problem, SignatureCheck } from './chain'
import type { PublicKey } from './key'

const UNCHECKED: SignatureCheck = { verify: () => undefined }

/** Cards in the order in which the certificates were sent. Without `check` no signature is checked. */
export function certificateCards(trace: Trace, tls: TlsFacts, check: SignatureCheck = UNCHECKED): TlsCertificateCard[] {
  const messages = new Map<string, TlsCertificate[]>()
  for (const one of tls.certificates) {
    const key = `${one.from} ${one.frame}`,
      list = messages.get(key)
    if (list) list.push(one)
    else messages.set(key, [one])
  }
  return Array.from(messages.values()).flatMap((sent) => chainCards(trace, tls, sent, check))
}

/** Cards of one Certificate message. */
function chainCards(trace: Trace, tls: TlsFacts, sent: readonly TlsCertificate[], check: SignatureCheck): TlsCertificateCard[] {
  const read = sent.map(({ der }) => readCertificate(Uint8Array.from(decodeBase64(der), (character) => character.charCodeAt(0)))),
    places = read.flatMap((one, place) => (one ? [place] : [])),
    [first] = sent
  const links = first
    ? checkChain(
        read.filter((one) => one !== undefined),
        { at: timeOf(trace, first.frame), host: tls.serverName ?? '', side: first.from },
        check,
      )
    : []
  return sent.map((one, place) => {
    const link = links[places.indexOf(place)]
    return link ? { ...one, ...linkCard(link, (at) => places[at] ?? at) } : { ...one, ...UNREADABLE }
  })
}

const UNREADABLE: Omit<TlsCertificateCard, keyof TlsCertificate> = {
  readable: false,
  subject: '',
  issuer: '',
  names: [],
  serialNumber: '',
  notBefore: null,
  notAfter: null,
  key: '',
  signatureAlgorithm: '',
  signature: 'not checked',
  role: 'unused',
  issuedBy: null,
  problems: [],
  rejected: true,
}

function linkCard(link: ChainLink, placeOf: (at: number) => number): Omit<TlsCertificateCard, keyof TlsCertificate> {
  const { certificate } = link
  return {
    readable: true,
    ...facts(certificate),
    signature: link.signature,
    role: link.role,
    issuedBy: link.issuedBy === null ? null : placeOf(link.issuedBy),
    problems: link.problems.map(problemCard),
    rejected: link.rejected,
  }
}

function facts({ subject, issuer, names, serialNumber, notBefore, notAfter, key, signatureAlgorithm }: Certificate) {
  return {
    subject,
    issuer,
    names: names.map(({ kind, value }) => (kind === 'dns' || kind === 'ip' ? value : `${kind}:${value}`)),
    serialNumber,
    notBefore: Number.isNaN(notBefore) ? null : notBefore,
    notAfter: Number.isNaN(notAfter) ? null : notAfter,
    key: keyText(key),
    signatureAlgorithm,
  }
}

function keyText({ kind, bits, curve }: PublicKey): string {
  return [kind === 'other' ? '' : kind, bits > 0 ? String(bits) : '', kind.startsWith('Ed') ? '' : curve]
    .filter((part) => part !== '')
    .join(' ')
}

function problemCard(problem: Problem): TlsCertificateProblem {
  return { code: problem.code, detail: detailOf(problem), rejects: !TOLERATED.has(problem.code) }
}

function detailOf(problem: Problem): string {
  switch (problem.code) {
    case 'expired':
    case 'not-yet-valid':
      return String(problem.since)
    case 'name-mismatch':
      return problem.host
    case 'path-too-long':
      return String(problem.limit)
    case 'wrong-purpose':
      return problem.wanted
    case 'weak-signature':
      return problem.algorithm
    case 'weak-key':
      return String(problem.bits)
    case 'unknown-critical-extension':
      return problem.name
    default:
      return ''
  }
}
