// A diagram as SVG: self-contained (colours resolved, faces embedded when they are given), the same bytes for the same capture and options.
import type { Span } from './ladder'
import type { Picture } from './picture'
import type { Shape } from './shapes'
import { COLORS, type DiagramTheme, type Tone } from './tones'
import { xml } from './xml'

/** An embedded face: one weight of one of the two families. */
export interface EmbeddedFace {
  readonly family: 'sans' | 'mono' | 'han'
  readonly weight: 400 | 600
  /** TrueType as base64. */
  readonly ttf: string
}

export interface SvgOptions {
  readonly theme: DiagramTheme
  readonly faces: readonly EmbeddedFace[]
}

const MARGIN = 12
const TITLE_HEIGHT = 30
const FAMILIES = {
  sans: "'Wireglass Sans', 'Wireglass Han', Inter, 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  mono: "'Wireglass Mono', 'Wireglass Sans', 'Wireglass Han', 'JetBrains Mono', ui-monospace, Consolas, 'Noto Sans Mono CJK SC', monospace",
} as const
const FACE_NAMES = { sans: 'Wireglass Sans', mono: 'Wireglass Mono', han: 'Wireglass Han' } as const
const BOLD = '600'

/** Size of the exported picture in pixels. */
export function svgSize(scene: Picture): { readonly width: number; readonly height: number } {
  return { width: scene.width + 2 * MARGIN, height: TITLE_HEIGHT + scene.headerHeight + Math.ceil(scene.height) + 2 * MARGIN }
}

/** The SVG in pieces, so that a long diagram is never one string. */
export function* svgParts(scene: Picture, options: SvgOptions): Generator<string> {
  const { width, height } = svgSize(scene)
  yield* svgStart(scene, options, { width, height, from: 0, to: height })
  yield headOf(scene, options.theme)
  yield* svgRows(scene, options.theme, 0, scene.rowCount)
  yield '</svg>\n'
}

/** A horizontal strip of the same picture, from y = `from` to `to`: what a very tall PNG is put together from. */
export function svgStrip(scene: Picture, options: SvgOptions, from: number, to: number): string {
  const { width } = svgSize(scene)
  const parts = [...svgStart(scene, options, { width, height: to - from, from, to })]
  if (from < MARGIN + TITLE_HEIGHT + scene.headerHeight) parts.push(headOf(scene, options.theme))
  const offset = MARGIN + TITLE_HEIGHT + scene.headerHeight
  // Texts of a row may reach a little into its neighbours.
  const first = Math.max(0, scene.firstReaching(from - offset) - 1)
  const last = Math.min(scene.rowCount, scene.rowAt(to - offset) + 2)
  parts.push(...svgRows(scene, options.theme, first, last), '</svg>\n')
  return parts.join('')
}

interface View {
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
}

function* svgStart(scene: Picture, { theme, faces }: SvgOptions, view: View): Generator<string> {
  const colors = COLORS[theme]
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 ${n(view.from)} ${view.width} ${view.height}" font-family="${FAMILIES.sans.replaceAll('"', "'")}" xml:space="preserve" role="img">\n`
  yield `<title>${xml(scene.title)}</title>\n`
  yield `<style>${faces.map(faceRule).join('')}.m{font-family:${FAMILIES.mono}}text{white-space:pre}</style>\n`
  yield '<defs>'
  for (const tone of ['active', 'passive'] as const) {
    yield `<pattern id="h-${tone}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${colors.paper}"/><rect width="2.6" height="5" fill="${colors[tone]}"/></pattern>`
  }
  yield '</defs>\n'
  yield `<rect x="0" y="${n(view.from)}" width="${view.width}" height="${view.height}" fill="${colors.paper}"/>\n`
}

function faceRule({ family, weight, ttf }: EmbeddedFace): string {
  return `@font-face{font-family:'${FACE_NAMES[family]}';font-weight:${weight};src:url(data:font/ttf;base64,${ttf}) format('truetype')}`
}

