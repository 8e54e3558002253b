// Protocols of which only the frame is known: which ports or numbers they have, and for streams how long a message is. Recognising them keeps their bytes
// from being called data, lets messages that span segments be put together, and gives the packet its name.
import { UNTIL_FIN, defineProtocol, rememberProtocol, rememberedProtocol, tcpPdus } from './define'
import type { Decoder, Protocol } from './define'
import type { Accepts } from './registry'
import { startTls } from './start-tls'

/** What is known of a protocol. */
export interface Outline {
  readonly name: string
  readonly title: string
  readonly short: string
  readonly accepts?: Accepts
  readonly heuristic?: readonly string[]
  /** See ProtocolSpec; by default 'state' where a port or a memory decides, behind which another protocol may stand. */
  readonly firstVisit?: 'none' | 'state' | 'packets'
  /** Whether the bytes at d.at look like it (peeks only): for heuristics, and where the port alone does not decide. */
  readonly recognises?: (d: Decoder) => boolean
  /** Whether a conversation in which it was recognised is read by it from then on. */
  readonly keeps?: boolean
  /** Over TCP: octets that must be there before `length` can tell the whole length of the message at `at` (0 = one more segment). */
  readonly header?: number
  readonly length?: (d: Decoder, at: number) => number
  /** Over TCP: what comes from this port is one message that the end of the stream ends. */
  readonly answerPort?: number
  /** Whether it changes to TLS within a conversation, whose records are then left to TLS, and what TLS carries then: the protocol itself, or another. */
  readonly startsTls?: 'itself' | 'another'
  /** Octets of a header behind which another protocol stands that `payload` finds; 0 or absent: all of it belongs to the protocol. */
  readonly payload?: (d: Decoder) => void
  /** Name that the chain of protocols has for what a message carries, where that has one. */
  readonly inner?: (d: Decoder) => string | undefined
}

/** Registers protocols of which only the outline is known. */
export function defineOutlines(outlines: readonly Outline[]): Protocol[] {
  return outlines.map((outline) => {
    const { name, title, short, accepts, heuristic, recognises, header, length, answerPort, payload, keeps, inner, startsTls, firstVisit } =
      outline
    return defineProtocol({
      name,
      title,
      short,
      // behind a port another protocol may stand: TLS, or what the outline does not recognise
      firstVisit: firstVisit ?? (accepts || keeps ? 'state' : 'none'),
      ...(accepts ? { accepts } : {}),
      ...(heuristic ? { heuristic } : {}),
      ...(recognises ? { recognises } : {}),
      fields: {},
      decode(d) {
        const overTcp = d.packet.transport === 'tcp'
        const recognised = !recognises || recognises(d)
        if (startsTls && overTcp && isTlsRecord(d)) {
          if (startsTls === 'itself') startTls(d, name)
          return false
        }
        if (!recognised && !(keeps && rememberedProtocol(d)?.name === name)) return false
        if (keeps && recognised) rememberProtocol(d, name)
        const one = (decoder: Decoder) => {
          decoder.setProtocol(short)
          decoder.setInfo(title)
          const carried = inner?.(decoder)
          if (carried !== undefined) decoder.chainName(carried)
          if (payload) payload(decoder)
          else decoder.at = decoder.end
        }
        if (answerPort !== undefined && d.packet.sourcePort === answerPort && d.canDesegment > 0 && !d.packet.streamEnds) {
          d.needMore(d.at, UNTIL_FIN)
          d.withdraw()
        } else if (!header || !length || !overTcp) one(d)
        else {
          let messages = 0
          tcpPdus(d, header, length, (decoder) => {
            if (messages++ > 0) decoder.furtherRow()
            decoder.layerEnds(decoder.end)
            one(decoder)
          })
        }
        return undefined
      },
    })
  })
}

function isTlsRecord(d: Decoder): boolean {
  const type = d.peek8()
  return type >= 20 && type <= 23 && d.peek8(d.at + 1) === 3 && d.peek8(d.at + 2) <= 4
}

/** Whether text of a range begins with one of some words. */
export function beginsWith(d: Decoder, words: RegExp, most = 64): boolean {
  return words.test(d.latin1(d.at, Math.min(d.readable, d.at + most)))
}
