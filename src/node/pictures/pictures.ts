// The pictures that only Node hosts can draw, loaded when one is asked for: the rasteriser and the PDF writer are large.
import type { PicturePort } from '../../engine/service/ports'

/** Fonts, PNG and PDF for the engine service. */
export const nodePictures: PicturePort = {
  async faces(language) {
    const { FACES } = await import('./fonts')
    return language === 'zh' ? FACES : FACES.filter(({ family }) => family !== 'han')
  },
  async png(scene, theme, scale, write) {
    const { drawPng } = await import('./png')
    await drawPng(scene, theme, scale, write)
  },
  async pdf(scene, theme, made, write) {
    const { drawPdf } = await import('./pdf')
    await drawPdf(scene, theme, made, write)
  },
}
