// The faces of exported pictures, as the build put them into the bundle.
import type { EmbeddedFace } from '../../engine/diagram/svg'
import han from './fonts/han-400.ttf?inline'
import mono400 from './fonts/mono-400.ttf?inline'
import mono600 from './fonts/mono-600.ttf?inline'
import sans400 from './fonts/sans-400.ttf?inline'
import sans600 from './fonts/sans-600.ttf?inline'

/** Every face; Chinese has one weight. */
export const FACES: readonly EmbeddedFace[] = [
  { family: 'sans', weight: 400, ttf: base64Of(sans400) },
  { family: 'sans', weight: 600, ttf: base64Of(sans600) },
  { family: 'mono', weight: 400, ttf: base64Of(mono400) },
  { family: 'mono', weight: 600, ttf: base64Of(mono600) },
  { family: 'han', weight: 400, ttf: base64Of(han) },
]

/** Bytes of a data URI. */
export function bytesOf(dataUri: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64Of(dataUri), 'base64'))
}

function base64Of(dataUri: string): string {
  return dataUri.slice(dataUri.indexOf(',') + 1)
}
