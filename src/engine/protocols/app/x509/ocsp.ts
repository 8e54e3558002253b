// Online Certificate Status Protocol (RFC 6960): requests and responses over HTTP, and responses that TLS staples ('ber.type'). Not covered: references to
// revocation lists and service locators among the extensions.
import { BER_BOOLEAN, BER_SEQUENCE, berElement, defineProtocol, numberFields } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { oidText } from '../../../bytes/text'
import { oidName } from '../../../values/oids'
import { algorithmIdentifier } from './certificate'
import { F as X } from './fields'
import { generalName } from './general-names'
import { rdnSequence } from './names'
import { OCSP_FIELDS } from './ocsp-fields'
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
} from './reader'

const F = numberFields('ocsp', OCSP_FIELDS)

const PREFIX = '1.3.6.1.5.5.7.48.1.',
  BASIC = `${PREFIX}1`,
  NONCE = `${PREFIX}2`,
  ACCEPTABLE = `${PREFIX}4`,
  NO_CHECK = `${PREFIX}5`,
  ARCHIVE_CUTOFF = `${PREFIX}6`

function request(d: Decoder): void {
  sequence(d, null, () => {
    sequence(d, F['ocsp.tbsRequest_element'], () => {
      version(d)
      const requestor = optional(d, 1)
      if (requestor) {
        inContents(d, requestor, () => {
          generalName(d, F['ocsp.requestorName'])
        })
      }
      listOf(d, F['ocsp.requestList'], () => {
        sequence(d, F['ocsp.Request_element'], () => {
          certificateId(d, F['ocsp.reqCert_element'])
          extensions(d, 0, F['ocsp.singleRequestExtensions'])
        })
      })
      extensions(d, 2, F['ocsp.requestExtensions'])
    })
    const signature = optional(d, 0)
    if (!signature) return
    inContents(d, signature, () => {
      sequence(d, F['ocsp.optionalSignature_element'], () => {
        signed(d)
      })
    })
  })
}

function response(d: Decoder): void {
  sequence(d, null, () => {
    integer(d, F['ocsp.responseStatus'])
    const bytes = optional(d, 0)
    if (!bytes) return
    inContents(d, bytes, () => {
      sequence(d, F['ocsp.responseBytes_element'], () => {
        const type = idText(d, F['ocsp.responseType.id']),
          inner = berElement(d)
        inContents(d, inner, () => {
          d.embed('ber.oid', type, d.at, d.end)
        })
      })
    })
  })
}

function basicResponse(d: Decoder): void {
  sequence(d, F['ocsp.BasicOCSPResponse_element'], () => {
    sequence(d, F['ocsp.tbsResponseData_element'], () => {
      version(d)
      responder(d)
      generalizedTime(d, F['ocsp.producedAt'])
      listOf(d, F['ocsp.responses'], () => {
        singleResponse(d)
      })
      extensions(d, 1, F['ocsp.responseExtensions'])
    })
    signed(d)
  })
}

/** What follows that which is signed: algorithm, signature, certificates of the signer. */
function signed(d: Decoder): void {
  algorithmIdentifier(d, F['ocsp.signatureAlgorithm_element'])
  bitString(d, F['ocsp.signature'])
  const certificates = optional(d, 0)
  if (!certificates) return
  inContents(d, certificates, () => {
    listOf(d, F['ocsp.certs'], () => {
      const element = berElement(d)
      d.range(X['x509af.Certificate_element'], element.start, Math.min(element.next, d.readable))
      const outer = d.enter()
      d.embed('ber.type', 'x509af.Certificate', element.start, element.next, false)
      d.leave(outer)
      d.at = element.next
    })
  })
}

function responder(d: Decoder): void {
  const element = berElement(d)
  choice(d, F['ocsp.responderID'], element.tag, element.start, element.next, () => {
    inContents(d, element, () => {
      if (element.tag !== 1) {
        contents(d, F['ocsp.byKey'])
        return
      }
      const name = berElement(d)
      choice(d, F['ocsp.byName'], 0, name.start, name.next, () => {
        rdnSequence(d, X['x509if.rdnSequence'], name)
      })
    })
  })
  d.at = element.next
}

