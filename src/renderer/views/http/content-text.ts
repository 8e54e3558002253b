// Content as text: its character set undone, and JSON, HTML, CSS and scripts laid out.
import type { HttpMessageView } from '../../../shared/contract'

type Body = HttpMessageView['body']

/** The bytes as text by the declared character set, else by UTF-8. */
export function contentText(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset === '' ? 'utf-8' : charset).decode(bytes)
  } catch {
    // a name that no browser knows
    return new TextDecoder().decode(bytes)
  }
}

/** Lays text out for reading; undefined where it cannot be (cut JSON, kinds without a layout). */
export async function laidOut(kind: Body['kind'], text: string): Promise<string | undefined> {
  switch (kind) {
    case 'json':
      try {
        return JSON.stringify(JSON.parse(text), undefined, 2)
      } catch {
        return undefined
      }
    case 'html':
    case 'xml':
    case 'css':
    case 'script': {
      // large, and needed by few: it is loaded with the first text
      const { html, css, js } = (await import('js-beautify')).default
      const options = { indent_size: 2, wrap_line_length: 0, preserve_newlines: true, max_preserve_newlines: 2 }
      return kind === 'css' ? css(text, options) : kind === 'script' ? js(text, options) : html(text, options)
    }
    default:
      return undefined
  }
}
