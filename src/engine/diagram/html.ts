// A diagram as one HTML file: the picture, and below it the same rows as a table of sentences that can be read aloud and searched.
import type { Picture } from './picture'
import { svgParts, type SvgOptions } from './svg'
import { COLORS } from './tones'
import { wordsOf } from './words'
import { xml } from './xml'

/** The file in pieces. It holds no script and loads nothing. */
export function* htmlParts(scene: Picture, options: SvgOptions): Generator<string> {
  const colors = COLORS[options.theme]
  const words = wordsOf(scene.language)
  yield `<!doctype html>\n<html lang="${scene.language === 'zh' ? 'zh-CN' : 'en'}">\n<head>\n<meta charset="utf-8">\n`
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">\n`
  yield `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${xml(scene.title)}</title>\n`
  yield `<style>body{margin:0;background:${colors.paper};color:${colors.fg1};font:13px/1.5 system-ui,sans-serif}figure{margin:0;overflow-x:auto}figure>svg{display:block;margin:0 auto}ol{max-width:1032px;margin:24px auto;padding:0 24px 0 56px;color:${colors.fg2}}h2{max-width:1032px;margin:24px auto 0;padding:0 24px;font-size:13px}</style>\n`
  yield '</head>\n<body>\n<figure>\n'
  yield* svgParts(scene, options)
  yield `</figure>\n<h2>${xml(words.inWords)}</h2>\n<ol>\n`
  for (let index = 0; index < scene.rowCount; index++) yield `<li>${xml(scene.row(index).row.sentence)}</li>\n`
  yield '</ol>\n</body>\n</html>\n'
}
