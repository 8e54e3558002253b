// The text formats of a diagram by name. PNG and PDF need a rasteriser and a PDF writer, which hosts bring.
import { htmlParts } from './html'
import { mermaidParts } from './mermaid'
import { plainParts } from './plain-text'
import { plantumlParts } from './plantuml'
import type { Scene } from './scene'
import { svgParts, type SvgOptions } from './svg'

/** Formats that are text. */
export type TextFormat = 'svg' | 'html' | 'mermaid' | 'plantuml' | 'text'

/** A diagram in a text format, in pieces; the same bytes for the same capture and options. */
export function textParts(scene: Scene, format: TextFormat, options: SvgOptions): Generator<string> {
  switch (format) {
    case 'svg':
      return svgParts(scene, options)
    case 'html':
      return htmlParts(scene, options)
    case 'mermaid':
      return mermaidParts(scene.ladder)
    case 'plantuml':
      return plantumlParts(scene.ladder, options.theme)
    case 'text':
      return plainParts(scene.ladder)
  }
}
