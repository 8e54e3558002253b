// Arrows and texts of the rows on screen, on one canvas. As elements they are hundreds, which the browser lays out anew with every stretch that is
// scrolled to; what is read and reached by keyboard is the list of rows beneath.
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Tone, type DiagramRow, type DiagramShape, type DiagramTone } from '../../../shared/contract'
import { useThemeVersion } from '../packets/canvas-colors'
import { isGround } from './ground'

const SVG = 'http://www.w3.org/2000/svg'
/** The canvas grows by this many pixels, so that it is not made anew for every few. */
const STEP = 256
/** Pixels of the tile that hatched areas are filled with. */
const HATCH = 20
const KINDS = ['text', 'rect', 'line'] as const

/** The drawn rows from `top`, in the coordinates of the diagram. */
export function LadderCanvas({
  rows,
  top,
  width,
  height,
}: {
  readonly rows: readonly DiagramRow[]
  readonly top: number
  readonly width: number
  readonly height: number
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const palette = useRef<{ readonly theme: number; readonly palette: Palette }>(undefined)
  const theme = useThemeVersion()
  const ratio = usePixelRatio()
  const fonts = useFontsLoaded()
  const tall = Math.ceil(height / STEP) * STEP
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d') ?? null
    if (element === null || context === null) return
    const [across, down] = [Math.ceil(width * ratio), Math.ceil(tall * ratio)]
    if (element.width !== across) element.width = across
    if (element.height !== down) element.height = down
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, across, down)
    context.setTransform(ratio, 0, 0, ratio, 0, -top * ratio)
    if (palette.current?.theme !== theme) palette.current = { theme, palette: new Palette(element.parentElement ?? document.body) }
    const pen = new Pen(context, palette.current.palette)
    for (const row of rows) for (const shape of row.front) if (!isGround(shape)) pen.draw(shape)
  }, [rows, top, width, tall, ratio, theme, fonts])
  return <canvas ref={canvas} className="dg-front" style={{ width, height: tall }} aria-hidden="true" />
}

/** Device pixels for each of CSS; changes when the window moves to another screen or is zoomed. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(window.devicePixelRatio)
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`)
    const onChange = (): void => {
      setRatio(window.devicePixelRatio)
    }
    query.addEventListener('change', onChange)
    return () => {
      query.removeEventListener('change', onChange)
    }
  }, [ratio])
  return ratio
}

/** Becomes true when the page's faces are there: what was drawn before has others. */
function useFontsLoaded(): boolean {
  const [loaded, setLoaded] = useState(document.fonts.status === 'loaded')
  useEffect(() => {
    let current = true
    const onLoaded = (): void => {
      if (current) setLoaded(true)
    }
    void document.fonts.ready.then(onLoaded)
    return () => {
      current = false
    }
  }, [])
  return loaded
}

/** Colours and faces as sequence.css has them in the theme in force. */
class Palette {
  readonly sans: string
  readonly mono: string
  private readonly colors = new Map<string, string>()

  /** Reads them where the diagram is. */
  constructor(place: Element) {
    const svg = document.createElementNS(SVG, 'svg')
    svg.setAttribute('class', 'dg-defs')
    const make = (name: string, className: string): Element => {
      const element = document.createElementNS(SVG, name)
      element.setAttribute('class', className)
      svg.append(element)
      return element
    }
    const probes = KINDS.flatMap((kind) =>
      Tone.options.map((tone) => ({ kind, tone, element: make(kind, `dg-${kind === 'line' ? 's' : 'f'}-${tone}`) })),
    )
    const [sans, mono] = [make('text', ''), make('text', 'mono')]
    place.append(svg)
    for (const { kind, tone, element } of probes) {
      const { fill, stroke } = getComputedStyle(element)
      this.colors.set(`${kind} ${tone}`, kind === 'line' ? stroke : fill)
    }
    this.sans = getComputedStyle(sans).fontFamily
    this.mono = getComputedStyle(mono).fontFamily
    svg.remove()
  }

  /** Colour of a tone as a text's, as an area's, as a line's. */
  color(kind: (typeof KINDS)[number], tone: DiagramTone): string {
    return this.colors.get(`${kind} ${tone}`) ?? 'transparent'
  }
}

/** Draws shapes. */
class Pen {
  private readonly context: CanvasRenderingContext2D
  private readonly palette: Palette
  private readonly hatches = new Map<DiagramTone, CanvasPattern | null>()

  constructor(context: CanvasRenderingContext2D, palette: Palette) {
    this.context = context
    this.palette = palette
  }

  draw(shape: DiagramShape): void {
    const { context, palette } = this
    switch (shape.kind) {
      case 'line':
        context.beginPath()
        context.moveTo(shape.x1, shape.y1)
        context.lineTo(shape.x2, shape.y2)
        this.stroke(shape.tone, shape.width, shape.dash)
        break
      case 'path': {
        const path = new Path2D(shape.d)
        if (shape.fill !== undefined) {
          context.fillStyle = palette.color('rect', shape.fill)
          context.fill(path)
        }
        if (shape.stroke !== undefined) this.stroke(shape.stroke, shape.width ?? 1, shape.dash, path)
        break
      }
      case 'rect':
        context.beginPath()
        context.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius ?? 0)
        if (shape.fill !== undefined) {
          context.fillStyle = (shape.hatch === true ? this.hatch(shape.fill) : null) ?? palette.color('rect', shape.fill)
          context.fill()
        }
        if (shape.stroke !== undefined) this.stroke(shape.stroke, 1, undefined)
        break
      case 'text':
        this.text(shape)
    }
  }

  private stroke(tone: DiagramTone, width: number, dash: string | undefined, path?: Path2D): void {
    const { context, palette } = this
    context.strokeStyle = palette.color('line', tone)
    context.lineWidth = width
    context.setLineDash(dash?.split(' ').map(Number) ?? [])
    if (path === undefined) context.stroke()
    else context.stroke(path)
  }

  private hatch(tone: DiagramTone): CanvasPattern | null {
    const known = this.hatches.get(tone)
    if (known !== undefined) return known
    const tile = document.createElement('canvas')
    tile.width = tile.height = HATCH
    const context = tile.getContext('2d')
    if (context !== null) {
      context.fillStyle = this.palette.color('rect', 'paper')
      context.fillRect(0, 0, HATCH, HATCH)
      context.fillStyle = this.palette.color('rect', tone)
      context.fillRect(0, 0, HATCH / 2, HATCH)
    }
    const pattern = this.context.createPattern(tile, 'repeat')
    pattern?.setTransform(new DOMMatrix().rotate(45).scale(5 / HATCH))
    this.hatches.set(tone, pattern)
    return pattern
  }

  private text({ x, y, anchor, size, spans, rotate }: Extract<DiagramShape, { kind: 'text' }>): void {
    const { context, palette } = this
    const fontOf = ({ mono, bold }: (typeof spans)[number]): string =>
      `${bold === true ? 600 : 400} ${size}px ${mono === true ? palette.mono : palette.sans}`
    let at = 0
    if (anchor !== 'start') {
      let whole = 0
      for (const span of spans) {
        context.font = fontOf(span)
        whole += context.measureText(span.text).width
      }
      at = anchor === 'middle' ? -whole / 2 : -whole
    }
    context.save()
    context.translate(x, y)
    if (rotate !== undefined) context.rotate((rotate * Math.PI) / 180)
    for (const span of spans) {
      context.font = fontOf(span)
      context.fillStyle = palette.color('text', span.tone ?? 'fg1')
      context.fillText(span.text, at, 0)
      if (spans.length > 1) at += context.measureText(span.text).width
    }
    context.restore()
  }
}
