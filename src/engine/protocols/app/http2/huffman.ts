// The Huffman code of HPACK (RFC 7541, appendix B). It is canonical: symbols in order of length, then of value, have consecutive codes; so the table below
// names the symbols of each length and nothing else.

const END_OF_STRING = 256

/** Symbols by the length of their codes in bits. */
const SYMBOLS: readonly (readonly [number, readonly number[]])[] = [
  [5, [48, 49, 50, 97, 99, 101, 105, 111, 115, 116]],
  [6, [32, 37, 45, 46, 47, 51, 52, 53, 54, 55, 56, 57, 61, 65, 95, 98, 100, 102, 103, 104, 108, 109, 110, 112, 114, 117]],
  [
    7,
    [
      58, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 89, 106, 107, 113, 118, 119, 120, 121,
      122,
    ],
  ],
  [8, [38, 42, 44, 59, 88, 90]],
  [10, [33, 34, 40, 41, 63]],
  [11, [39, 43, 124]],
  [12, [35, 62]],
  [13, [0, 36, 64, 91, 93, 126]],
  [14, [94, 125]],
  [15, [60, 96, 123]],
  [19, [92, 195, 208]],
  [20, [128, 130, 131, 162, 184, 194, 224, 226]],
  [21, [153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230]],
  [22, [129, 132, 133, 134, 136, 146, 154, 156, 160, 163, 164, 169, 170, 173, 178, 181, 185, 186, 187, 189, 190, 196, 198, 228, 232, 233]],
  [
    23,
    [
      1, 135, 137, 138, 139, 140, 141, 143, 147, 149, 150, 151, 152, 155, 157, 158, 165, 166, 168, 174, 175, 180, 182, 183, 188, 191, 197,
      231, 239,
    ],
  ],
  [24, [9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237]],
  [25, [199, 207, 234, 235]],
  [26, [192, 193, 200, 201, 202, 205, 210, 213, 218, 219, 238, 240, 242, 243, 255]],
  [27, [203, 204, 211, 212, 214, 221, 222, 223, 241, 244, 245, 246, 247, 248, 250, 251, 252, 253, 254]],
  [28, [2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127, 220, 249]],
  [30, [10, 13, 22, END_OF_STRING]],
]

/** The code as a tree: for each node what follows a 0 and a 1; negative values are ~symbol. */
const tree = new Int16Array(2 * 256 * 2)

function plant(): void {
  let code = 0,
    length = 0,
    nodes = 1
  for (const [bits, symbols] of SYMBOLS) {
    code *= 2 ** (bits - length)
    length = bits
    for (const symbol of symbols) {
      let node = 0
      for (let bit = bits - 1; bit > 0; bit--) {
        const branch = 2 * node + ((code >>> bit) & 1)
        let next = tree[branch] ?? 0
        if (next === 0) tree[branch] = next = nodes++
        node = next
      }
      tree[2 * node + (code & 1)] = ~symbol
      code++
    }
  }
}
plant()

/** Decodes a string to text of one character a byte; undefined where the code is broken (a wrong padding, or the end-of-string symbol inside). */
export function huffmanText(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '',
    node = 0,
    // bits since the last symbol, and whether all of them are ones: only such may be left over (RFC 7541, 5.2)
    pending = 0,
    ones = true
  const characters: number[] = []
  for (let at = start; at < end; at++) {
    const byte = bytes.at(at) ?? 0
    for (let bit = 7; bit >= 0; bit--) {
      const one = (byte >> bit) & 1,
        next = tree[2 * node + one] ?? 0
      pending++
      if (!one) ones = false
      if (next >= 0) {
        node = next
        continue
      }
      if (~next === END_OF_STRING) return undefined
      characters.push(~next)
      node = pending = 0
      ones = true
    }
    if (characters.length >= 4096) text += String.fromCharCode(...characters.splice(0))
  }
  return pending > 7 || !ones ? undefined : text + String.fromCharCode(...characters)
}
