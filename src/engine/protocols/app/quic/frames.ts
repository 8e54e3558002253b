// Frames inside a QUIC packet (RFC 9000, 19; RFC 9221; drafts of ACK frequency and time stamps). Data of streams is shown as bytes. Not covered: the
// frames of multipath experiments.
import type { Decoder } from '../../../dissect/define'
import { peekVarint, readVarint, varintSize } from '../../../dissect/quic-integer'
import { QUIC_FRAME_WORDS, quicFrameName } from '../../../values/quic'
import { acknowledgement, closes, ackFrequency, newConnectionId, stream } from './frame-kinds'
import type { QuicFields } from './fields'

/** CRYPTO in the versions Q050, T050 and T051. */
const GOOGLE_CRYPTO = 0x08
/** The upper bits of ACK there; the bit that says that several blocks follow, and the widths that two bits each stand for. */
const GOOGLE_ACK = 0x40,
  GOOGLE_ACK_BLOCKS = 0x20,
  GOOGLE_WIDTHS = [1, 2, 4, 6] as const

/** What the packet around the frames does with those that matter beyond it. */
export interface FrameHandlers {
  /** The data of a CRYPTO frame stands from..to and is `offset` bytes into its stream. */
  crypto(offset: number, from: number, to: number): void
  /** The data at from..to begins a stream, and is not put in order with other frames. */
  hello(from: number, to: number): void
  /** An end chose a further connection ID. */
  newId(id: Uint8Array): void
}

/** Reads frames to d.end; `google`: of the versions between Google's QUIC and the IETF's, whose CRYPTO frames have a type of their own. */
export function readFrames(d: Decoder, f: QuicFields, handlers: FrameHandlers, google: boolean): void {
  while (d.at < d.end) {
    const start = d.at,
      type = peekVarint(d, start),
      { parent } = d
    d.range(f['quic.frame'], start, d.readable)
    const node = d.last,
      outer = d.enter()
    const googleCrypto = google && type === GOOGLE_CRYPTO
    const googleAck = google && (d.peek8(start) & 0xc0) === GOOGLE_ACK
    let words: string
    if (type === 0) words = padding(d, google ? undefined : f)
    else if (googleCrypto) words = cryptoOfGoogle(d, f, handlers)
    else if (googleAck) words = acknowledgementOfGoogle(d)
    else words = frame(d, f, type, start, handlers)
    if (d.labels) d.tree.labels[node] = words
    d.leave(outer, Math.min(d.at, d.readable))
    d.parent = parent
    const isStream = (type & ~7) === 8 && !googleCrypto
    if (d.summary)
      d.appendInfo(
        `, ${isStream ? `STREAM(${words})` : googleCrypto || googleAck ? words : (QUIC_FRAME_WORDS[type] ?? quicFrameName(type) ?? 'Unknown')}`,
      )
    if (d.labels && isStream) d.tree.labels[node] = `STREAM id=${words}`
  }
}

/** A run of PADDING frames is one row, with fields where they are the IETF's. */
function padding(d: Decoder, f: QuicFields | undefined): string {
  const start = d.at
  let end = start + 1
  while (end < d.readable && d.peek8(end) === 0) end++
  if (f) {
    d.value(f['quic.frame_type'], start, start + 1, 0n)
    sayType(d, 0)
    d.generated(f['quic.padding_length'], end - start, start, end)
  }
  d.at = end
  return `PADDING Length: ${end - start}`
}

