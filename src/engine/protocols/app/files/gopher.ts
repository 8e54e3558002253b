// Gopher (RFC 1436): the selector that a client sends, and the items of a directory that a server answers with.
import { asciiValue, printable } from '../../../bytes/printable'
import { char, defineProtocol, string } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { lineAt } from '../../../dissect/lines'
import type { FieldIds } from '../../../dissect/registry'

const PORT = 70
/** Item types (RFC 1436, 3.8), and those that came into use later. */
const ITEMS: Readonly<Record<string, string>> = {
  '0': 'Text file',
  '1': 'Menu',
  '2': 'CSO phone book entity',
  '3': 'Error',
  '4': 'BinHexed Macintosh file',
  '5': 'DOS binary file',
  '6': 'Uuencoded file',
  '7': 'Index server',
  '8': 'Telnet session',
  '9': 'Binary file',
  '+': 'Redundant server',
  g: 'GIF file',
  h: 'HTML file',
  i: 'Informational message',
  I: 'Image file',
  s: 'Audio file',
  T: 'Tn3270 session',
}

const FIELDS = {
  'gopher.request': string('Gopher client request'),
  'gopher.directory': string('Directory item'),
  'gopher.directory.type': char('Type', { base: 'hex', values: (value) => ITEMS[String.fromCharCode(value)] }),
  'gopher.directory.name': string('Name'),
  'gopher.directory.selector': string('Selector'),
  'gopher.directory.host': string('Host'),
  'gopher.directory.port': string('Port'),
  'gopher.unknown': string('Unknown Gopher transaction data'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** Most characters of a part of an item that is believed to be one. */
const MAX_NAME = 90,
  MAX_SELECTOR = 255,
  MAX_HOST = 255,
  MAX_PORT = 5

/** An item of a directory, as offsets in the payload. */
interface Item {
  readonly nameEnd: number
  readonly selectorEnd: number
  readonly hostEnd: number
  readonly end: number
  readonly next: number
}

function tab(d: Decoder, start: number, end: number, longest: number): number {
  const found = d.indexOf(9, start, end)
  return found >= 0 && found - start <= longest ? found : -1
}

function itemAt(d: Decoder, start: number): Item | undefined {
  const line = lineAt(d, start),
    { end } = line,
    nameEnd = tab(d, start + 1, end, MAX_NAME),
    selectorEnd = nameEnd < 0 ? -1 : tab(d, nameEnd + 1, end, MAX_SELECTOR),
    hostEnd = selectorEnd < 0 ? -1 : tab(d, selectorEnd + 1, end, MAX_HOST)
  if (hostEnd < 0) return undefined
  // Gopher+ adds a field of its own
  const more = d.indexOf(9, hostEnd + 1, end),
    portEnd = more < 0 ? end : more
  return portEnd - hostEnd - 1 > 0 && portEnd - hostEnd - 1 <= MAX_PORT && line.next > end
    ? { nameEnd, selectorEnd, hostEnd, end: portEnd, next: line.next }
    : undefined
}

function item(d: Decoder, f: Ids, start: number, at: Item): void {
  const text = (from: number, to: number) => asciiValue(d.latin1(from, to))
  d.value(f['gopher.directory'], start, at.next, text(start + 1, at.nameEnd))
  const outer = d.enter(),
    type = d.peek8(start)
  d.add(f['gopher.directory.type'], start, start + 1, type)
  if (d.labels) d.label(`Type: ${ITEMS[String.fromCharCode(type)] ?? 'Unknown'} ('${printable(String.fromCharCode(type))}')`)
  d.value(f['gopher.directory.name'], start + 1, at.nameEnd, text(start + 1, at.nameEnd))
  d.value(f['gopher.directory.selector'], at.nameEnd + 1, at.selectorEnd, text(at.nameEnd + 1, at.selectorEnd))
  d.value(f['gopher.directory.host'], at.selectorEnd + 1, at.hostEnd, text(at.selectorEnd + 1, at.hostEnd))
  d.value(f['gopher.directory.port'], at.hostEnd + 1, at.end, text(at.hostEnd + 1, at.end))
  d.leave(outer)
}

export const gopher = defineProtocol({
  name: 'gopher',
  title: 'Gopher',
  short: 'Gopher',
  firstVisit: 'none',
  accepts: { 'tcp.port': [PORT] },
  fields: FIELDS,
  decode(d, f) {
    const start = d.at,
      end = d.readable,
      isRequest = d.packet.destinationPort === PORT || (d.packet.sourcePort !== PORT && d.packet.direction === 0)
    d.setProtocol('Gopher')
    if (isRequest) {
      const line = lineAt(d, start),
        words = line.end === start ? '[Directory list]' : asciiValue(d.latin1(start, line.end))
      if (d.summary) d.setInfo(`Request: ${line.end === start ? words : printable(d.latin1(start, line.end))}`)
      if (d.labels) d.tree.labels[d.layerNode] = `Gopher request: ${words}`
      d.value(f['gopher.request'], start, line.end, words)
      d.at = d.end
      return
    }
    let at = start
    for (let found = itemAt(d, at); found && at < end; found = itemAt(d, at)) {
      item(d, f, at, found)
      at = found.next
    }
    const isDirectory = at > start
    if (d.summary) d.setInfo(isDirectory ? 'Response: [Directory list]' : 'Response')
    if (d.labels) d.tree.labels[d.layerNode] = `Gopher response: ${isDirectory ? '[Directory list]' : '[Unknown]'}`
    if (!isDirectory && end > start) d.value(f['gopher.unknown'], start, end, asciiValue(d.latin1(start, end)))
    d.at = d.end
  },
})
