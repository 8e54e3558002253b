// Text of TeletexString (ITU-T T.61, as ISO 6937): letters with an accent are the accent followed by the letter.

const SIGNS =
  ' ¡¢£$¥#§¤\ufffd\ufffd«\ufffd\ufffd\ufffd\ufffd°±²³×µ¶·÷\ufffd\ufffd»¼½¾¿' +
  '\ufffd'.repeat(32) +
  'ΩÆÐªĦ\ufffdĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\ufffd'
/** Combining signs of 0xC1 to 0xCF. */
const ACCENTS: Readonly<Record<number, string>> = {
  0xc1: '\u0300',
  0xc2: '\u0301',
  0xc3: '\u0302',
  0xc4: '\u0303',
  0xc5: '\u0304',
  0xc6: '\u0306',
  0xc7: '\u0307',
  0xc8: '\u0308',
  0xca: '\u030a',
  0xcb: '\u0327',
  0xcd: '\u030b',
  0xce: '\u0328',
  0xcf: '\u030c',
}

/** Text of bytes in T.61; what it does not define becomes U+FFFD. */
export function t61Text(bytes: Uint8Array): string {
  let text = '',
    accent = ''
  for (const byte of bytes) {
    const combining = ACCENTS[byte]
    if (combining !== undefined) {
      accent = combining
      continue
    }
    text += byte < 0x80 ? String.fromCharCode(byte) : byte < 0xa0 ? '\ufffd' : SIGNS.charAt(byte - 0xa0)
    text += accent
    accent = ''
  }
  return text.normalize('NFC')
}
