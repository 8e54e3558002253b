// Names of Ethernet vendors by the first three bytes of an address (IEEE Registration Authority, MA-L).
import { VENDORS } from './vendors-data'

/** Places in the hash table: a power of two, more than twice the number of assignments. */
const PLACES = 1 << 17
const TAB = 9,
  NEWLINE = 10,
  SPACE = 32

/** Where the lines of vendors begin, by assignment. */
class VendorLines {
  /** Assignment + 1 in each place; 0 = free. */
  private readonly assignments = new Int32Array(PLACES)
  private readonly starts = new Int32Array(PLACES)

  /** Reads the table character by character: cutting it into words would cost more than most runs spend on addresses. */
  constructor() {
    for (let start = 0; start < VENDORS.length;) {
      let at = start,
        assignment = 0,
        distance = 0
      while (VENDORS.charCodeAt(at) !== TAB) at++
      for (at++; ; at++) {
        // what lies behind the end is no number, which ends the last line
        const code = at < VENDORS.length ? VENDORS.charCodeAt(at) : NEWLINE
        if (code > SPACE) {
          distance = distance * 36 + (code < 0x3a ? code - 0x30 : code - 0x57)
          continue
        }
        assignment += distance
        distance = 0
        this.enter(assignment, start)
        if (code === NEWLINE) break
      }
      start = at + 1
    }
  }

  /** Name of the vendor of an assignment, or undefined. */
  name(assignment: number): string | undefined {
    const place = this.place(assignment)
    if (this.assignments[place] === 0) return undefined
    const start = this.starts[place] ?? 0
    return VENDORS.slice(start, VENDORS.indexOf('\t', start))
  }

  private enter(assignment: number, start: number): void {
    const place = this.place(assignment)
    this.assignments[place] = assignment + 1
    this.starts[place] = start
  }

  /** The place of an assignment, or the free one where it would be. */
  private place(assignment: number): number {
    let place = Math.imul(assignment, 0x9e3779b1) >>> 15
    while (this.assignments[place] !== 0 && this.assignments[place] !== assignment + 1) place = (place + 1) & (PLACES - 1)
    return place
  }
}

/** Read when the first name is asked for, so that starting costs nothing. */
let lines: VendorLines | undefined

/** Vendor of the first three bytes of a MAC address, or undefined. */
export function vendorName(oui: number): string | undefined {
  return (lines ??= new VendorLines()).name(oui)
}

/** Vendor of a MAC address whose vendor is known, as text. */
export function vendorOf(address: Uint8Array): string {
  return vendorName(((address[0] ?? 0) << 16) | ((address[1] ?? 0) << 8) | (address[2] ?? 0)) ?? ''
}
