// TFTP (RFC 1350) with options (RFC 2347 to 2349, 7440) and Microsoft's variable window. The transfer of a request goes on between new ports.
// Not covered: putting the blocks of a file together.
import { asciiValue, printable } from '../../../bytes/printable'
import {
  announceConversation,
  announcementOf,
  bytes,
  conversationOf,
  defineProgress,
  defineProtocol,
  defineState,
  expert,
  framenum,
  progressOf,
  string,
  u16,
  u32,
} from '../../../dissect/define'
import type { Announcement, Decoder, Progress } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const RRQ = 1,
  WRQ = 2,
  DATA = 3,
  ACK = 4,
  ERROR = 5,
  OACK = 6,
  INFORMATION = 255
const OPCODES: Readonly<Record<number, string>> = {
  [RRQ]: 'Read Request',
  [WRQ]: 'Write Request',
  [DATA]: 'Data Packet',
  [ACK]: 'Acknowledgement',
  [ERROR]: 'Error Code',
  [OACK]: 'Option Acknowledgement',
  [INFORMATION]: 'Information (MSDP)',
}
const ERRORS: Readonly<Record<number, string>> = {
  0: 'Not defined',
  1: 'File not found',
  2: 'Access violation',
  3: 'Disk full or allocation exceeded',
  4: 'Illegal TFTP Operation',
  5: 'Unknown transfer ID',
  6: 'File already exists',
  7: 'No such user',
  8: 'Option negotiation failed',
}
const DEFAULT_BLOCK = 512
/** Block numbers are followed by halves of their range, so that a wrapped one is told from one that was repeated. */
const HALF = 0x8000

const FIELDS = {
  'tftp.opcode': u16('Opcode', { values: OPCODES }),
  'tftp.source_file': string('Source File'),
  'tftp.destination_file': string('Destination File'),
  'tftp.request_frame': framenum('Request frame', { generated: true }),
  'tftp.type': string('Type'),
  'tftp.block': u16('Block'),
  'tftp.block.full': u32('Full Block Number', { generated: true }),
  'tftp.nextwindowsize': u16('Next Window Size'),
  'tftp.error.code': u16('Error code', { values: ERRORS }),
  'tftp.error.message': string('Error message'),
  'tftp.option.name': string('Option name'),
  'tftp.option.value': string('Option value'),
  'tftp.data': bytes('Data'),
  'tftp.error': expert('warning', 'response', 'TFTP ERROR packet'),
  'tftp.blocksize_range': expert('warning', 'response', 'TFTP blocksize out of range'),
  'tftp.windowsize_range': expert('warning', 'response', 'TFTP windowsize out of range'),
  'tftp.block.wrap': expert('note', 'sequence', 'TFTP block number is about to wrap'),
  'tftp.msftwindow.unrecognized': expert('warning', 'response', 'Unrecognized msftwindow option'),
  'tftp.windowsize.change': expert('note', 'sequence', 'TFTP window size is changing'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** What a request asked for. */
interface Request {
  readonly frame: number
  readonly file: string
  readonly isRead: boolean
}
/** Where a transfer stands. */
interface Transfer {
  readonly blockSize: number
  readonly window: number
  /** Full number of the last block, in halves of the range of block numbers. */
  readonly halves: number
}
const TRANSFER = defineProgress<Transfer>('tftp', { blockSize: DEFAULT_BLOCK, window: 1, halves: 0 })

interface Requests {
  readonly announced: Map<Announcement, Request>
  /** Of conversations that carried the request themselves, in order. */
  readonly own: Map<number, Request[]>
}
const REQUESTS = defineState<Requests>('tftp.requests', () => ({ announced: new Map(), own: new Map() }))

function requestOf(d: Decoder): Request | undefined {
  const { announced, own } = d.state(REQUESTS),
    announcement = announcementOf(d)
  return (announcement && announced.get(announcement)) ?? own.get(conversationOf(d))?.findLast((request) => request.frame < d.packet.number)
}

/** A text that ends with NUL; a missing NUL is malformed. */
function zeroEnded(d: Decoder, field: Ids['tftp.source_file']): string {
  const zero = d.indexOf(0, d.at)
  if (zero < 0) d.require(d.left + 1)
  const raw = d.latin1(d.at, zero)
  d.text(field, zero + 1 - d.at, asciiValue(raw))
  return raw
}

export const tftp = defineProtocol({
  name: 'tftp',
  title: 'Trivial File Transfer Protocol',
  short: 'TFTP',
  accepts: { 'udp.port': [69] },
  heuristic: ['udp'],
  recognises: looksLikeRequest,
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, TRANSFER)
    d.setProtocol('TFTP')
    const opcode = d.u16(f['tftp.opcode'])
    if (d.summary) d.setInfo(OPCODES[opcode] ?? `Unknown (0x${opcode.toString(16).padStart(4, '0')})`)
    if (opcode === RRQ || opcode === WRQ) request(d, f, progress, opcode === RRQ)
    else {
      const asked = requestOf(d)
      if (asked) {
        if (asked.file) d.generatedValue(f['tftp.destination_file'], asked.file, d.at, d.at)
        d.generated(f['tftp.request_frame'], asked.frame, d.at, d.at)
        if (d.labels) d.label(`${asked.isRead ? 'Read' : 'Write'} Request in frame ${asked.frame}`)
      }
      if (opcode === DATA) data(d, f, progress)
      else if (opcode === ACK) acknowledgement(d, f, progress)
      else if (opcode === ERROR) error(d, f)
      else if (opcode === OACK || opcode === INFORMATION) options(d, f, progress, opcode === OACK)
      else if (d.left > 0) d.span(f['tftp.data'], d.left)
    }
    if (d.first) progress.keep(d.packet.number)
  },
})

