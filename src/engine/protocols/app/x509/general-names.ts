// GeneralName (RFC 5280, 4.2.1.6): the names by which an extension speaks of hosts, mailboxes, documents and directories.
import { BER_IA5_STRING, berElement } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { ipv4Text, ipv6Text } from '../../../bytes/text'
import { F } from './fields'
import { rdnSequence } from './names'
import { choice, contents, identifier, inContents, listOf, sequence, text } from './reader'

/** GeneralNames: a row with their number. */
export function generalNames(d: Decoder, field: FieldId<'u32'>, element = berElement(d)): void {
  listOf(
    d,
    field,
    () => {
      generalName(d, F['x509ce.GeneralName'])
    },
    element,
  )
}

/** One GeneralName; `field` is the row of the choice. */
export function generalName(d: Decoder, field: FieldId<'u32'>): void {
  const element = berElement(d)
  choice(d, field, element.tag, element.at, element.end, () => {
    alternative(d, element)
  })
  d.at = element.next
}

function alternative(d: Decoder, element: ReturnType<typeof berElement>): void {
  switch (element.tag) {
    case 0:
      sequence(
        d,
        F['x509ce.otherName_element'],
        () => {
          identifier(d, F['x509ce.type_id'])
          const value = berElement(d)
          d.range(F['x509ce.value_element'], value.at, Math.min(value.end, d.readable))
        },
        element,
      )
      break
    case 1:
      text(d, F['x509ce.rfc822Name'], element, BER_IA5_STRING)
      break
    case 2:
      text(d, F['x509ce.dNSName'], element, BER_IA5_STRING)
      break
    case 3:
      d.range(F['x509ce.x400Address_element'], element.at, Math.min(element.end, d.readable))
      break
    case 4:
      inContents(d, element, () => {
        const name = berElement(d)
        choice(d, F['x509ce.directoryName'], 0, name.start, name.next, () => {
          rdnSequence(d, F['x509if.rdnSequence'], name)
        })
      })
      break
    case 5:
      d.range(F['x509ce.ediPartyName_element'], element.at, Math.min(element.end, d.readable))
      break
    case 6:
      text(d, F['x509ce.uniformResourceIdentifier'], element, BER_IA5_STRING)
      break
    case 7:
      address(d, element)
      break
    case 8:
      identifier(d, F['x509ce.registeredID'], element)
      break
  }
}

/** Four or sixteen bytes; twice as many with a mask, in constraints. */
function address(d: Decoder, element: ReturnType<typeof berElement>): void {
  const length = element.end - element.at
  if (length === 8 || length === 32) {
    const half = element.at + length / 2,
      words = length === 8 ? ipv4Text : ipv6Text
    d.require(length, element.at)
    d.note(element.at, element.end, `iPAddress: ${words(d.slice(element.at, half))} mask ${words(d.slice(half, element.end))}`)
    d.at = element.next
    return
  }
  if (length !== 4 && length !== 16) {
    contents(d, F['x509ce.iPAddress'], element)
    return
  }
  d.range(length === 4 ? F['x509ce.IPAddress.ipv4'] : F['x509ce.IPAddress.ipv6'], element.at, element.end)
  d.at = element.next
}
