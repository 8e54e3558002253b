// Graphics Interchange Format 87a and 89a (the GIF89a specification): screen, colour maps and blocks, told by signature whatever the media type says.
// Not covered: pixels, the content of extensions.
import { bytes, defineProtocol, none, string, u16, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const TRUTH = { 0: 'False', 1: 'True' } as const
const EXTENSION = 0x21,
  IMAGE = 0x2c,
  TRAILER = 0x3b

const fields = {
  'image-gif.version': string('Version'),
  'image-gif.screen.width': u16('Screen width'),
  'image-gif.screen.height': u16('Screen height'),
  'image-gif.global.color_map.present': u8('Global color map is present', { mask: 0x80, values: TRUTH }),
  'image-gif.global.color_bpp': u8('Bits per color minus 1', { mask: 0x70 }),
  'image-gif.global.color_map.ordered': u8('Global color map is ordered', { mask: 0x08, values: TRUTH }),
  'image-gif.global.bpp': u8('Image bits per pixel minus 1', { mask: 0x07 }),
  'image-gif.image_background_index': u8('Background color index'),
  'image-gif.global.pixel_aspect_ratio': u8('Global pixel aspect ratio'),
  'image-gif.global.color_map': bytes('Global color map'),
  'image-gif.extension': none('Extension'),
  'image-gif.extension.label': u8('Extension label', {
    base: 'hex',
    values: { 0xf9: 'Graphics Control', 0xfe: 'Comment', 0xff: 'Application', 0x01: 'Plain Text' },
  }),
  'image-gif.data_block': bytes('Data block', { mayBeEmpty: true }),
  'image-gif.image': none('Image'),
  'image-gif.image.left': u16('Image left position'),
  'image-gif.image.top': u16('Image top position'),
  'image-gif.image.width': u16('Image width'),
  'image-gif.image.height': u16('Image height'),
  'image-gif.local.color_map.present': u8('Local color map is present', { mask: 0x80, values: TRUTH }),
  'image-gif.local.color_bpp': u8('Bits per color minus 1', { mask: 0x70 }),
  'image-gif.local.color_map.ordered': u8('Local color map is ordered', { mask: 0x08, values: TRUTH }),
  'image-gif.local.color_map': bytes('Local color map'),
  'image-gif.image.code_size': u8('LZW minimum code size'),
  'image-gif.end': none('Trailer (End of the GIF stream)'),
} as const
type Ids = FieldIds<typeof fields>

export const gif = defineProtocol({
  name: 'image-gif',
  title: 'Compuserve GIF',
  short: 'GIF image',
  firstVisit: 'none',
  accepts: { media_type: ['image/gif'] },
  heuristic: ['http'],
  recognises: hasSignature,
  fields,
  decode(d, f): void | false {
    if (!hasSignature(d)) return false
    const version = d.latin1(d.at, d.at + 6)
    d.appendInfo(` (${version})`)
    if (d.labels) d.tree.labels[d.layerNode] = `Compuserve GIF, Version: ${version}`
    d.span(f['image-gif.version'], 6)
    d.u16le(f['image-gif.screen.width'])
    d.u16le(f['image-gif.screen.height'])
    const isSorted = version === 'GIF89a',
      packed = colourFlags(d, f, 'global', isSorted)
    d.u8(f['image-gif.image_background_index'])
    // 0 says nothing of the pixels' shape (GIF89a 18)
    if (d.peek8() === 0) d.skip(1)
    else d.u8(f['image-gif.global.pixel_aspect_ratio'])
    colourMap(d, f['image-gif.global.color_map'], packed)
    while (d.left > 0) {
      const kind = d.peek8()
      if (kind === EXTENSION) extension(d, f)
      else if (kind === IMAGE) image(d, f, isSorted)
      else {
        if (kind === TRAILER) d.span(f['image-gif.end'], 1)
        return
      }
    }
  },
})

function hasSignature(d: Decoder): boolean {
  return d.left >= 20 && /^GIF8[79]a$/.test(d.latin1(d.at, d.at + 6))
}

/** `isSorted`: the version has the flag for sorted colours (89a). */
function colourFlags(d: Decoder, f: Ids, scope: 'global' | 'local', isSorted: boolean): number {
  d.require(1)
  const packed = d.peek8()
  d.bits(f[`image-gif.${scope}.color_map.present`], d.at, d.at + 1, packed)
  d.bits(f[`image-gif.${scope}.color_bpp`], d.at, d.at + 1, packed)
  if (isSorted) d.bits(f[`image-gif.${scope}.color_map.ordered`], d.at, d.at + 1, packed)
  // Wireshark 4.0.17 has no other name in use for the picture's own
  d.bits(f['image-gif.global.bpp'], d.at, d.at + 1, packed)
  d.skip(1)
  return packed
}

/** Three bytes a colour, as many as the flags say (GIF89a 19). */
function colourMap(d: Decoder, field: FieldId<'bytes'>, packed: number): void {
  if (packed & 0x80) d.span(field, 3 * (1 << (1 + (packed & 7))))
}

function extension(d: Decoder, f: Ids): void {
  const start = d.at
  d.range(f['image-gif.extension'], start, start + 2)
  const outer = d.enter()
  d.skip(1)
  d.u8(f['image-gif.extension.label'])
  blocks(d, f)
  d.leave(outer, d.at)
}

function image(d: Decoder, f: Ids, isSorted: boolean): void {
  d.range(f['image-gif.image'], d.at, d.at + 1)
  const outer = d.enter()
  d.skip(1)
  for (const part of ['left', 'top', 'width', 'height'] as const) d.u16le(f[`image-gif.image.${part}`])
  colourMap(d, f['image-gif.local.color_map'], colourFlags(d, f, 'local', isSorted))
  d.u8(f['image-gif.image.code_size'])
  blocks(d, f)
  d.leave(outer, d.at)
}

/** Data blocks, each with a length byte; an empty one ends them (GIF89a 15, 16). */
function blocks(d: Decoder, f: Ids): void {
  for (;;) {
    d.require(1)
    const length = d.peek8(),
      at = d.at
    d.require(length + 1)
    d.value(f['image-gif.data_block'], at, at + 1 + length, d.slice(at + 1, at + 1 + length).slice())
    d.skip(length + 1)
    if (length === 0) return
  }
}
