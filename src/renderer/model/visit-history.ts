// Packets looked at, for Alt+Left and Alt+Right. Stepping through rows does not fill it: only a packet that stayed selected is kept.

const LIMIT = 200

/** History of packet numbers with a current place. */
export class VisitHistory {
  private numbers: number[] = []
  private at = -1

  /** Records a visit; drops what was ahead. Visiting the current packet again changes nothing. */
  visit(number: number): void {
    if (this.numbers[this.at] === number) return
    this.numbers = [...this.numbers.slice(0, this.at + 1), number].slice(-LIMIT)
    this.at = this.numbers.length - 1
  }

  /** The packet before or after the current place, or 0; moves the place. */
  go(by: -1 | 1): number {
    const number = this.numbers[this.at + by]
    if (number === undefined) return 0
    this.at += by
    return number
  }

  /** Whether `go(by)` has somewhere to go. */
  can(by: -1 | 1): boolean {
    return this.numbers[this.at + by] !== undefined
  }
}
