// Payloads by media type that need little more than a row of their own: text, forms, XML, JSON, pictures, and whatever else has a type.
// The tables are those of tshark 4.0.17. Not covered: the structure of JSON, XML and pictures.
import { printable } from '../../../bytes/printable'
import { utf8Text } from '../../../bytes/text'
import { bytes, defineProtocol, string } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { protocolByName } from '../../../dissect/registry'

/** Most lines of a text that get rows. */
const MAX_LINES = 5000

/** Key by which the layer was called, for Info texts: the media type. */
function typeOf(d: Decoder): string {
  return typeof d.key === 'string' ? d.key : ''
}

export const dataTextLines = defineProtocol({
  name: 'data-text-lines',
  title: 'Line-based text data',
  short: 'Line-based text data',
  firstVisit: 'none',
  accepts: {
    media_type: [
      'text/plain',
      'text/richtext',
      'text/enriched',
      'text/parameters',
      'text/html',
      'text/css',
      'text/javascript',
      'application/x-javascript',
      'application/x-ns-proxy-autoconfig',
      'application/xml-external-parsed-entity',
      'text/xml-external-parsed-entity',
    ],
  },
  fields: {},
  decode(d) {
    const type = typeOf(d),
      xmlProtocol = protocolByName('xml')
    // text that says to be XML is told as such
    if (xmlProtocol && d.latin1(d.at, d.at + 5) === '<?xml') {
      d.layer(xmlProtocol, d.at, d.end)
      return
    }
    if (type && d.tree.chain.at(-2) !== 'json') d.appendInfo(` (${type})`)
    if (!d.labels) return
    const start = d.at,
      end = d.readable
    let lines = 0
    for (let at = start; at < end; lines++) {
      const newline = d.indexOf(10, at, end),
        next = newline < 0 ? end : newline + 1
      if (lines < MAX_LINES) d.note(at, next, printable(d.latin1(at, next)))
      at = next
    }
    d.tree.labels[d.layerNode] = `Line-based text data${type ? `: ${type}` : ''} (${lines} lines)`
  },
})

export const urlencodedForm = defineProtocol({
  name: 'urlencoded-form',
  title: 'HTML Form URL Encoded',
  short: 'HTML Form URL Encoded',
  firstVisit: 'none',
  accepts: { media_type: ['application/x-www-form-urlencoded'] },
  fields: { 'urlencoded-form.key': string('Key'), 'urlencoded-form.value': string('Value') },
  decode(d, f) {
    const type = typeOf(d)
    d.appendInfo(` (${type})`)
    if (d.labels) d.tree.labels[d.layerNode] = `HTML Form URL Encoded: ${type}`
    const start = d.at,
      text = d.latin1(start, d.readable)
    let at = start
    for (const item of text.split('&')) {
      const end = at + item.length,
        equals = item.indexOf('='),
        key = unescaped(equals < 0 ? item : item.slice(0, equals)),
        value = equals < 0 ? '' : unescaped(item.slice(equals + 1))
      if (item) {
        d.note(at, end, d.labels ? `Form item: "${printable(key)}" = "${printable(value)}"` : '')
        const outer = d.enter()
        d.value(f['urlencoded-form.key'], at, equals < 0 ? end : at + equals, printable(key))
        d.value(f['urlencoded-form.value'], equals < 0 ? end : at + equals + 1, end, printable(value))
        d.leave(outer)
      }
      at = end + 1
    }
  },
})

/** Undoes percent-encoding and plus signs; one character a byte. */
function unescaped(text: string): string {
  return text.replace(/\+/g, ' ').replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

export const xml = defineProtocol({
  name: 'xml',
  title: 'eXtensible Markup Language',
  short: 'XML',
  firstVisit: 'none',
  accepts: {
    media_type: [
      'text/xml',
      'application/xml',
      'application/xml-dtd',
      'text/vnd.wap.wml',
      'text/vnd.wap.si',
      'text/vnd.wap.sl',
      'text/vnd.wap.co',
      'text/vnd.wap.emn',
      'application/atom+xml',
      'application/auth-policy+xml',
      'application/ccmp+xml',
      'application/conference-info+xml',
      'application/cpim-pidf+xml',
      'application/mathml+xml',
      'application/pidf+xml',
      'application/rdf+xml',
      'application/reginfo+xml',
      'application/rlmi+xml',
      'application/rls-services+xml',
      'application/rss+xml',
      'application/simservs+xml',
      'application/smil',
      'application/soap+xml',
      'application/vnd.etsi.aoc+xml',
      'application/watcherinfo+xml',
      'application/x-crd+xml',
      'application/x-wms-logconnectstats',
      'application/x-wms-logplaystats',
      'application/x-wms-sendevent',
      'application/xcap-diff+xml',
      'application/xcap-error+xml',
      'application/xslt+xml',
      'image/svg+xml',
      'message/imdn+xml',
    ],
  },
  heuristic: ['http'],
  // Wireshark's heuristic is off by default; only a document that says so is taken
  recognises: () => false,
  fields: {},
  decode(d) {
    if (d.summary) d.protocolColumn += '/XML'
  },
})

export const json = defineProtocol({
  name: 'json',
  title: 'JavaScript Object Notation',
  short: 'JSON',
  firstVisit: 'none',
  accepts: {
    media_type: [
      'application/json',
      'application/json-rpc',
      'application/jsonrequest',
      'application/dds-web+json',
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/problem+json',
      'application/senml+json',
      'application/x-ndjson',
    ],
  },
  fields: {},
  decode(d) {
    const type = typeOf(d)
    if (d.summary) {
      d.protocolColumn += '/JSON'
      d.appendInfo(`, JavaScript Object Notation${type ? ` (${type})` : ''}`)
    }
    if (d.labels && type) d.tree.labels[d.layerNode] = `JavaScript Object Notation: ${type}`
    const text = protocolByName('data-text-lines')
    if (!isJson(utf8Text(d.slice(d.at, d.readable))) && text) d.layer(text, d.at, d.end)
  },
})

/** Whether a text is JSON; a trailing NUL or blank is allowed. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/[\0\s]+$/, ''))
    return true
  } catch {
    // not JSON: it is shown as text
    return false
  }
}

export const media = defineProtocol({
  name: 'media',
  title: 'Media Type',
  short: 'Media',
  firstVisit: 'none',
  fields: { 'media.type': bytes('Media type') },
  decode(d, f) {
    const type = typeOf(d),
      length = d.leftCaptured
    if (type) d.appendInfo(` (${type})`)
    d.range(f['media.type'], d.at, d.at + length)
    if (d.labels) d.label(`Media type: ${type} (${length} byte${length === 1 ? '' : 's'})`)
  },
})
