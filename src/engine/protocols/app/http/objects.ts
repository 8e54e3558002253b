// What HTTP/1.x carries, told to whoever asks for it (--export-objects): every body as it is shown, without transfer and content coding.
import { asciiValue } from '../../../bytes/printable'
import { defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { Head } from './head'

/** One body. */
export interface HttpObject {
  /** Packet that completes the message. */
  readonly frame: number
  /** Target of the latest request on the connection, as it was sent; undefined where none was seen. */
  readonly target: string | undefined
  /** Media type in lower case, without parameters; '' when the message names none. */
  readonly mediaType: string
  /** Valid until the next packet is read. */
  readonly bytes: Uint8Array
}

/** Who wants the bodies of a session; they are told whenever a message is dissected, also when that happens again. */
export const HTTP_OBJECTS = defineState('http.objects', (): { take: ((object: HttpObject) => void) | undefined } => ({ take: undefined }))

/** Tells of the body of `length` captured bytes at `start`. */
export function tellObject(d: Decoder, head: Head, start: number, length: number): void {
  const { take } = d.state(HTTP_OBJECTS)
  take?.({
    frame: d.packet.number,
    target: head.asked === undefined ? undefined : asciiValue(head.asked),
    mediaType: asciiValue(head.mediaType),
    bytes: d.slice(start, start + length),
  })
}
