// Bytes as text for the clipboard.

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

/** "0a1b2c". */
export function hexStream(bytes: Uint8Array): string {
  return Array.from(bytes, hex).join('')
}

/** Sixteen bytes a line with offset and printable characters, as hexdump -C and Wireshark print them. */
export function hexDump(bytes: Uint8Array, offset = 0): string {
  const lines: string[] = []
  for (let start = 0; start < bytes.length; start += 16) {
    const line = bytes.subarray(start, start + 16)
    const pairs = Array.from(line, hex)
    const left = pairs.slice(0, 8).join(' ')
    const right = pairs.slice(8).join(' ')
    lines.push(`${(offset + start).toString(16).padStart(4, '0')}  ${`${left}  ${right}`.padEnd(49)}  ${printable(line, '.')}`)
  }
  return lines.join('\n')
}

/** A C array with eight bytes a line. */
export function cArray(bytes: Uint8Array, name = 'bytes'): string {
  const lines: string[] = []
  for (let start = 0; start < bytes.length; start += 8) {
    lines.push(`  ${Array.from(bytes.subarray(start, start + 8), (byte) => `0x${hex(byte)}`).join(', ')}`)
  }
  return `static const unsigned char ${name}[${String(bytes.length)}] = {\n${lines.join(',\n')}\n};\n`
}

/** Printable ASCII; other bytes become `other`, line ends stay when `other` is ''. */
export function printable(bytes: Uint8Array, other: string): string {
  let text = ''
  for (const byte of bytes) {
    if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte)
    else text += other === '' && (byte === 0x0a || byte === 0x09) ? String.fromCharCode(byte) : other
  }
  return text
}

/** Base64. */
export function base64Text(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(text)
}

/** Bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
