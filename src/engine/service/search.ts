// Finding the next packet that fits, among those displayed.
import { TraceError } from '../../shared/errors'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { rowText } from '../dissect/format'
import { HIDDEN } from '../dissect/tree-buffer'
import { escapeText, utf8Text } from '../bytes/text'
import { textBytes } from '../filter/value'
import { PROTOCOL, STATUS } from '../index/columns'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { FilterMacro } from '../filter'
import { compileFilter } from './display-filter'
import { storedMacros } from './filter-macros'
import { addressText } from './names'
import type { OpenCapture } from './open-capture'

type What = Arguments<'rows.search'>['what']
/** Whether a packet fits; dissects it if it has to. */
type Finder = (number: number) => boolean

const LIST = { summary: true, labels: false } as const
const TREE = { summary: false, labels: true } as const
const PLAIN = { summary: false, labels: false } as const

/** The search of the packet list. */
export function searchMethods(context: ServiceContext): Pick<ServiceMethods, 'rows.search'> {
  return {
    'rows.search': ({ captureId, from, backwards, what }, call) =>
      search(context, captureOf(context, captureId), from, backwards, what, call),
  }
}

async function search(
  context: ServiceContext,
  capture: OpenCapture,
  from: number,
  backwards: boolean,
  what: What,
  call: CallContext,
): Promise<{ number: number; row: number; wrapped: boolean }> {
  const finder = finderFor(capture, what, from, storedMacros(context.ports.documents))
  const task = new SlicedTask(context, call, capture)
  const size = capture.displayed.size
  const none = { number: 0, row: -1, wrapped: false }
  if (size === 0) return none
  const start = startRow(capture, from, backwards)
  const step = backwards ? -1 : 1
  for (let count = 0; count < size; count++) {
    const unwrapped = start + step * count
    const row = ((unwrapped % size) + size) % size
    const number = capture.displayed.at(row)
    // The packet where the search began is looked at last, when it has gone all the way round.
    if (!capture.ignored.has(number) && finder(number)) return { number, row, wrapped: unwrapped < 0 || unwrapped >= size }
    if (task.isDue) await task.pause({ done: count, total: size })
  }
  return none
}

function startRow(capture: OpenCapture, from: number, backwards: boolean): number {
  if (from <= 0) return backwards ? capture.displayed.size - 1 : 0
  const { row, exact } = capture.displayed.find(from)
  if (backwards) return row - 1
  return exact ? row + 1 : row
}

function finderFor(capture: OpenCapture, what: What, from: number, macros: readonly FilterMacro[]): Finder {
  const { trace } = capture
  switch (what.kind) {
    case 'filter': {
      const filter = compileFilter(what.text, { macros })
      return (number) => filter.passes(trace, number)
    }
    case 'string':
      if (what.text === '') throw new TraceError('rpc/bad-argument', 'There is nothing to look for.')
      if (what.where === 'bytes') return bytesFinder(capture, textBytes(what.text), !what.matchCase)
      return textFinder(capture, what.where, plainMatcher(what.text, what.matchCase))
    case 'regex':
      return textFinder(capture, what.where, regexMatcher(what.text, what.matchCase))
    case 'hex':
      return hexFinder(capture, what.text)
    case 'marked':
      return (number) => capture.marked.has(number)
    case 'time-reference':
      return (number) => capture.timeReferences.has(number)
    case 'comment':
      return (number) => capture.commented.has(number)
    case 'conversation': {
      if (from <= 0) return () => false
      const wanted = conversationOf(capture, from)
      return (number) => wanted !== '' && conversationOf(capture, number) === wanted
    }
  }
}

function plainMatcher(text: string, matchCase: boolean): (haystack: string) => boolean {
  if (matchCase) return (haystack) => haystack.includes(text)
  const lower = text.toLowerCase()
  return (haystack) => haystack.toLowerCase().includes(lower)
}

function regexMatcher(text: string, matchCase: boolean): (haystack: string) => boolean {
  let regex: RegExp
  try {
    regex = new RegExp(text, matchCase ? 'u' : 'iu')
  } catch (error) {
    throw new TraceError(
      'rpc/bad-argument',
      `The regular expression is wrong: ${error instanceof Error ? error.message : 'it cannot be read'}`,
    )
  }
  return (haystack) => regex.test(haystack)
}

function textFinder(capture: OpenCapture, where: 'list' | 'tree' | 'bytes', matches: (text: string) => boolean): Finder {
  const { trace } = capture
  switch (where) {
    case 'list':
      return (number) => {
        const { packet, protocolColumn, infoColumn } = trace.dissect(number, LIST)
        return (
          matches(escapeText(infoColumn)) ||
          matches(protocolColumn) ||
          matches(addressText(packet.source)) ||
          matches(addressText(packet.destination)) ||
          matches(String(number))
        )
      }
    case 'tree':
      return (number) => {
        const { tree } = trace.dissect(number, TREE)
        for (let node = 0; node < tree.count; node++)
          if (((tree.flags[node] ?? 0) & HIDDEN) === 0 && matches(rowText(tree, node))) return true
        return false
      }
    case 'bytes':
      return (number) => matches(utf8Text(trace.frame(number)))
  }
}

function hexFinder(capture: OpenCapture, text: string): Finder {
  const digits = text.replace(/0x|[\s:.,-]/gi, '')
  if (!/^([0-9a-f]{2})+$/i.test(digits))
    throw new TraceError('rpc/bad-argument', 'Write the bytes as pairs of hexadecimal digits, for example 47 45 54.')
  return bytesFinder(
    capture,
    Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    false,
  )
}

/** Finds bytes in packets; `foldCase` takes ASCII letters of either case for the same. */
function bytesFinder(capture: OpenCapture, wanted: Uint8Array, foldCase: boolean): Finder {
  const pattern = foldCase ? wanted.map(lowerByte) : wanted
  return (number) => contains(capture.trace.frame(number), pattern, foldCase)
}

function contains(bytes: Uint8Array, wanted: Uint8Array, foldCase: boolean): boolean {
  const last = bytes.length - wanted.length
  const first = wanted[0] ?? 0
  for (let at = 0; at <= last; at++) {
    if (!foldCase) {
      // The engine's own search is much faster than a loop.
      at = bytes.indexOf(first, at)
      if (at < 0 || at > last) return false
    }
    let same = 0
    while (same < wanted.length && (foldCase ? lowerByte(bytes[at + same] ?? 0) : bytes[at + same]) === wanted[same]) same++
    if (same === wanted.length) return true
  }
  return false
}

function lowerByte(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}

/**
 * What makes two packets one conversation: the TCP or UDP stream, otherwise the pair of addresses. '' for none. From the index where that can be
 * trusted, so that a search over millions of packets reads none.
 */
function conversationOf(capture: OpenCapture, number: number): string {
  const { columns, records } = capture.trace
  const row = number - 1
  const stream = columns.stream.get(row)
  if (stream > 0 && (records.status.get(row) & STATUS.REPEATED) === 0) {
    return `${(columns.protocols.get(row) & PROTOCOL.TCP) === 0 ? 'udp' : 'tcp'} ${stream - 1}`
  }
  const { packet } = capture.trace.dissect(number, PLAIN)
  if (packet.stream >= 0) return `${packet.transport} ${packet.stream}`
  const ends = [addressText(packet.source), addressText(packet.destination)].sort()
  return ends[0] === '' && ends[1] === '' ? '' : ends.join(' ')
}
