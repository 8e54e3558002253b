// Text in XML: escaped, and without the characters that XML 1.0 does not allow.

/** Escapes text for element content and for attributes in double quotes. */
export function xml(text: string): string {
  let escaped = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (character === '&') escaped += '&amp;'
    else if (character === '<') escaped += '&lt;'
    else if (character === '>') escaped += '&gt;'
    else if (character === '"') escaped += '&quot;'
    else if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) escaped += '\ufffd'
    else escaped += character
  }
  return escaped
}