function request(d: Decoder, f: Ids, progress: Progress<Transfer>, isRead: boolean): void {
  const file = zeroEnded(d, isRead ? f['tftp.source_file'] : f['tftp.destination_file'])
  if (d.summary) d.appendInfo(`, File: ${printable(file)}`)
  const type = zeroEnded(d, f['tftp.type'])
  if (d.summary) d.appendInfo(`, Transfer type: ${printable(type)}`)
  if (d.first) enterRequest(d, { frame: d.packet.number, file: asciiValue(file), isRead })
  progress.now = { blockSize: DEFAULT_BLOCK, window: 1, halves: 0 }
  options(d, f, progress, false)
}

/** The server answers from a port of its own choice; a request to another port than TFTP's announces nothing. */
function enterRequest(d: Decoder, asked: Request): void {
  const { packet } = d,
    { announced, own } = d.state(REQUESTS),
    conversation = conversationOf(d)
  if (packet.destinationPort === 69) {
    const announcement = announceConversation(d, 'udp', 'tftp', {
      address: packet.netSource,
      port: packet.sourcePort,
      peer: packet.netDestination,
      peerPort: 0,
    })
    if (announcement) announced.set(announcement, asked)
  }
  const list = own.get(conversation)
  if (list) list.push(asked)
  else own.set(conversation, [asked])
}

