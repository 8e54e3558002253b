// Reassembly of datagrams from fragments that name their offset (IPv4, IPv6 and others above them). Fragments are kept as places in frames, not as
// copies, wherever they can be read again; only what was itself reassembled or decrypted is copied.
// Two copies of an offset: the first in order of offset wins, as Wireshark does it, and the disagreement is marked.
import type { Decoder } from './decoder'
import type { FrameAccess } from './session'

/** One fragment of a datagram. */
export interface Fragment {
  readonly frame: number
  /** Offset in the datagram. */
  readonly offset: number
  readonly length: number
  /** Where its bytes start in the frame; -1 when `copy` holds them. */
  readonly at: number
  readonly copy: Uint8Array | undefined
  overlap: boolean
  conflict: boolean
  multipleTails: boolean
  tooLong: boolean
}

/** A datagram: open until a fragment without the more-fragments flag and everything before it was seen. */
export interface Datagram {
  /** In order of offset; equal offsets in order of arrival. */
  readonly fragments: Fragment[]
  /** Length of the whole, -1 while the last fragment is missing. */
  length: number
  /** Frame in which it became complete, 0 before. */
  completedIn: number
  /** Which of the frame's reassemblies completed it, so that two of one frame stay apart. */
  layer: number
  overlap: boolean
  conflict: boolean
  multipleTails: boolean
  tooLong: boolean
}

/** Open datagrams by key, and finished ones by key in the order in which they became complete. */
export class FragmentTable {
  private readonly open = new Map<string, Datagram>()
  private readonly done = new Map<string, Datagram[]>()

  /**
   * First visit: adds the range start..start+length of the decoder's bytes as a fragment at `offset`. Later visits: looks up what it became.
   * Returns the datagram when it is complete (completedIn tells where), undefined while parts are missing.
   */
  add(d: Decoder, key: string, start: number, offset: number, length: number, more: boolean): Datagram | undefined {
    const number = d.packet.number
    if (!d.first) return this.whole(key, number, offset)
    const inFrame = d.tree.sources[0]?.bytes === d.bytes,
      copy = inFrame ? undefined : d.slice(start, start + length).slice(),
      datagram = this.place(key, number, inFrame ? start : -1, copy, offset, length, more)
    return this.finish(datagram, key, number) ? datagram : undefined
  }

  /** First visit: adds a fragment at bytes[at..] of a frame. */
  note(frame: number, key: string, at: number, offset: number, length: number, more: boolean): void {
    this.finish(this.place(key, frame, at, undefined, offset, length, more), key, frame)
  }

  /** Bytes of the datagram that a fragment at bytes[at..] completes (see completes), which is not added yet. */
  completed(key: string, bytes: Uint8Array, at: number, offset: number, length: number, more: boolean, frames: FrameAccess): Uint8Array {
    const open = this.open.get(key) ?? newDatagram(),
      whole: Datagram = { ...open, fragments: [...open.fragments], length: open.length < 0 && !more ? offset + length : open.length }
    insert(whole.fragments, newFragment(THIS_FRAME, offset, length, at, undefined))
    return assemble(whole, frames, { number: THIS_FRAME, bytes })
  }

  /** Whether a fragment would complete its datagram. */
  completes(key: string, offset: number, length: number, more: boolean): boolean {
    const datagram = this.open.get(key),
      whole = datagram && datagram.length >= 0 ? datagram.length : more ? -1 : offset + length
    if (whole < 0) return false
    // what was seen before does not begin at 0, or has a gap that this fragment does not touch: by far the most
    if (offset > 0 && (!datagram || datagram.fragments[0]!.offset > 0)) return false
    let reached = 0,
      used = false
    for (const part of datagram?.fragments ?? []) {
      if (!used && offset <= reached) {
        reached = Math.max(reached, offset + length)
        used = true
      }
      if (part.offset > reached) break
      reached = Math.max(reached, part.offset + part.length)
    }
    if (!used && offset <= reached) reached = Math.max(reached, offset + length)
    return reached >= whole
  }

