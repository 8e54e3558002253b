// TLS records of EAP's methods: each packet is answered before the next (RFC 5216, 2.1.5), so that fragments come in order; one that comes twice has the
// identifier of the one before.
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { readCarriedRecords } from '../../../dissect/carried-records'
import { CONVERSATIONS } from '../../../dissect/conversation'
import { recordFragments } from '../../../dissect/fragment-tree'
import { FragmentTable, assemble } from '../../../dissect/fragments'
import type { EapFields } from './eap'

/** What the flags before the data say, and the packet's head. */
export interface TlsData {
  readonly more: boolean
  readonly fromServer: boolean
  readonly id: number
}

/** What the first visit found out about the data of one packet. */
interface Place {
  /** Name of the TLS connection. */
  readonly connection: string
  /** Name of the fragments' whole, '' where the packet holds all of its message. */
  readonly whole: string
  readonly offset: number
  readonly repeats: boolean
}

/** One authentication of a pair of stations. */
interface Exchange {
  readonly name: string
  /** Identifiers of the last request and response with data; -1 before any. */
  readonly lastId: [number, number]
  /** The message that fragments are collected for. */
  whole: string
  offset: number
}

const EXCHANGES = defineState('eap.tls', () => ({
  byEnds: new Map<string, Exchange>(),
  places: new Map<number, Place>(),
  fragments: new FragmentTable(),
}))

/** The two ends of an exchange: a conversation of the transport that carries EAP, else the stations. */
function endsOf(d: Decoder): string {
  const conversation = conversationOf(d)
  if (conversation >= 0) return `conversation ${conversation}`
  const { addresses } = d.state(CONVERSATIONS),
    a = addresses.of(d.packet.source),
    b = addresses.of(d.packet.destination)
  return `stations ${Math.min(a, b)} ${Math.max(a, b)}`
}

/** A request for an identity: whatever TLS the two ends speak next is a new connection. First visit only. */
export function beginExchange(d: Decoder): void {
  const name = endsOf(d),
    { byEnds } = d.state(EXCHANGES)
  byEnds.set(name, newExchange(`${name} from ${d.packet.number}`))
}

function newExchange(name: string): Exchange {
  return { name, lastId: [-1, -1], whole: '', offset: 0 }
}

function place(d: Decoder, length: number, { more, fromServer, id }: TlsData): Place {
  const { byEnds } = d.state(EXCHANGES),
    ends = endsOf(d),
    exchange = byEnds.get(ends) ?? newExchange(ends),
    side = fromServer ? 0 : 1,
    repeats = exchange.lastId[side] === id
  byEnds.set(ends, exchange)
  exchange.lastId[side] = id
  const connection = `eap ${exchange.name}`
  if (!repeats && more && exchange.whole === '') {
    exchange.whole = `${ends} ${d.packet.number}`
    exchange.offset = 0
  }
  const { whole, offset } = exchange
  if (!repeats && whole !== '') {
    exchange.offset += length
    if (!more) exchange.whole = ''
  }
  return { connection, whole: repeats ? '' : whole, offset, repeats }
}

/** Reads the data of a packet, from the cursor to the layer's end: TLS is called for whole messages. */
export function readTlsData(d: Decoder, f: EapFields, data: TlsData): void {
  const { places, fragments } = d.state(EXCHANGES),
    length = d.left,
    from = d.at
  d.require(length)
  if (d.first) places.set(d.packet.number, place(d, length, data))
  const found = places.get(d.packet.number)
  d.at = d.end
  if (!found) return
  if (found.repeats) {
    d.data(from, from + length)
    return
  }
  const records = { connection: found.connection, fromServer: data.fromServer }
  if (found.whole === '') {
    readCarriedRecords(d, records, from, from + length, true)
    return
  }
  const whole = fragments.add(d, found.whole, from, found.offset, length, data.more)
  if (whole?.completedIn !== d.packet.number) return
  const present = d.tree.sources[0]?.bytes ?? d.bytes,
    bytes = assemble(whole, d.session.frames, { number: d.packet.number, bytes: present })
  d.within('Reassembled EAP-TLS', bytes, () => {
    recordFragments(d, 'EAP-TLS', whole, {
      fragments: f['eap.tls.fragments'],
      fragment: f['eap.tls.fragment'],
      overlap: f['eap.tls.fragment.overlap'],
      conflict: f['eap.tls.fragment.overlap_conflict'],
      multipleTails: f['eap.tls.fragment.multiple_tails'],
      tooLong: f['eap.tls.fragment.fragment.too_long'],
      count: f['eap.tls.fragment.count'],
      length: f['eap.tls.reassembled.len'],
    })
    readCarriedRecords(d, records, 0, bytes.length, true)
  })
}