function singleResponse(d: Decoder): void {
  sequence(d, F['ocsp.SingleResponse_element'], () => {
    certificateId(d, F['ocsp.certID_element'])
    status(d)
    generalizedTime(d, F['ocsp.thisUpdate'])
    const update = optional(d, 0)
    if (update) {
      inContents(d, update, () => {
        generalizedTime(d, F['ocsp.nextUpdate'])
      })
    }
    extensions(d, 1, F['ocsp.singleExtensions'])
  })
}

function status(d: Decoder): void {
  const element = berElement(d),
    field = [F['ocsp.good_element'], F['ocsp.revoked_element'], F['ocsp.unknown_element']][element.tag]
  choice(d, F['ocsp.certStatus'], element.tag, element.start, element.next, () => {
    if (field === undefined) return
    sequence(
      d,
      field,
      () => {
        if (element.tag !== 1) return
        generalizedTime(d, F['ocsp.revocationTime'])
        const reason = optional(d, 0)
        if (!reason) return
        inContents(d, reason, () => {
          integer(d, F['ocsp.revocationReason'])
        })
      },
      element,
    )
  })
  d.at = element.next
}

function certificateId(d: Decoder, field: FieldId<'none'>): void {
  sequence(d, field, () => {
    algorithmIdentifier(d, F['ocsp.hashAlgorithm_element'])
    contents(d, F['ocsp.issuerNameHash'])
    contents(d, F['ocsp.issuerKeyHash'])
    contents(d, F['ocsp.serialNumber'])
  })
}

function version(d: Decoder): void {
  const element = optional(d, 0)
  if (!element) return
  inContents(d, element, () => {
    integer(d, F['ocsp.version'])
  })
}

/** Extensions under a context tag, if they are there. */
function extensions(d: Decoder, tag: number, field: FieldId<'u32'>): void {
  const element = optional(d, tag)
  if (!element) return
  inContents(d, element, () => {
    listOf(d, field, () => {
      sequence(d, X['pkix1explicit.Extension_element'], () => {
        const id = idText(d, X['pkix1explicit.id']),
          critical = optionalUniversal(d, BER_BOOLEAN)
        if (critical) boolean(d, X['pkix1explicit.critical'], critical)
        const value = berElement(d)
        inContents(d, value, () => {
          if (d.at < d.end && !d.embed('ber.oid', id, d.at, d.end))
            d.note(d.at, Math.min(d.end, d.readable), 'Value of an extension that is not known')
        })
      })
    })
  })
}

/** An OBJECT IDENTIFIER in a row of text. */
function idText(d: Decoder, field: FieldId<'string'>): string {
  const element = berElement(d)
  d.require(element.end - element.at, element.at)
  const id = oidText(d.slice(element.at, element.end))
  d.value(field, element.at, element.end, id)
  if (d.labels) d.appendLabel(` (${oidName(id) ?? id})`)
  d.at = element.next
  return id
}

function known(d: Decoder): void {
  switch (d.key) {
    case BASIC:
      basicResponse(d)
      break
    case NONCE:
      contents(d, F['ocsp.ReOcspNonce'])
      break
    case ACCEPTABLE:
      listOf(d, F['ocsp.AcceptableResponses'], () => {
        identifier(d, F['ocsp.AcceptableResponses_item'])
      })
      break
    case NO_CHECK:
      d.range(F['ocsp.NULL_element'], d.at, Math.min(d.end, d.readable))
      break
    case ARCHIVE_CUTOFF:
      generalizedTime(d, F['ocsp.ArchiveCutoff'])
      break
    default:
      response(d)
  }
}

export const ocsp = defineProtocol({
  name: 'ocsp',
  title: 'Online Certificate Status Protocol',
  short: 'OCSP',
  firstVisit: 'none',
  accepts: {
    media_type: ['application/ocsp-request', 'application/ocsp-response'],
    'ber.oid': [BASIC, NONCE, ACCEPTABLE, NO_CHECK, ARCHIVE_CUTOFF],
    'ber.type': ['ocsp.OCSPResponse'],
  },
  fields: {},
  decode(d) {
    const isRequest = d.key === 'application/ocsp-request'
    if (!isRequest && d.key !== 'application/ocsp-response') {
      known(d)
      return undefined
    }
    if (next(d)?.tag !== BER_SEQUENCE) return false
    d.setProtocol('OCSP')
    if (d.summary) d.setInfo(isRequest ? 'Request' : 'Response')
    if (isRequest) request(d)
    else response(d)
    return undefined
  },
})