  private place(
    key: string,
    frame: number,
    at: number,
    copy: Uint8Array | undefined,
    offset: number,
    length: number,
    more: boolean,
  ): Datagram {
    let datagram = this.open.get(key)
    if (!datagram) {
      datagram = newDatagram()
      this.open.set(key, datagram)
    }
    const fragment = newFragment(frame, offset, length, at, copy)
    if (!more) {
      const end = offset + length
      if (datagram.length < 0) datagram.length = end
      else if (datagram.length !== end) fragment.multipleTails = datagram.multipleTails = true
    }
    insert(datagram.fragments, fragment)
    return datagram
  }

  /** Whether the datagram is complete, which the fragment of `frame` made it. */
  private finish(datagram: Datagram, key: string, frame: number): boolean {
    if (!isComplete(datagram)) return false
    datagram.completedIn = frame
    this.open.delete(key)
    const before = this.done.get(key)
    if (before) before.push(datagram)
    else this.done.set(key, [datagram])
    return true
  }

  /** The finished datagram to which a frame brought the part at `offset`. */
  private whole(key: string, frame: number, offset: number): Datagram | undefined {
    const datagrams = this.done.get(key) ?? []
    let low = 0,
      high = datagrams.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (datagrams[middle]!.completedIn < frame) low = middle + 1
      else high = middle
    }
    // datagrams of one key follow each other: those behind have this frame only if it both ends one and begins the next
    for (let at = low; at < datagrams.length; at++) {
      const datagram = datagrams[at]!
      if (datagram.fragments.some((part) => part.frame === frame && part.offset === offset)) return datagram
      if (datagram.completedIn > frame) break
    }
    return undefined
  }
}

/** Stands for the frame whose bytes are at hand. */
const THIS_FRAME = 0

function newDatagram(): Datagram {
  return { fragments: [], length: -1, completedIn: 0, layer: 0, overlap: false, conflict: false, multipleTails: false, tooLong: false }
}

function newFragment(frame: number, offset: number, length: number, at: number, copy: Uint8Array | undefined): Fragment {
  return { frame, offset, length, at, copy, overlap: false, conflict: false, multipleTails: false, tooLong: false }
}

/** Puts a fragment behind those that do not begin later. */
function insert(fragments: Fragment[], fragment: Fragment): void {
  let index = fragments.length
  while (index > 0 && fragments[index - 1]!.offset > fragment.offset) index--
  fragments.splice(index, 0, fragment)
}

function isComplete(datagram: Datagram): boolean {
  if (datagram.length < 0) return false
  let reached = 0
  for (const part of datagram.fragments) {
    if (part.offset > reached) break
    reached = Math.max(reached, part.offset + part.length)
  }
  return reached >= datagram.length
}

/** Bytes of a complete datagram. Marks overlaps of its fragments on the way. `current` is the frame being dissected with its bytes at hand. */
export function assemble(
  datagram: Datagram,
  frames: FrameAccess,
  current: { readonly number: number; readonly bytes: Uint8Array },
): Uint8Array {
  const whole = new Uint8Array(datagram.length)
  let reached = 0
  for (const part of datagram.fragments) {
    if (part.length === 0) continue
    const source =
      part.copy ?? (part.frame === current.number ? current.bytes : frames.frame(part.frame)).subarray(part.at, part.at + part.length)
    const end = part.offset + part.length
    if (part.offset < reached) {
      part.overlap = datagram.overlap = true
      const common = Math.min(reached, end, datagram.length) - part.offset
      for (let i = 0; i < common; i++)
        if (whole[part.offset + i] !== source[i]) {
          part.conflict = datagram.conflict = true
          break
        }
    }
    if (end > datagram.length) part.tooLong = datagram.tooLong = true
    const from = Math.max(reached, part.offset),
      to = Math.min(end, datagram.length)
    if (from < to) whole.set(source.subarray(from - part.offset, to - part.offset), from)
    reached = Math.max(reached, Math.min(end, datagram.length))
  }
  return whole
}
