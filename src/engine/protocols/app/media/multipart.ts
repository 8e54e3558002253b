// MIME multipart (RFC 2046, 5.1): parts between boundaries, each with headers and a body of its own type. Cheap: enough for forms and mixed bodies.
import { printable } from '../../../bytes/printable'
import { defineProtocol, string } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { protocolByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'

/** Most parts that are looked into. */
const MAX_PARTS = 500

const FIELDS = {
  'mime_multipart.type': string('Type', { generated: true }),
  'mime_multipart.first_boundary': string('First boundary'),
  'mime_multipart.boundary': string('Boundary'),
  'mime_multipart.last_boundary': string('Last boundary'),
  'mime_multipart.part': string('Encapsulated multipart part'),
  'mime_multipart.header.content-disposition': string('Content-Disposition'),
  'mime_multipart.header.content-type': string('Content-Type'),
} as const
type PartFields = FieldIds<typeof FIELDS>

export const multipart = defineProtocol({
  name: 'mime_multipart',
  title: 'MIME Multipart Media Encapsulation',
  short: 'MIME multipart',
  firstVisit: 'none',
  accepts: {
    media_type: [
      'multipart/',
      'multipart/form-data',
      'multipart/mixed',
      'multipart/related',
      'multipart/byteranges',
      'multipart/alternative',
      'multipart/report',
    ],
  },
  fields: FIELDS,
  decode(d, f) {
    const type = typeof d.key === 'string' ? d.key : '',
      boundary = /boundary="?([^";]*)/i.exec(d.keyDetail)?.[1]?.trim() ?? ''
    if (d.labels)
      d.tree.labels[d.layerNode] = `MIME Multipart Media Encapsulation, Type: ${type}${boundary ? `, Boundary: "${boundary}"` : ''}`
    d.generatedValue(f['mime_multipart.type'], type)
    const text = d.latin1(d.at, d.readable),
      mark = `--${boundary}`,
      base = d.at
    let at = boundary ? text.indexOf(mark) : -1
    if (at < 0) {
      data(d, base, d.end)
      return
    }
    for (let parts = 0; parts < MAX_PARTS; parts++) {
      const isLast = text.startsWith('--', at + mark.length),
        newline = text.indexOf('\n', at),
        lineEnd = newline < 0 ? text.length : newline + 1
      d.value(
        isLast ? f['mime_multipart.last_boundary'] : parts === 0 ? f['mime_multipart.first_boundary'] : f['mime_multipart.boundary'],
        base + at,
        base + lineEnd,
        printable(text.slice(at, lineEnd)),
      )
      if (isLast || newline < 0) return
      const found = text.indexOf(`\n${mark}`, lineEnd - 1),
        next = found < 0 ? text.length : found + 1
      const partEnd = found < 0 ? text.length : text[found - 1] === '\r' ? found - 1 : found
      part(d, f, text, lineEnd, Math.max(lineEnd, partEnd), base)
      if (found < 0) return
      at = next
    }
  },
})

function part(d: Decoder, f: PartFields, text: string, start: number, end: number, base: number): void {
  d.range(f['mime_multipart.part'], base + start, base + end)
  if (d.labels) d.label('Encapsulated multipart part')
  const outer = d.enter()
  let at = start,
    type = '',
    parameters = ''
  while (at < end) {
    const newline = text.indexOf('\n', at),
      next = newline < 0 || newline >= end ? end : newline + 1,
      line = text.slice(at, next).replace(/\r?\n$/, '')
    if (line === '') {
      at = next
      break
    }
    const value = line.slice(line.indexOf(':') + 1).trim()
    if (/^content-type:/i.test(line)) {
      d.value(f['mime_multipart.header.content-type'], base + at, base + next, printable(value))
      const cut = value.search(/[;, \t]/)
      type = (cut < 0 ? value : value.slice(0, cut)).toLowerCase()
      parameters = cut < 0 ? '' : value.slice(cut + 1).trim()
    } else if (/^content-disposition:/i.test(line))
      d.value(f['mime_multipart.header.content-disposition'], base + at, base + next, printable(value))
    else d.note(base + at, base + next, d.labels ? printable(line) : '')
    at = next
  }
  if (at < end) {
    d.keyDetail = parameters
    if (type === '' || !d.next('media_type', type, base + at, base + end)) data(d, base + at, base + end)
  }
  d.leave(outer)
}

function data(d: Decoder, start: number, end: number): void {
  const protocol = protocolByName('data')
  if (protocol && end > start) d.layer(protocol, start, end, true)
}
