// A diagram as a file, in any format. PNG, PDF and embedded fonts come from the host.
import type { Trace } from '../index/trace'
import { encodeUtf8 } from '../bytes/utf8'
import { htmlParts } from './html'
import { mermaidParts } from './mermaid'
import { plainParts } from './plain-text'
import { plantumlParts } from './plantuml'
import type { DrawnLadder } from './drawn-ladder'
import type { Picture } from './picture'
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
  png(scene: Picture, theme: DiagramTheme, scale: number, write: (bytes: Uint8Array) => void): Promise<void>
  pdf(scene: Picture, theme: DiagramTheme, made: Date, write: (bytes: Uint8Array) => void): Promise<void>
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

/** Formats of a picture without the texts of a ladder. */
export type ChartFormat = 'svg' | 'html' | 'png' | 'pdf'

/** Whose colours a picture has, and how many pixels each of its own is in a PNG. */
export interface Look {
  readonly theme: DiagramTheme
  readonly scale: number
}

/** Writes a whole diagram. `scale` is PNG's alone. A PDF says that it was made when the capture began, so that its bytes are always the same. */
export async function writeDiagram(
  scene: DrawnLadder,
  trace: Trace,
  choice: Look & { readonly format: PictureFormat },
  painter: Painter,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  const { format } = choice
  if (format === 'mermaid' || format === 'plantuml' || format === 'text')
    writeParts(textParts(scene, format, { theme: choice.theme, faces: [] }), write)
  else await writePicture(scene, trace, { ...choice, format }, painter, write)
}

/** Writes any picture; see writeDiagram. */
export async function writePicture(
  picture: Picture,
  trace: Trace,
  { format, theme, scale }: Look & { readonly format: ChartFormat },
  painter: Painter,
  write: (bytes: Uint8Array) => void,
): Promise<void> {
  if (format === 'png') await painter.png(picture, theme, scale, write)
  else if (format === 'pdf') await painter.pdf(picture, theme, new Date(trace.packets === 0 ? 0 : trace.seconds(1) * 1000), write)
  else {
    const options = { theme, faces: await painter.faces(picture.language) }
    writeParts(format === 'svg' ? svgParts(picture, options) : htmlParts(picture, options), write)
  }
}

/** A long diagram has a hundred thousand parts: they are written by the megabyte. */
function writeParts(parts: Iterable<string>, write: (bytes: Uint8Array) => void): void {
  let text = ''
  for (const part of parts) {
    text += part
    if (text.length < WRITTEN_AT_ONCE) continue
    write(encodeUtf8(text))
    text = ''
  }
  write(encodeUtf8(text))
}

/** Characters. */
const WRITTEN_AT_ONCE = 1 << 20
