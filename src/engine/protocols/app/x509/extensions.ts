// Certificate extensions (RFC 5280, 4.2.1) as Wireshark's x509ce reads them, with the private ones of Entrust and Microsoft that it files there.
// Not covered: subject directory attributes, extensions of revocation lists other than their numbers.
import { BER_BOOLEAN, BER_INTEGER, BER_SEQUENCE, berElement, defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { F } from './fields'
import { generalName, generalNames } from './general-names'
import { relativeName } from './names'
import {
  bitString,
  boolean,
  choice,
  contents,
  generalizedTime,
  identifier,
  inContents,
  integer,
  listOf,
  next,
  optional,
  optionalUniversal,
  sequence,
  text,
} from './reader'

const KEY_USAGE = [
  F['x509ce.KeyUsage.digitalSignature'],
  F['x509ce.KeyUsage.contentCommitment'],
  F['x509ce.KeyUsage.keyEncipherment'],
  F['x509ce.KeyUsage.dataEncipherment'],
  F['x509ce.KeyUsage.keyAgreement'],
  F['x509ce.KeyUsage.keyCertSign'],
  F['x509ce.KeyUsage.cRLSign'],
  F['x509ce.KeyUsage.encipherOnly'],
  F['x509ce.KeyUsage.decipherOnly'],
]
const ENTRUST_FLAGS = [
  F['x509ce.EntrustInfoFlags.keyUpdateAllowed'],
  F['x509ce.EntrustInfoFlags.newExtensions'],
  F['x509ce.EntrustInfoFlags.pKIXCertificate'],
  F['x509ce.EntrustInfoFlags.enterpriseCategory'],
  F['x509ce.EntrustInfoFlags.webCategory'],
  F['x509ce.EntrustInfoFlags.sETCategory'],
]

const EXTENSIONS: Readonly<Record<string, (d: Decoder) => void>> = {
  '2.5.29.14': (d) => {
    contents(d, F['x509ce.SubjectKeyIdentifier'])
  },
  '2.5.29.15': (d) => {
    bitString(d, F['x509ce.KeyUsage'], KEY_USAGE)
  },
  '2.5.29.16': privateKeyUsagePeriod,
  '2.5.29.17': (d) => {
    generalNames(d, F['x509ce.GeneralNames'])
  },
  '2.5.29.18': (d) => {
    generalNames(d, F['x509ce.GeneralNames'])
  },
  '2.5.29.19': basicConstraints,
  '2.5.29.20': (d) => {
    integer(d, F['x509ce.CRLNumber'])
  },
  '2.5.29.27': (d) => {
    integer(d, F['x509ce.BaseCRLNumber'])
  },
  '2.5.29.30': nameConstraints,
  '2.5.29.31': distributionPoints,
  '2.5.29.32': policies,
  // Microsoft's application policies have the same form
  '1.3.6.1.4.1.311.21.10': policies,
  '2.5.29.33': policyMappings,
  '2.5.29.35': authorityKeyIdentifier,
  '2.5.29.36': policyConstraints,
  '2.5.29.37': (d) => {
    listOf(d, F['x509ce.KeyPurposeIDs'], () => {
      identifier(d, F['x509ce.KeyPurposeId'])
    })
  },
  '2.5.29.46': distributionPoints,
  '2.5.29.54': (d) => {
    integer(d, F['x509ce.SkipCerts'])
  },
  '1.2.840.113533.7.65.0': entrustVersion,
  '1.3.6.1.4.1.311.21.7': certificateTemplate,
}

function privateKeyUsagePeriod(d: Decoder): void {
  sequence(d, F['x509ce.PrivateKeyUsagePeriod_element'], () => {
    const before = optional(d, 0)
    if (before) generalizedTime(d, F['x509ce.notBefore'], before)
    const after = optional(d, 1)
    if (after) generalizedTime(d, F['x509ce.notAfter'], after)
  })
}

function basicConstraints(d: Decoder): void {
  sequence(d, F['x509ce.BasicConstraintsSyntax_element'], () => {
    const authority = optionalUniversal(d, BER_BOOLEAN)
    if (authority) boolean(d, F['x509ce.cA'], authority)
    const length = optionalUniversal(d, BER_INTEGER)
    if (length) integer(d, F['x509ce.pathLenConstraint'], length)
  })
}

function nameConstraints(d: Decoder): void {
  sequence(d, F['x509ce.NameConstraintsSyntax_element'], () => {
    for (const [tag, field] of [
      [0, F['x509ce.permittedSubtrees']],
      [1, F['x509ce.excludedSubtrees']],
    ] as const) {
      const trees = optional(d, tag)
      if (trees) listOf(d, field, subtree, trees)
    }
  })
  function subtree(): void {
    sequence(d, F['x509ce.GeneralSubtree_element'], () => {
      generalName(d, F['x509ce.base'])
      const minimum = optional(d, 0)
      if (minimum) integer(d, F['x509ce.minimum'], minimum)
      const maximum = optional(d, 1)
      if (maximum) integer(d, F['x509ce.maximum'], maximum)
    })
  }
}

function distributionPoints(d: Decoder): void {
  listOf(d, F['x509ce.CRLDistPointsSyntax'], () => {
    sequence(d, F['x509ce.DistributionPoint_element'], () => {
      const point = optional(d, 0)
      if (point)
        inContents(d, point, () => {
          const element = berElement(d),
            relative = element.tag === 1
          choice(d, F['x509ce.distributionPoint'], relative ? 1 : 0, element.at, element.end, () => {
            if (relative) relativeName(d, F['x509ce.nameRelativeToCRLIssuer'], element)
            else generalNames(d, F['x509ce.fullName'], element)
          })
        })
      const reasons = optional(d, 1)
      if (reasons) bitString(d, F['x509ce.reasons'], [], reasons)
      const issuer = optional(d, 2)
      if (issuer) generalNames(d, F['x509ce.cRLIssuer'], issuer)
    })
  })
}

function policies(d: Decoder): void {
  listOf(d, F['x509ce.CertificatePoliciesSyntax'], () => {
    sequence(d, F['x509ce.PolicyInformation_element'], () => {
      identifier(d, F['x509ce.policyIdentifier'])
      if (next(d)?.tag !== BER_SEQUENCE) return
      listOf(d, F['x509ce.policyQualifiers'], () => {
        sequence(d, F['x509ce.PolicyQualifierInfo_element'], () => {
          const id = identifier(d, F['x509ce.id'])
          if (next(d)) d.embed('ber.oid', id, d.at, d.end)
        })
      })
    })
  })
}

function policyMappings(d: Decoder): void {
  listOf(d, F['x509ce.PolicyMappingsSyntax'], () => {
    sequence(d, F['x509ce.PolicyMappingsSyntax_item_element'], () => {
      identifier(d, F['x509ce.issuerDomainPolicy'])
      identifier(d, F['x509ce.subjectDomainPolicy'])
    })
  })
}

function authorityKeyIdentifier(d: Decoder): void {
  sequence(d, F['x509ce.AuthorityKeyIdentifier_element'], () => {
    const key = optional(d, 0)
    if (key) contents(d, F['x509ce.keyIdentifier'], key)
    const issuer = optional(d, 1)
    if (issuer) generalNames(d, F['x509ce.authorityCertIssuer'], issuer)
    const serial = optional(d, 2)
    if (serial) contents(d, F['x509ce.authorityCertSerialNumber'], serial)
  })
}

function policyConstraints(d: Decoder): void {
  sequence(d, F['x509ce.PolicyConstraintsSyntax_element'], () => {
    const policy = optional(d, 0)
    if (policy) integer(d, F['x509ce.requireExplicitPolicy'], policy)
    const mapping = optional(d, 1)
    if (mapping) integer(d, F['x509ce.inhibitPolicyMapping'], mapping)
  })
}

function entrustVersion(d: Decoder): void {
  sequence(d, F['x509ce.EntrustVersionInfo_element'], () => {
    text(d, F['x509ce.entrustVers'])
    if (next(d)) bitString(d, F['x509ce.entrustVersInfoFlags'], ENTRUST_FLAGS)
  })
}

function certificateTemplate(d: Decoder): void {
  sequence(d, F['x509ce.CertificateTemplate_element'], () => {
    identifier(d, F['x509ce.templateID'])
    const major = optionalUniversal(d, BER_INTEGER)
    if (major) integer(d, F['x509ce.templateMajorVersion'], major)
    const minor = optionalUniversal(d, BER_INTEGER)
    if (minor) integer(d, F['x509ce.templateMinorVersion'], minor)
  })
}

export const x509ce = defineProtocol({
  name: 'x509ce',
  title: 'X.509 Certificate Extensions',
  short: 'X509CE',
  firstVisit: 'none',
  accepts: { 'ber.oid': Object.keys(EXTENSIONS) },
  fields: {},
  decode(d) {
    EXTENSIONS[String(d.key)]?.(d)
  },
})
