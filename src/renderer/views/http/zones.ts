// Zones of a message: what the anatomy and the bytes show in one colour.
import type { HttpPart } from '../../../shared/contract'

/** Which kinds of bytes a zone of the anatomy takes. */
const ZONE_OF: Readonly<Record<HttpPart['kind'], Zone>> = {
  'start-line': 'start',
  header: 'headers',
  blank: 'blank',
  body: 'body',
  'chunk-size': 'body',
  'chunk-data': 'body',
  'chunk-end': 'body',
  trailer: 'trailers',
}
/** Zones of a message; also classes of their colours. */
export type Zone = 'start' | 'headers' | 'blank' | 'body' | 'trailers'

/** The zone of a part. */
export function zoneOf(part: HttpPart): Zone {
  return ZONE_OF[part.kind]
}
