// The argument of --export-objects, and the names of exported objects: what tshark 4.0.17 calls them, found by giving it targets of every kind. A name never leaves its folder: it has no separator.
import type { HttpObject } from '../engine/service/terminal'
import { UsageError } from './usage-error'

/** Longest name, in bytes of UTF-8. */
const LONGEST = 255
/** Characters that some file system forbids; a NUL ends a name before. */
const FORBIDDEN = /[\x01-\x1f<>:"/\\|?*]/g
/** Names that Windows gives to devices, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ ]*(?:\.|$)/i

/** The folder of `http,FOLDER`. Throws UsageError. */
export function parseExportObjects(argument: string): string {
  const [, type = '', folder = ''] = /^([^,]*),?(.*)$/s.exec(argument) ?? []
  if (type !== 'http')
    throw new UsageError(
      `"${type}" is not a type of objects that can be exported; available in this version: http, as in --export-objects http,FOLDER`,
    )
  if (folder === '' || folder.includes('\0')) throw new UsageError('"--export-objects" is specified as http,FOLDER; the folder is missing.')
  return folder
}

/** What an object is named after: the last part of its target with the query; packet and media type where there is no target. */
export function objectName({ target, frame, mediaType }: Pick<HttpObject, 'target' | 'frame' | 'mediaType'>): string {
  if (target === undefined) return `object${frame}${mediaType === '' ? '' : `.${mediaType}`}`
  const path = target.replace(/\/+$/, '')
  // nothing but slashes is one slash, nothing at all is the folder itself
  if (path === '') return target === '' ? '.' : '/'
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * The file's name; `nth` counts the objects of one name from 0, which gets no number. Not every answer may be used: `.` and `..` are folders, and what
 * exists already is to be kept. On Windows names of devices begin with an underline, and points and blanks at the end are written as numbers.
 */
export function fileName(name: string, nth: number, platform: NodeJS.Platform): string {
  const nul = name.indexOf('\0'),
    plain = nul < 0 ? name : name.slice(0, nul),
    escaped = plain.replace(FORBIDDEN, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`),
    number = nth === 0 ? '' : `(${nth})`,
    point = escaped.lastIndexOf('.')
  let stem = escaped,
    extension = ''
  // an extension stays whole where it leaves room for a character before it, or there is enough for everything
  if (point >= 0 && (size(escaped) + number.length <= LONGEST || size(escaped.slice(point)) + number.length < LONGEST)) {
    stem = escaped.slice(0, point)
    extension = escaped.slice(point)
  }
  const made = cut(stem, LONGEST - number.length - size(extension)) + number + extension
  return platform === 'win32' ? forWindows(made) : made
}

function forWindows(name: string): string {
  const ended = name.replace(/[. ]$/, (last) => (last === '.' ? '%2e' : '%20'))
  return DEVICE.test(ended) ? `_${ended}` : ended
}

function size(text: string): number {
  return Buffer.byteLength(text)
}

/** At most `limit` bytes of UTF-8. A character that does not fit wholly is left out, where tshark writes a part of it. */
function cut(text: string, limit: number): string {
  if (size(text) <= limit) return text
  const bytes = Buffer.from(text)
  let end = limit
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
