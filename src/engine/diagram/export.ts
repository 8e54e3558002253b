// A diagram as a file, in any format. PNG, PDF and embedded fonts come from the host.
import type { Trace } from '../index/trace'
import { encodeUtf8 } from '../bytes/utf8'
import { htmlParts } from './html'
import { mermaidParts } from './mermaid'
import { plainParts } from './plain-text'
import { plantumlParts } from './plantuml'
import type { DrawnLadder } from './drawn-ladder'
import { svgParts, type EmbeddedFace, type SvgOptions } from './svg'
import type { DiagramTheme } from './tones'
import type { Language } from './words'

/** Formats that are text. */
export type TextFormat = 'svg' | 'html' | 'mermaid' | 'plantuml' | 'text'

/** Every format. */
export type PictureFormat = TextFormat | 'png' | 'pdf'

/** What the host draws with. */
export interface Painter {
  faces(language: Language): Promise<readonly EmbeddedFace[]>
  png(scene: DrawnLadder, theme: DiagramTheme, scale: number, write: (bytes: Uint8Array) => void): Promise<void>
  pdf(scene: DrawnLadder, theme: DiagramTheme, made: Date, write: (bytes: Uint8Array) => void): Promise<void>
}

/** A diagram in a text format, in pieces; the same bytes for the same capture and options. */
export function textParts(scene: DrawnLadder, format: TextFormat, options: SvgOptions): Generator<string> {
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

/** Writes a whole diagram. `scale` is PNG's alone. A PDF says that it was made when the capture began, so that its bytes are always the same. */
export async function writeDiagram(
  scene: DrawnLadder,
  trace: Trace,
  choice: { readonly format: PictureFormat; readonly theme: DiagramTheme; readonly scale: number },
  painter: Painter,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  const { format, theme, scale } = choice
  if (format === 'png') await painter.png(scene, theme, scale, write)
  else if (format === 'pdf') await painter.pdf(scene, theme, new Date(trace.packets === 0 ? 0 : trace.seconds(1) * 1000), write)
  else {
    const faces = format === 'svg' || format === 'html' ? await painter.faces(scene.ladder.language) : []
    // a long diagram has a hundred thousand parts: they are written by the megabyte
    let text = ''
    for (const part of textParts(scene, format, { theme, faces })) {
      text += part
      if (text.length < WRITTEN_AT_ONCE) continue
      write(encodeUtf8(text))
      text = ''
    }
    write(encodeUtf8(text))
  }
}

/** Characters. */
const WRITTEN_AT_ONCE = 1 << 20
