// Portable Network Graphics (PNG specification, third edition; RFC 2083): signature and chunks, told by signature whatever the media type says.
// Not covered: pixels, checking of the chunks' CRCs, chunks beyond the ones in CONTENT (their bytes are shown).
import { bool, bytes, defineProtocol, expert, float, none, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const property = (label: string, mask: number, names: readonly [string, string]) => bool(label, { mask, bits: 32, names })
const colour = (label: string) => u16(label, { base: 'hex' })

const fields = {
  'png.signature': bytes('PNG Signature'),
  'png.chunk.len': u32('Len'),
  'png.chunk.type': string('Chunk'),
  'png.chunk.flag.ancillary': property('Ancillary', 0x2000_0000, ['This is an ANCILLARY chunk', 'This is a CRITICAL chunk']),
  'png.chunk.flag.private': property('Private', 0x20_0000, ['This is a PRIVATE chunk', 'This is a PUBLIC chunk']),
  'png.chunk.flag.stc': property('Safe To Copy', 0x20, ['This chunk is SAFE TO COPY', 'This chunk is NOT safe to copy']),
  'png.chunk.data': none('Data'),
  'png.chunk.crc': u32('CRC', { base: 'hex' }),
  'png.ihdr.width': u32('Width'),
  'png.ihdr.height': u32('Height'),
  'png.ihdr.bitdepth': u8('Bit Depth'),
  'png.ihdr.colour_type': u8('Colour Type', {
    values: { 0: 'Greyscale', 2: 'Truecolour', 3: 'Indexed-colour', 4: 'Greyscale with alpha', 6: 'Truecolour with alpha' },
  }),
  'png.ihdr.compression_method': u8('Compression Method', { values: { 0: 'Deflate' } }),
  'png.ihdr.filter_method': u8('Filter Method', { values: { 0: 'Adaptive' } }),
  'png.ihdr.interlace_method': u8('Interlace Method', { values: { 0: 'No interlace', 1: 'Adam7' } }),
  'png.srgb.intent': u8('Intent', {
    values: { 0: 'Perceptual', 1: 'Relative colorimetric', 2: 'Saturation', 3: 'Absolute colorimetric' },
  }),
  'png.text.keyword': string('Keyword'),
  'png.text.string': string('String'),
  'png.time.year': u16('Year'),
  'png.time.month': u8('Month'),
  'png.time.day': u8('Day'),
  'png.time.hour': u8('Hour'),
  'png.time.minute': u8('Minute'),
  'png.time.second': u8('Second'),
  'png.phys.horiz': u32('Horizontal pixels per unit'),
  'png.phys.vert': u32('Vertical pixels per unit'),
  'png.phys.unit': u8('Unit', { values: { 0: 'Unit is unknown', 1: 'Unit is METRE' } }),
  'png.bkgd.palette_index': u8('Palette Index'),
  'png.bkgd.greyscale': colour('Greyscale'),
  'png.bkgd.red': colour('Red'),
  'png.bkgd.green': colour('Green'),
  'png.bkgd.blue': colour('Blue'),
  'png.chrm.white.x': float('White X'),
  'png.chrm.white.y': float('White Y'),
  'png.chrm.red.x': float('Red X'),
  'png.chrm.red.y': float('Red Y'),
  'png.chrm.green.x': float('Green X'),
  'png.chrm.green.y': float('Green Y'),
  'png.chrm.blue.x': float('Blue X'),
  'png.chrm.blue.y': float('Blue Y'),
  'png.gama.gamma': float('Gamma'),
  'png.chunk_too_large': expert('warning', 'protocol', 'The chunk says that it is larger than 2 GiB'),
} as const
type Ids = FieldIds<typeof fields>

const TITLES: ReadonlyMap<string, string> = new Map([
  ['IHDR', 'Image Header'],
  ['PLTE', 'Palette'],
  ['IDAT', 'Image data chunk'],
  ['IEND', 'Image Trailer'],
  ['bKGD', 'Background colour'],
  ['cHRM', 'Primary chromaticities and white point'],
  ['gAMA', 'Image gamma'],
  ['pHYs', 'Physical pixel dimensions'],
  ['sRGB', 'Standard RGB colour space'],
  ['tEXt', 'Textual data'],
  ['tIME', 'Image last-modification time'],
])

/** What is known inside chunks; each reads as much of the chunk as it knows. */
const CONTENT: ReadonlyMap<string, (d: Decoder, f: Ids, end: number) => void> = new Map([
  [
    'IHDR',
    (d, f) => {
      d.u32(f['png.ihdr.width'])
      d.u32(f['png.ihdr.height'])
      d.u8(f['png.ihdr.bitdepth'])
      d.u8(f['png.ihdr.colour_type'])
      d.u8(f['png.ihdr.compression_method'])
      d.u8(f['png.ihdr.filter_method'])
      d.u8(f['png.ihdr.interlace_method'])
    },
  ],
  ['sRGB', (d, f) => void d.u8(f['png.srgb.intent'])],
  [
    'tEXt',
    (d, f, end) => {
      const zero = d.indexOf(0, d.at, end)
      if (zero < 0) return
      d.text(f['png.text.keyword'], zero + 1 - d.at, d.latin1(d.at, zero))
      d.span(f['png.text.string'], end - d.at)
    },
  ],
  [
    'tIME',
    (d, f) => {
      d.u16(f['png.time.year'])
      for (const part of ['month', 'day', 'hour', 'minute', 'second'] as const) d.u8(f[`png.time.${part}`])
    },
  ],
  [
    'pHYs',
    (d, f) => {
      d.u32(f['png.phys.horiz'])
      d.u32(f['png.phys.vert'])
      d.u8(f['png.phys.unit'])
    },
  ],
  [
    'bKGD',
    (d, f, end) => {
      // one, two or six bytes, after the picture's colour type (PNG 11.3.4.1)
      const length = end - d.at
      if (length === 1) d.u8(f['png.bkgd.palette_index'])
      else if (length === 2) d.u16(f['png.bkgd.greyscale'])
      else if (length === 6) for (const part of ['red', 'green', 'blue'] as const) d.u16(f[`png.bkgd.${part}`])
    },
  ],
  [
    'cHRM',
    (d, f) => {
      for (const point of ['white', 'red', 'green', 'blue'] as const) {
        hundredThousandths(d, f[`png.chrm.${point}.x`])
        hundredThousandths(d, f[`png.chrm.${point}.y`])
      }
    },
  ],
  [
    'gAMA',
    (d, f) => {
      hundredThousandths(d, f['png.gama.gamma'])
    },
  ],
])

export const png = defineProtocol({
  name: 'png',
  title: 'Portable Network Graphics',
  short: 'PNG',
  firstVisit: 'none',
  accepts: { media_type: ['image/png'] },
  heuristic: ['http'],
  recognises: hasSignature,
  fields,
  decode(d, f): void | false {
    if (!hasSignature(d)) return false
    d.appendInfo(' (PNG)')
    d.span(f['png.signature'], 8)
    while (d.left > 0) if (!chunk(d, f)) return
  },
})

function hasSignature(d: Decoder): boolean {
  return d.left >= 20 && d.peek32() === 0x89504e47 && d.peek32(d.at + 4) === 0x0d0a1a0a
}

/** One chunk: length, type, data, CRC (PNG 5.3). Returns whether another may follow. */
function chunk(d: Decoder, f: Ids): boolean {
  d.require(8)
  const start = d.at,
    length = d.peek32() >>> 0,
    type = d.peek32(start + 4),
    name = d.latin1(start + 4, start + 8)
  if (length > 0x7fff_ffff) {
    d.expert(f['png.chunk_too_large'], start, start + 4)
    return false
  }
  d.require(length + 12)
  d.note(start, start + length + 12, `${TITLES.get(name) ?? 'Unknown'} (${name})`)
  const outer = d.enter()
  d.u32(f['png.chunk.len'])
  d.span(f['png.chunk.type'], 4)
  for (const flag of ['ancillary', 'private', 'stc'] as const) d.bits(f[`png.chunk.flag.${flag}`], start + 4, start + 8, type)
  const content = CONTENT.get(name),
    end = start + 8 + length
  if (length > 0) {
    if (content === undefined) d.span(f['png.chunk.data'], length)
    else content(d, f, end)
  }
  d.at = end
  d.u32(f['png.chunk.crc'])
  d.leave(outer)
  return true
}

function hundredThousandths(d: Decoder, field: Ids['png.gama.gamma']): void {
  d.require(4)
  d.add(field, d.at, d.at + 4, Math.fround((d.peek32() >>> 0) / 100_000))
  d.at += 4
}