/** Any other frame. Returns the row's words (of STREAM frames the number of the stream). */
function frame(d: Decoder, f: QuicFields, type: number, start: number, handlers: FrameHandlers): string {
  const name = quicFrameName(type) ?? 'Unknown'
  readVarint(d, f['quic.frame_type'])
  sayType(d, type)
  if (type >= 0x08 && type <= 0x0f) return stream(d, f, type, start)
  switch (type) {
    case 0x02:
    case 0x03:
      acknowledgement(d, f, type === 0x03)
      break
    case 0x04:
      readVarint(d, f['quic.rsts.stream_id'])
      readVarint(d, f['quic.rsts.application_error_code'])
      readVarint(d, f['quic.rsts.final_size'])
      break
    case 0x05:
      readVarint(d, f['quic.ss.stream_id'])
      readVarint(d, f['quic.ss.application_error_code'])
      break
    case 0x06:
      crypto(d, f, handlers)
      break
    case 0x07: {
      const length = readVarint(d, f['quic.nt.length'])
      d.span(f['quic.nt.token'], length)
      break
    }
    case 0x10:
    case 0x14:
      readVarint(d, type === 0x10 ? f['quic.md.maximum_data'] : f['quic.sb.stream_data_limit'])
      break
    case 0x11:
      readVarint(d, f['quic.msd.stream_id'])
      readVarint(d, f['quic.msd.maximum_stream_data'])
      break
    case 0x12:
    case 0x13:
      readVarint(d, f['quic.ms.max_streams'])
      break
    case 0x15:
      readVarint(d, f['quic.sdb.stream_id'])
      readVarint(d, f['quic.sb.stream_data_limit'])
      break
    case 0x16:
    case 0x17:
      readVarint(d, f['quic.sib.stream_limit'])
      break
    case 0x18:
      handlers.newId(newConnectionId(d, f))
      break
    case 0x19:
      readVarint(d, f['quic.rci.sequence'])
      break
    case 0x1a:
      d.span(f['quic.path_challenge.data'], 8)
      break
    case 0x1b:
      d.span(f['quic.path_response.data'], 8)
      break
    case 0x1c:
    case 0x1d:
      closes(d, f, type === 0x1d)
      break
    case 0x30:
    case 0x31: {
      const length = type === 0x31 ? readVarint(d, f['quic.dg.length']) : d.left
      d.span(f['quic.dg'], length)
      break
    }
    case 0xaf:
      ackFrequency(d, f)
      break
    case 0x2f5:
      readVarint(d, f['quic.ts'])
      break
    case 0x01:
    case 0x1e:
    case 0xac:
      break
    default:
      // where the frame ends only its type would tell
      d.expert(f['quic.ft.unknown'], start, start + varintSize(d, start))
      d.at = d.end
  }
  return name
}

/** The type in hexadecimal, as the RFCs write it. */
function sayType(d: Decoder, type: number): void {
  if (d.labels) d.label(`Frame Type: ${quicFrameName(type) ?? 'Unknown'} (0x${type.toString(16).padStart(16, '0')})`)
}

function crypto(d: Decoder, f: QuicFields, handlers: FrameHandlers): void {
  const offset = readVarint(d, f['quic.crypto.offset']),
    length = readVarint(d, f['quic.crypto.length']),
    from = d.at
  d.span(f['quic.crypto.crypto_data'], length)
  handlers.crypto(offset, from, from + length)
}

/** Their CRYPTO frames are not put in order: each that holds a message from its start shows it. */
function cryptoOfGoogle(d: Decoder, f: QuicFields, handlers: FrameHandlers): string {
  d.note(d.at, d.at + 1, 'Frame Type: CRYPTO (0x08)')
  d.at++
  const start = d.at,
    offset = peekVarint(d, start),
    lengthAt = start + varintSize(d, start),
    length = peekVarint(d, lengthAt),
    from = lengthAt + varintSize(d, lengthAt)
  d.note(start, lengthAt, `Offset: ${offset}`)
  d.note(lengthAt, from, `Length: ${length}`)
  d.at = from
  d.span(f['quic.crypto.crypto_data'], length)
  if (offset === 0) handlers.hello(from, from + length)
  return 'CRYPTO'
}

/** Their ACK frames, in rows without fields: largest packet and delay, blocks, and times of arrival. */
function acknowledgementOfGoogle(d: Decoder): string {
  const start = d.at,
    type = d.peek8(),
    block = GOOGLE_WIDTHS[(type & 3) as 0 | 1 | 2 | 3]
  d.skip(1 + GOOGLE_WIDTHS[((type >> 2) & 3) as 0 | 1 | 2 | 3] + 2)
  let blocks = 0
  if (type & GOOGLE_ACK_BLOCKS) {
    blocks = d.peek8()
    d.skip(1)
  }
  d.skip(block + blocks * (1 + block))
  const times = d.peek8()
  d.skip(1)
  if (times > 0) d.skip(2 + 3 * times)
  d.note(start, d.at, `Frame Type: ACK (0x${type.toString(16)})`)
  return 'ACK'
}
