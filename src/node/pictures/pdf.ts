// Diagrams as PDF: A4 pages (or pages as wide as many lifelines need), the names of the lifelines on each, text that can be selected and searched.
import PDFDocument from 'pdfkit'
import type { Span } from '../../engine/diagram/ladder'
import type { Picture } from '../../engine/diagram/picture'
import type { Shape, TextShape } from '../../engine/diagram/shapes'
import { COLORS, type DiagramTheme } from '../../engine/diagram/tones'
import { FACES } from './fonts'

const A4 = { width: 595.28, height: 841.89 } as const
const MARGIN = 28
/** Smallest scale at which the text can be read; wider diagrams get wider pages. */
const MIN_SCALE = 0.45
const TITLE = 30
/** Characters from here on are set in the Chinese face. */
const HAN = 0x2e80
/** Signs that the monospaced face lacks. */
const SANS_ONLY = new Set(['→', '↔', '←'])

type Document = InstanceType<typeof PDFDocument>

/** Draws a diagram. `made` stands in the document as its date, so that the same capture gives the same bytes. */
export async function drawPdf(scene: Picture, theme: DiagramTheme, made: Date, write: (bytes: Uint8Array) => void): Promise<void> {
  const scale = Math.max(MIN_SCALE, Math.min(0.75, (A4.width - 2 * MARGIN) / scene.width))
  const width = Math.max(A4.width, scene.width * scale + 2 * MARGIN)
  const height = Math.max(A4.height, (width * A4.height) / A4.width / 2)
  const document = new PDFDocument({
    autoFirstPage: false,
    // None of the standard fonts: all text is set in the embedded faces.
    font: '',
    size: [width, height],
    margin: 0,
    info: { Title: scene.title, Creator: 'Wireglass', Producer: 'Wireglass', CreationDate: made, ModDate: made },
    lang: scene.language === 'zh' ? 'zh-CN' : 'en',
  })
  for (const { family, weight, ttf } of FACES) document.registerFont(`${family}-${weight}`, Buffer.from(ttf, 'base64'))
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (bytes: Uint8Array) => {
      write(bytes)
    })
    document.on('end', resolve)
    document.on('error', reject)
  })
  drawPages(document, scene, theme, scale, height)
  document.end()
  await ended
}

function drawPages(document: Document, scene: Picture, theme: DiagramTheme, scale: number, pageHeight: number): void {
  const { rowCount } = scene
  const pen = new Pen(document, theme)
  for (let first = 0; first < rowCount;) {
    const room = (pageHeight - 2 * MARGIN) / scale - scene.headerHeight - (first === 0 ? TITLE : 0)
    let end = first + 1
    while (end < rowCount && scene.top(end + 1) - scene.top(first) <= room) end++
    pen.page()
    document.translate(MARGIN, MARGIN).scale(scale)
    if (first === 0) {
      pen.draw({ kind: 'text', x: 8, y: 16, anchor: 'start', size: 14, spans: [{ text: scene.title, bold: true, tone: 'fg1' }] })
      document.translate(0, TITLE)
    }
    for (const shape of scene.header()) pen.draw(shape)
    document.translate(0, scene.headerHeight - scene.top(first))
    // What begins on an earlier page or ends on a later one is cut at the page's edge.
    const from = scene.firstReaching(scene.top(first))
    if (from < first || (end < rowCount && scene.firstReaching(scene.top(end)) < end))
      document.rect(0, scene.top(first), scene.width, scene.top(end) - scene.top(first)).clip()
    const rows = Array.from({ length: end - from }, (_unused, index) => scene.row(from + index))
    for (const row of rows) for (const shape of row.back) pen.draw(shape)
    for (const row of rows) for (const shape of row.front) pen.draw(shape)
    first = end
  }
}

/** Draws shapes on the present page. */
class Pen {
  private readonly document: Document
  private readonly theme: DiagramTheme

  constructor(document: Document, theme: DiagramTheme) {
    this.document = document
    this.theme = theme
  }

