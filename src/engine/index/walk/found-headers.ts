// What the header walk found in one packet, outermost first: plain arrays that are filled anew for every packet.

/** Kinds of headers. */
export const HEADER = { ETHERNET: 0, IPV4: 1, IPV6: 2, TCP: 3, UDP: 4 } as const
export type HeaderKind = (typeof HEADER)[keyof typeof HEADER]

/** Most headers that are taken down of one packet. */
const MOST = 32

/** Headers of one packet; entries are valid below `count`. */
export class FoundHeaders {
  count = 0
  readonly kind = new Uint8Array(MOST)
  /** Address numbers of the header itself; for TCP and UDP those of the network header around it. */
  readonly source = new Int32Array(MOST)
  readonly destination = new Int32Array(MOST)
  /** The bytes in which a header stands: the frame's or those of a datagram that it completed; and where the captured ones end. */
  readonly bytes: Uint8Array[] = []
  readonly limit = new Int32Array(MOST)
  /** Where a transport header stands in the bytes, and where its packet ends. */
  readonly at = new Int32Array(MOST)
  readonly end = new Int32Array(MOST)
  /** 1 where the header stands in a packet that an ICMP error quotes. */
  readonly quoted = new Uint8Array(MOST)
  /** Stream and direction of a transport header, once it was visited. */
  readonly stream = new Int32Array(MOST)
  readonly direction = new Uint8Array(MOST)

  clear(): void {
    this.count = 0
  }

  /** Takes a header down; false when there are too many. */
  add(
    kind: HeaderKind,
    source: number,
    destination: number,
    bytes: Uint8Array,
    limit: number,
    at: number,
    end: number,
    quoted: boolean,
  ): boolean {
    const i = this.count
    if (i === MOST) return false
    this.count = i + 1
    this.kind[i] = kind
    this.source[i] = source
    this.destination[i] = destination
    this.bytes[i] = bytes
    this.limit[i] = limit
    this.at[i] = at
    this.end[i] = end
    this.quoted[i] = quoted ? 1 : 0
    return true
  }
}
