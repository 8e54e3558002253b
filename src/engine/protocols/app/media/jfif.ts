// JPEG File Interchange Format (JFIF 1.02), told by its signature whatever its type says: a row and the words of the Info column.
// Not covered: marker segments, Exif.
import { defineProtocol } from '../../../dissect/define'

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
