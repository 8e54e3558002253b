// Pairs of addresses, numbered in the order in which they come: conversations that have no ports.

/** Addresses are numbers of the address table, below 2^26. */
const MOST = 0x400_0000

export class AddressPairs {
  private readonly numbers = new Map<number, number>()
  private readonly sources: number[] = []
  private readonly destinations: number[] = []

  /** Number of a pair, in either direction; a new one where it was never asked for. */
  of(source: number, destination: number): number {
    const key = source < destination ? source * MOST + destination : destination * MOST + source
    let pair = this.numbers.get(key)
    if (pair === undefined) {
      this.numbers.set(key, (pair = this.sources.length))
      this.sources.push(source)
      this.destinations.push(destination)
    }
    return pair
  }
  /** 0 for what goes as the pair was first asked for, 1 for the other way. */
  direction(pair: number, source: number): 0 | 1 {
    return this.sources[pair] === source ? 0 : 1
  }
  /** The addresses of a pair as it was first asked for. */
  source(pair: number): number {
    return this.sources[pair] ?? 0
  }
  destination(pair: number): number {
    return this.destinations[pair] ?? 0
  }
}
