// RC4, which today's libraries leave out and old captures hold.

/** The key stream of one direction of a connection. */
export class Rc4 {
  private readonly box = new Uint8Array(256)
  private i = 0
  private j = 0

  constructor(key: Uint8Array) {
    const { box } = this
    for (let n = 0; n < 256; n++) box[n] = n
    for (let n = 0, j = 0; n < 256; n++) {
      j = (j + (box[n] ?? 0) + (key[n % key.length] ?? 0)) & 255
      const other = box[j] ?? 0
      box[j] = box[n] ?? 0
      box[n] = other
    }
  }

  /** Applies the next bytes of the key stream; returns new bytes. */
  apply(data: Uint8Array): Uint8Array {
    const { box } = this
    return data.map((byte) => {
      this.i = (this.i + 1) & 255
      const a = box[this.i] ?? 0
      this.j = (this.j + a) & 255
      const b = box[this.j] ?? 0
      box[this.i] = b
      box[this.j] = a
      return byte ^ (box[(a + b) & 255] ?? 0)
    })
  }
}
