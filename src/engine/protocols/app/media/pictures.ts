// Pictures, told by their signatures whatever their type says: a row and the words of the Info column.
import { bytes, defineProtocol, string } from '../../../dissect/define'

export const png = defineProtocol({
  name: 'png',
  title: 'Portable Network Graphics',
  short: 'PNG',
  firstVisit: 'none',
  accepts: { media_type: ['image/png'] },
  heuristic: ['http'],
  recognises: (d) => d.left >= 20 && d.peek32() === 0x89504e47 && d.peek32(d.at + 4) === 0x0d0a1a0a,
  fields: { 'png.signature': bytes('PNG Signature') },
  decode(d, f): void | false {
    if (d.left < 20 || d.peek32() !== 0x89504e47 || d.peek32(d.at + 4) !== 0x0d0a1a0a) return false
    d.appendInfo(' (PNG)')
    d.span(f['png.signature'], 8)
  },
})

export const gif = defineProtocol({
  name: 'image-gif',
  title: 'Compuserve GIF',
  short: 'GIF image',
  firstVisit: 'none',
  accepts: { media_type: ['image/gif'] },
  heuristic: ['http'],
  recognises: (d) => d.left >= 20 && /^GIF8[79]a$/.test(d.latin1(d.at, d.at + 6)),
  fields: { 'image-gif.version': string('Version') },
  decode(d, f): void | false {
    const version = d.latin1(d.at, d.at + 6)
    if (d.left < 20 || !/^GIF8[79]a$/.test(version)) return false
    d.appendInfo(` (${version})`)
    if (d.labels) d.tree.labels[d.layerNode] = `Compuserve GIF, Version: ${version}`
    d.span(f['image-gif.version'], 6)
  },
})

export const jfif = defineProtocol({
  name: 'image-jfif',
  title: 'JPEG File Interchange Format',
  short: 'JFIF (JPEG) image',
  firstVisit: 'none',
  accepts: { media_type: ['image/jpeg', 'image/jpg', 'image/jfif', 'image/pjpeg'] },
  heuristic: ['http'],
  recognises: (d) => d.left >= 20 && d.peek24() === 0xffd8ff && d.peek32(d.at + 6) === 0x4a464946,
  fields: {},
  decode(d): void | false {
    if (d.left < 20 || d.peek24() !== 0xffd8ff) return false
    d.appendInfo(' (JPEG JFIF image)')
  },
})
