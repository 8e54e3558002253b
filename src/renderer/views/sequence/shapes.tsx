// Shapes of a diagram as SVG elements; roles become classes, which sequence.css colours by the theme.
import { memo } from 'react'
import type { DiagramShape } from '../../../shared/contract'

/** A list of shapes. They never change: a row that is drawn differently is another row. */
export const Shapes = memo(function Shapes({ shapes }: { readonly shapes: readonly DiagramShape[] }) {
  return shapes.map((shape, index) => <ShapeElement key={index} shape={shape} />)
})

function ShapeElement({ shape }: { readonly shape: DiagramShape }) {
  switch (shape.kind) {
    case 'line':
      return (
        <line
          x1={shape.x1}
          y1={shape.y1}
          x2={shape.x2}
          y2={shape.y2}
          className={`dg-s-${shape.tone}`}
          strokeWidth={shape.width}
          strokeDasharray={shape.dash}
        />
      )
    case 'path':
      return (
        <path
          d={shape.d}
          className={`${shape.fill === undefined ? 'dg-none' : `dg-f-${shape.fill}`} ${shape.stroke === undefined ? '' : `dg-s-${shape.stroke}`}`}
          strokeWidth={shape.width}
          strokeDasharray={shape.dash}
        />
      )
    case 'rect':
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius}
          className={`${shape.fill === undefined ? 'dg-none' : shape.hatch === true ? '' : `dg-f-${shape.fill}`} ${shape.stroke === undefined ? '' : `dg-s-${shape.stroke}`}`}
          fill={shape.hatch === true && shape.fill !== undefined ? `url(#dg-hatch-${shape.fill})` : undefined}
        />
      )
    case 'text': {
      const place = {
        x: shape.x,
        y: shape.y,
        fontSize: shape.size,
        textAnchor: shape.anchor,
        transform: shape.rotate === undefined ? undefined : `rotate(${shape.rotate} ${shape.x} ${shape.y})`,
      }
      const [only] = shape.spans
      // most texts are one span: it needs no element of its own
      if (only !== undefined && shape.spans.length === 1)
        return (
          <text {...place} className={spanClass(only)} fontWeight={only.bold === true ? BOLD : undefined}>
            {only.text}
          </text>
        )
      return (
        <text {...place}>
          {shape.spans.map((span, index) => (
            <tspan key={index} className={spanClass(span)} fontWeight={span.bold === true ? BOLD : undefined}>
              {span.text}
            </tspan>
          ))}
        </text>
      )
    }
  }
}

const BOLD = 600

function spanClass({ tone, mono }: { readonly tone?: string | undefined; readonly mono?: boolean | undefined }): string {
  return `dg-f-${tone ?? 'fg1'} ${mono === true ? 'mono' : ''}`
}

/** Patterns that hatched bands are filled with; once a page. */
export function HatchPatterns() {
  return (
    <svg className="dg-defs" aria-hidden="true">
      <defs>
        {(['active', 'passive'] as const).map((tone) => (
          <pattern key={tone} id={`dg-hatch-${tone}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="dg-f-paper" />
            <rect width="2.6" height="5" className={`dg-f-${tone}`} />
          </pattern>
        ))}
      </defs>
    </svg>
  )
}
