// Telnet's commands out of the data (RFC 854, 855): what is left is what a terminal shows or a person typed. Window size from RFC 1073.

const IAC = 255,
  SE = 240,
  SB = 250,
  WILL = 251,
  DONT = 254
const NAWS = 31
/** Longest subnegotiation that is kept. */
const MOST_OPTION = 256

type State = 'data' | 'command' | 'option' | 'sub' | 'sub-command' | 'return'

/** One direction of a Telnet connection; commands may begin in one chunk and end in another. */
export class TelnetData {
  /** Columns and rows that this side has announced last. */
  size: readonly [columns: number, rows: number] | undefined
  private state: State = 'data'
  private option: number[] = []

  /** The data of a chunk. */
  push(bytes: Uint8Array): Uint8Array {
    const data: number[] = []
    for (const byte of bytes) this.take(byte, data)
    return Uint8Array.from(data)
  }

  private take(byte: number, data: number[]): void {
    switch (this.state) {
      case 'return':
        this.state = 'data'
        // a carriage return by itself is sent with a NUL behind it
        if (byte !== 0) this.take(byte, data)
        return
      case 'data':
        if (byte === IAC) this.state = 'command'
        else {
          data.push(byte)
          if (byte === 13) this.state = 'return'
        }
        return
      case 'command':
        if (byte === IAC) data.push(IAC)
        this.option = []
        this.state = byte === SB ? 'sub' : byte >= WILL && byte <= DONT ? 'option' : 'data'
        return
      case 'option':
        this.state = 'data'
        return
      case 'sub':
        if (byte === IAC) this.state = 'sub-command'
        else if (this.option.length < MOST_OPTION) this.option.push(byte)
        return
      case 'sub-command':
        if (byte === IAC && this.option.length < MOST_OPTION) this.option.push(IAC)
        this.state = byte === SE ? 'data' : 'sub'
        if (byte === SE) this.negotiated()
    }
  }

  private negotiated(): void {
    const [option, w1 = 0, w2 = 0, h1 = 0, h2 = 0] = this.option
    if (option !== NAWS || this.option.length < 5) return
    const [columns, rows] = [w1 * 256 + w2, h1 * 256 + h2]
    if (columns > 0 && rows > 0) this.size = [columns, rows]
  }
}