function options(d: Decoder, f: Ids, progress: Progress<Transfer>, isAnswer: boolean): void {
  while (d.left > 0) {
    const start = d.at,
      nameEnd = d.indexOf(0, start)
    // an option that is cut shows no row
    if (nameEnd < 0 || d.indexOf(0, nameEnd + 1) < 0) d.require(d.left + 1)
    d.note(start, start, '')
    const node = d.last,
      outer = d.enter(),
      name = zeroEnded(d, f['tftp.option.name']),
      value = zeroEnded(d, f['tftp.option.value']),
      amount = Number.parseInt(value, 10)
    d.tree.setEnd(node, d.at)
    d.tree.setObject(node, `Option: ${printable(name)} = ${printable(value)}`)
    if (d.summary) d.appendInfo(`, ${printable(name)}=${printable(value)}`)
    const option = name.toLowerCase()
    d.parent = outer
    if (option === 'blksize' && isAnswer) {
      if (amount >= 8 && amount <= 65_464) progress.now = { ...progress.now, blockSize: amount }
      else remark(d, node, f['tftp.blocksize_range'], start)
    } else if (option === 'windowsize') {
      if (amount >= 1 && amount <= 65_535) progress.now = { ...progress.now, window: amount }
      else remark(d, node, f['tftp.windowsize_range'], start)
    } else if (option === 'msftwindow' && value !== (isAnswer ? '27182' : '31416')) {
      remark(d, node, f['tftp.msftwindow.unrecognized'], start)
    }
  }
}

function remark(d: Decoder, node: number, field: Ids['tftp.windowsize_range'], start: number): void {
  const outer = d.enter(node)
  d.expert(field, start, d.at)
  d.leave(outer)
}

/** Reads a block number and follows its wraps. Returns the full number. */
function block(d: Decoder, f: Ids, progress: Progress<Transfer>): number {
  const number = d.u16(f['tftp.block']),
    node = d.last,
    centre = progress.now.halves * HALF + HALF / 2
  let full = number + Math.floor(centre / 0x10000) * 0x10000
  if (full - centre > HALF) full -= 0x10000
  else if (centre - full > HALF) full += 0x10000
  if (full < 0) full = number
  const halves = Math.floor(full / HALF)
  if (halves !== progress.now.halves) progress.now = { ...progress.now, halves }
  d.generated(f['tftp.block.full'], full, d.at - 2, d.at)
  if (number === 0xffff) {
    const outer = d.enter(node)
    d.expert(f['tftp.block.wrap'], d.at - 2, d.at)
    d.leave(outer)
  }
  return full
}

function data(d: Decoder, f: Ids, progress: Progress<Transfer>): void {
  const full = block(d, f, progress)
  if (d.summary) d.appendInfo(`, Block: ${full}${d.left < progress.now.blockSize ? ' (last)' : ''}`)
  const { at } = d
  d.layerEnds(at)
  if (d.left > 0) d.data(at)
}

function acknowledgement(d: Decoder, f: Ids, progress: Progress<Transfer>): void {
  const full = block(d, f, progress)
  if (d.summary) d.appendInfo(`, Block: ${full}`)
  if (d.left < 1) return
  const window = d.unsigned(f['tftp.nextwindowsize'], 1)
  if (window > 0 && window !== progress.now.window) {
    const outer = d.enter()
    d.expert(f['tftp.windowsize.change'], d.at - 1, d.at)
    d.leave(outer)
    progress.now = { ...progress.now, window }
  }
}

function error(d: Decoder, f: Ids): void {
  const start = d.at,
    code = d.u16(f['tftp.error.code'])
  if (d.summary) d.appendInfo(`, Code: ${ERRORS[code] ?? `Unknown (${code})`}`)
  const message = zeroEnded(d, f['tftp.error.message'])
  if (d.summary) d.appendInfo(`, Message: ${printable(message)}`)
  d.expert(f['tftp.error'], start, d.at)
}

/** A request with a printable file name and one of the three modes: how TFTP is told on other ports. */
function looksLikeRequest(d: Decoder): boolean {
  const opcode = d.peek16()
  if (opcode !== RRQ && opcode !== WRQ) return false
  const name = d.indexOf(0, d.at + 2),
    mode = name < 0 ? -1 : d.indexOf(0, name + 1)
  if (mode < 0 || name === d.at + 2) return false
  return (
    /^[\x20-\x7e]+$/.test(d.latin1(d.at + 2, Math.min(name, d.at + 258))) &&
    /^(netascii|octet|mail)$/i.test(d.latin1(name + 1, Math.min(mode, name + 12)))
  )
}