function headOf(scene: Picture, theme: DiagramTheme): string {
  const title: Shape = {
    kind: 'text',
    x: 8,
    y: 18,
    anchor: 'start',
    size: 13,
    spans: [{ text: scene.title, bold: true, tone: 'fg1' }],
  }
  return `<g transform="translate(${MARGIN} ${MARGIN})">${svgShape(title, theme)}</g>\n<g transform="translate(${MARGIN} ${MARGIN + TITLE_HEIGHT})">${scene
    .header()
    .map((shape) => svgShape(shape, theme))
    .join('')}</g>\n`
}

/** Rows per group: what lies behind comes first within it. */
const CHUNK = 64

function* svgRows(scene: Picture, theme: DiagramTheme, first: number, end: number): Generator<string> {
  yield `<g transform="translate(${MARGIN} ${MARGIN + TITLE_HEIGHT + scene.headerHeight})">\n`
  for (let start = first; start < end; start += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, end - start) }, (_unused, index) => scene.row(start + index))
    yield `<g>${rows.flatMap((row) => row.back.map((shape) => svgShape(shape, theme))).join('')}</g>\n`
    for (const { row, front } of rows) {
      const shapes = front.map((shape) => svgShape(shape, theme)).join('')
      yield `<g><title>${xml(row.sentence)}</title>${shapes}</g>\n`
    }
  }
  yield '</g>\n'
}

function svgShape(shape: Shape, theme: DiagramTheme): string {
  const color = (tone: Tone): string => COLORS[theme][tone]
  switch (shape.kind) {
    case 'line': {
      const dash = shape.dash === undefined ? '' : ` stroke-dasharray="${shape.dash}"`
      return `<line x1="${n(shape.x1)}" y1="${n(shape.y1)}" x2="${n(shape.x2)}" y2="${n(shape.y2)}" stroke="${color(shape.tone)}" stroke-width="${n(shape.width)}"${dash}/>`
    }
    case 'path': {
      const dash = shape.dash === undefined ? '' : ` stroke-dasharray="${shape.dash}"`
      return `<path d="${shape.d}" fill="${shape.fill === undefined ? 'none' : color(shape.fill)}"${shape.stroke === undefined ? '' : ` stroke="${color(shape.stroke)}" stroke-width="${n(shape.width ?? 1)}"`}${dash}/>`
    }
    case 'rect': {
      const fill = shape.fill === undefined ? 'none' : shape.hatch === true ? `url(#h-${shape.fill})` : color(shape.fill)
      const stroke = shape.stroke === undefined ? '' : ` stroke="${color(shape.stroke)}"`
      const radius = shape.radius === undefined ? '' : ` rx="${n(shape.radius)}"`
      return `<rect x="${n(shape.x)}" y="${n(shape.y)}" width="${n(shape.width)}" height="${n(shape.height)}"${radius} fill="${fill}"${stroke}/>`
    }
    case 'text': {
      const anchor = shape.anchor === 'start' ? '' : ` text-anchor="${shape.anchor}"`
      const turn = shape.rotate === undefined ? '' : ` transform="rotate(${n(shape.rotate)} ${n(shape.x)} ${n(shape.y)})"`
      return `<text x="${n(shape.x)}" y="${n(shape.y)}" font-size="${n(shape.size)}"${anchor}${turn}>${shape.spans.map((span) => svgSpan(span, color)).join('')}</text>`
    }
  }
}

function svgSpan({ text, mono, bold, tone }: Span, color: (tone: Tone) => string): string {
  const face = mono === true ? ' class="m"' : ''
  const weight = bold === true ? ` font-weight="${BOLD}"` : ''
  return `<tspan${face}${weight} fill="${color(tone ?? 'fg1')}">${xml(text)}</tspan>`
}

/** Coordinates with at most two decimals. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}
