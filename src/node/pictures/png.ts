// Diagrams as PNG. A tall one is rasterised strip by strip and compressed as it comes, so that its height is limited by the format alone.
import { once } from 'node:events'
import { crc32, createDeflate } from 'node:zlib'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import wasm from '@resvg/resvg-wasm/index_bg.wasm?url&inline'
import type { Picture } from '../../engine/diagram/picture'
import { svgSize, svgStrip } from '../../engine/diagram/svg'
import type { DiagramTheme } from '../../engine/diagram/tones'
import { bytesOf, FACES } from './fonts'

/** Pixels of the picture in one strip, before scaling. */
const STRIP = 1200
/** Largest side that the format allows. */
const MAX_SIDE = 0x7fff_ffff
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
/** PNG filter "up": differences from the row above, which flat drawings compress best with. */
const FILTER_UP = 2

let ready: Promise<unknown> | undefined

/** Draws a diagram `scale` times its size in pixels. Throws RangeError when it is taller than the format allows. */
export async function drawPng(scene: Picture, theme: DiagramTheme, scale: number, write: (bytes: Uint8Array) => void): Promise<void> {
  await (ready ??= initWasm(bytesOf(wasm)))
  const size = svgSize(scene)
  const width = size.width * scale
  const height = size.height * scale
  if (width > MAX_SIDE || height > MAX_SIDE)
    throw new RangeError(`A PNG cannot be ${width} by ${height} pixels; use SVG or a smaller scale.`)
  write(SIGNATURE)
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  // 8 bits a channel, red, green, blue.
  header.setUint8(8, 8)
  header.setUint8(9, 2)
  write(chunk('IHDR', new Uint8Array(header.buffer)))
  const deflate = createDeflate({ level: 6 })
  deflate.on('data', (bytes: Uint8Array) => {
    write(chunk('IDAT', bytes))
  })
  const fonts = FACES.map(({ ttf }) => new Uint8Array(Buffer.from(ttf, 'base64')))
  let above: Uint8Array = new Uint8Array(width * 3)
  for (let from = 0; from < size.height; from += STRIP) {
    const to = Math.min(size.height, from + STRIP)
    const pixels = rasterise(svgStrip(scene, { theme, faces: [] }, from, to), scale, fonts)
    const rows = new Uint8Array((to - from) * scale * (1 + width * 3))
    above = filtered(pixels, width, above, rows)
    if (!deflate.write(rows)) await once(deflate, 'drain')
  }
  deflate.end()
  await once(deflate, 'end')
  write(chunk('IEND', new Uint8Array(0)))
}

/** Red, green, blue and alpha of a drawing. */
function rasterise(svg: string, scale: number, fonts: Uint8Array[]): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: fonts,
      loadSystemFonts: false,
      defaultFontFamily: 'Wireglass Han',
      sansSerifFamily: 'Wireglass Sans',
      monospaceFamily: 'Wireglass Mono',
    },
  })
  const image = drawing.render()
  const pixels = image.pixels
  image.free()
  drawing.free()
  return pixels
}

/** Filters rows into `into` and answers the last row as it was. */
function filtered(pixels: Uint8Array, width: number, before: Uint8Array, into: Uint8Array): Uint8Array {
  let above = before
  let at = 0
  const rows = into.length / (1 + width * 3)
  for (let row = 0; row < rows; row++) {
    const line = new Uint8Array(width * 3)
    for (let x = 0, from = row * width * 4, to = 0; x < width; x++, from += 4, to += 3) {
      line[to] = pixels[from] ?? 0
      line[to + 1] = pixels[from + 1] ?? 0
      line[to + 2] = pixels[from + 2] ?? 0
    }
    into[at++] = FILTER_UP
    for (let index = 0; index < line.length; index++) into[at++] = ((line[index] ?? 0) - (above[index] ?? 0)) & 0xff
    above = line
  }
  return above
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let index = 0; index < 4; index++) bytes[4 + index] = name.charCodeAt(index)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}
