// Lines of byte dumps.

/** A line of 16 bytes as tshark prints it: position, digits in two groups, characters in two groups; the end of the last group is not padded. */
export function hexDumpLine(position: number, bytes: Uint8Array): string {
  let hex = '',
    text = ''
  bytes.forEach((byte, index) => {
    const half = index === 8 ? ' ' : ''
    hex += `${half} ${byte.toString(16).padStart(2, '0')}`
    text += half + (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')
  })
  return `${position.toString(16).toUpperCase().padStart(8, '0')} ${hex.padEnd(49)}  ${text}`.replace(/ $/, '')
}

/** Digits of bytes without spaces. */
export function hexDigits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
