// Logotypes in certificates (RFC 3709): where pictures and sounds of an authority or a holder are, with their hashes. Not covered: what a picture's and a
// sound's details say of size and language.
import {
  BER_IA5_STRING,
  BER_SEQUENCE,
  BER_UNIVERSAL,
  berElement,
  berIs,
  defineProtocol,
  none,
  numberFields,
  oid,
  string,
  u32,
  bytes,
} from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { algorithmIdentifier } from './certificate'
import { choice, contents, identifier, inContents, listOf, next, optional, sequence, text } from './reader'

const INFO = { values: { 0: 'direct', 1: 'indirect' } }
const F = numberFields('logotypecertextn', {
  'logotypecertextn.LogotypeExtn_element': none('LogotypeExtn'),
  'logotypecertextn.communityLogos': u32('communityLogos'),
  'logotypecertextn.issuerLogo': u32('issuerLogo', INFO),
  'logotypecertextn.subjectLogo': u32('subjectLogo', INFO),
  'logotypecertextn.otherLogos': u32('otherLogos'),
  'logotypecertextn.LogotypeInfo': u32('LogotypeInfo', INFO),
  'logotypecertextn.OtherLogotypeInfo_element': none('OtherLogotypeInfo'),
  'logotypecertextn.logotypeType': oid('logotypeType'),
  'logotypecertextn.info': u32('info', INFO),
  'logotypecertextn.direct_element': none('direct'),
  'logotypecertextn.indirect_element': none('indirect'),
  'logotypecertextn.image': u32('image'),
  'logotypecertextn.audio': u32('audio'),
  'logotypecertextn.LogotypeImage_element': none('LogotypeImage'),
  'logotypecertextn.LogotypeAudio_element': none('LogotypeAudio'),
  'logotypecertextn.imageDetails_element': none('imageDetails'),
  'logotypecertextn.audioDetails_element': none('audioDetails'),
  'logotypecertextn.mediaType': string('mediaType'),
  'logotypecertextn.logotypeHash': u32('logotypeHash'),
  'logotypecertextn.logotypeURI': u32('logotypeURI'),
  'logotypecertextn.logotypeURI_item': string('logotypeURI item'),
  'logotypecertextn.refStructHash': u32('refStructHash'),
  'logotypecertextn.refStructURI': u32('refStructURI'),
  'logotypecertextn.refStructURI_item': string('refStructURI item'),
  'logotypecertextn.HashAlgAndValue_element': none('HashAlgAndValue'),
  'logotypecertextn.hashAlg_element': none('hashAlg'),
  'logotypecertextn.hashValue': bytes('hashValue'),
})

function extension(d: Decoder): void {
  sequence(d, F['logotypecertextn.LogotypeExtn_element'], () => {
    under(d, 0, () => {
      listOf(d, F['logotypecertextn.communityLogos'], () => {
        info(d, F['logotypecertextn.LogotypeInfo'])
      })
    })
    under(d, 1, () => {
      info(d, F['logotypecertextn.issuerLogo'])
    })
    under(d, 2, () => {
      info(d, F['logotypecertextn.subjectLogo'])
    })
    under(d, 3, () => {
      listOf(d, F['logotypecertextn.otherLogos'], () => {
        sequence(d, F['logotypecertextn.OtherLogotypeInfo_element'], () => {
          identifier(d, F['logotypecertextn.logotypeType'])
          info(d, F['logotypecertextn.info'])
        })
      })
    })
  })
}

/** An optional member behind a context tag of its own. */
function under(d: Decoder, tag: number, inside: () => void): void {
  const element = optional(d, tag)
  if (element) inContents(d, element, inside)
}

function info(d: Decoder, field: FieldId<'u32'>): void {
  const element = berElement(d),
    isDirect = element.tag === 0
  choice(d, field, element.tag, element.start, element.next, () => {
    sequence(
      d,
      isDirect ? F['logotypecertextn.direct_element'] : F['logotypecertextn.indirect_element'],
      () => {
        if (isDirect) data(d)
        else {
          hashes(d, F['logotypecertextn.refStructHash'])
          addresses(d, F['logotypecertextn.refStructURI'], F['logotypecertextn.refStructURI_item'])
        }
      },
      element,
    )
  })
  d.at = element.next
}

function data(d: Decoder): void {
  const first = next(d)
  if (first && berIs(first, BER_UNIVERSAL, BER_SEQUENCE)) {
    listOf(d, F['logotypecertextn.image'], () => {
      sequence(d, F['logotypecertextn.LogotypeImage_element'], () => {
        details(d, F['logotypecertextn.imageDetails_element'])
      })
    })
  }
  const audio = optional(d, 1)
  if (!audio) return
  listOf(
    d,
    F['logotypecertextn.audio'],
    () => {
      sequence(d, F['logotypecertextn.LogotypeAudio_element'], () => {
        details(d, F['logotypecertextn.audioDetails_element'])
      })
    },
    audio,
  )
}

function details(d: Decoder, field: FieldId<'none'>): void {
  sequence(d, field, () => {
    text(d, F['logotypecertextn.mediaType'], berElement(d), BER_IA5_STRING)
    hashes(d, F['logotypecertextn.logotypeHash'])
    addresses(d, F['logotypecertextn.logotypeURI'], F['logotypecertextn.logotypeURI_item'])
  })
}

function hashes(d: Decoder, field: FieldId<'u32'>): void {
  listOf(d, field, () => {
    sequence(d, F['logotypecertextn.HashAlgAndValue_element'], () => {
      algorithmIdentifier(d, F['logotypecertextn.hashAlg_element'])
      contents(d, F['logotypecertextn.hashValue'])
    })
  })
}

function addresses(d: Decoder, field: FieldId<'u32'>, item: FieldId<'string'>): void {
  listOf(d, field, () => {
    text(d, item, berElement(d), BER_IA5_STRING)
  })
}

export const logotypes = defineProtocol({
  name: 'logotypecertextn',
  title: 'Logotype Certificate Extensions',
  short: 'LogotypeCertExtn',
  firstVisit: 'none',
  accepts: { 'ber.oid': ['1.3.6.1.5.5.7.1.12'] },
  fields: {},
  decode: (d) => {
    extension(d)
  },
})