  page(): void {
    this.document.addPage()
    if (this.theme === 'print') return
    this.document.rect(0, 0, this.document.page.width, this.document.page.height).fill(COLORS[this.theme].paper)
  }

  draw(shape: Shape): void {
    const { document } = this
    const colors = COLORS[this.theme]
    switch (shape.kind) {
      case 'line': {
        document.lineWidth(shape.width).moveTo(shape.x1, shape.y1).lineTo(shape.x2, shape.y2)
        this.dashed(shape.dash)
        document.stroke(colors[shape.tone])
        if (shape.dash !== undefined) document.undash()
        break
      }
      case 'path':
        document.path(shape.d)
        this.dashed(shape.dash)
        if (shape.fill !== undefined && shape.stroke !== undefined)
          document.lineWidth(shape.width ?? 1).fillAndStroke(colors[shape.fill], colors[shape.stroke])
        else if (shape.fill !== undefined) document.fill(colors[shape.fill])
        else if (shape.stroke !== undefined) document.lineWidth(shape.width ?? 1).stroke(colors[shape.stroke])
        if (shape.dash !== undefined) document.undash()
        break
      case 'rect':
        if (shape.hatch === true && shape.fill !== undefined) this.hatched(shape.x, shape.y, shape.width, shape.height, colors[shape.fill])
        else {
          if (shape.radius === undefined) document.rect(shape.x, shape.y, shape.width, shape.height)
          else document.roundedRect(shape.x, shape.y, shape.width, shape.height, shape.radius)
          if (shape.fill !== undefined && shape.stroke !== undefined)
            document.lineWidth(1).fillAndStroke(colors[shape.fill], colors[shape.stroke])
          else if (shape.fill !== undefined) document.fill(colors[shape.fill])
        }
        break
      case 'text':
        this.text(shape)
    }
  }

  /** Strokes from here on have dashes such as "5 3". */
  private dashed(dashes: string | undefined): void {
    const [dash, space] = dashes?.split(' ').map(Number) ?? []
    if (dash !== undefined) this.document.dash(dash, { space: space ?? dash })
  }

  private hatched(x: number, y: number, width: number, height: number, color: string): void {
    const { document } = this
    document.save().rect(x, y, width, height).clip()
    document.lineWidth(2)
    for (let at = y - width; at < y + height + width; at += 5) document.moveTo(x, at + width).lineTo(x + width, at)
    document.stroke(color).restore()
  }

  private text({ x, y, anchor, size, spans, rotate }: TextShape): void {
    const { document } = this
    document.fontSize(size)
    const runs = spans.flatMap(runsOf)
    const widths = runs.map((run) => document.font(run.font).widthOfString(run.text))
    const whole = widths.reduce((sum, width) => sum + width, 0)
    let at = anchor === 'start' ? x : anchor === 'middle' ? x - whole / 2 : x - whole
    if (rotate !== undefined) document.save().rotate(rotate, { origin: [x, y] })
    for (const [index, run] of runs.entries()) {
      document.font(run.font).fillColor(COLORS[this.theme][run.tone]).text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' })
      at += widths[index] ?? 0
    }
    if (rotate !== undefined) document.restore()
  }
}

interface Run {
  readonly font: string
  readonly text: string
  readonly tone: NonNullable<Span['tone']>
}

/** Pieces of a span that one face has. */
function runsOf(span: Span): Run[] {
  const runs: { font: string; text: string; tone: NonNullable<Span['tone']> }[] = []
  const weight = span.bold === true ? 600 : 400
  for (const character of span.text) {
    const han = (character.codePointAt(0) ?? 0) >= HAN
    const mono = span.mono === true && !SANS_ONLY.has(character)
    const font = han ? 'han-400' : `${mono ? 'mono' : 'sans'}-${weight}`
    const last = runs.at(-1)
    if (last?.font === font) last.text += character
    else runs.push({ font, text: character, tone: span.tone ?? 'fg1' })
  }
  return runs
}
