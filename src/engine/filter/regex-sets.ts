// Sets of bytes for regular expressions: 256 flags, 1 where the byte belongs to the set.

/** Every byte. */
export function full(): Uint8Array {
  return new Uint8Array(256).fill(1)
}
/** The bytes of some characters. */
export function of(characters: string): Uint8Array {
  const set = new Uint8Array(256)
  for (const c of characters) set[c.charCodeAt(0)] = 1
  return set
}
/** Every byte but one. */
export function except(character: string): Uint8Array {
  return inverted(of(character))
}
/** The other bytes. */
export function inverted(set: Uint8Array): Uint8Array {
  return set.map((on) => 1 - on)
}
function between(...ranges: readonly string[]): Uint8Array {
  const set = new Uint8Array(256)
  for (const range of ranges) set.fill(1, range.charCodeAt(0), range.charCodeAt(1) + 1)
  return set
}
/** Adds another set to a set. */
export function merge(set: Uint8Array, other: Uint8Array): void {
  other.forEach((on, byte) => {
    if (on) set[byte] = 1
  })
}
/** Adds the other case of every ASCII letter. */
export function fold(set: Uint8Array): void {
  for (let upper = 65; upper <= 90; upper++) {
    const on = set[upper] || set[upper + 32] ? 1 : 0
    set[upper] = on
    set[upper + 32] = on
  }
}
/** One byte, with its other case when case does not matter. */
export function single(byte: number, ignoreCase: boolean): Uint8Array {
  const set = new Uint8Array(256)
  set[byte] = 1
  if (ignoreCase) fold(set)
  return set
}

const digits = () => between('09'),
  words = () => between('09', 'AZ', 'az', '__'),
  spaces = () => of(' \t\n\v\f\r')
/** What a backslash and a small letter stand for. */
export const CLASSES: Readonly<Record<string, (() => Uint8Array) | undefined>> = {
  d: digits,
  w: words,
  s: spaces,
  h: () => of(' \t\xa0'),
  v: () => of('\n\v\f\r\x85'),
}
/** Names of [[:alpha:]] and the like. */
export const POSIX: Readonly<Record<string, (() => Uint8Array) | undefined>> = {
  alpha: () => between('AZ', 'az'),
  digit: digits,
  alnum: () => between('09', 'AZ', 'az'),
  upper: () => between('AZ'),
  lower: () => between('az'),
  space: spaces,
  blank: () => of(' \t'),
  punct: () => between('!/', ':@', '[`', '{~'),
  print: () => between(' ~'),
  graph: () => between('!~'),
  cntrl: () => between('\x00\x1f', '\x7f\x7f'),
  xdigit: () => between('09', 'AF', 'af'),
  word: words,
  ascii: () => between('\x00\x7f'),
}
/** Unicode properties, as far as they are single bytes of Latin-1. */
export const PROPERTIES: Readonly<Record<string, (() => Uint8Array) | undefined>> = {
  L: () => between('AZ', 'az', '\xaa\xaa', '\xb5\xb5', '\xba\xba', '\xc0\xd6', '\xd8\xf6', '\xf8\xff'),
  Lu: () => between('AZ', '\xc0\xd6', '\xd8\xde'),
  Ll: () => between('az', '\xb5\xb5', '\xdf\xf6', '\xf8\xff'),
  N: () => between('09', '\xb2\xb3', '\xb9\xb9', '\xbc\xbe'),
  Nd: digits,
  P: () =>
    between('!#', '%*', ',/', ':;', '?@', '[]', '__', '{{', '}}', '\xa1\xa1', '\xa7\xa7', '\xab\xab', '\xb6\xb7', '\xbb\xbb', '\xbf\xbf'),
  S: () =>
    between(
      '$$',
      '++',
      '<>',
      '^^',
      '``',
      '||',
      '~~',
      '\xa2\xa6',
      '\xa8\xa9',
      '\xac\xac',
      '\xae\xb1',
      '\xb4\xb4',
      '\xb8\xb8',
      '\xd7\xd7',
      '\xf7\xf7',
    ),
  Z: () => of(' \xa0'),
  Zs: () => of(' \xa0'),
  C: () => between('\x00\x1f', '\x7f\x9f', '\xad\xad'),
  Cc: () => between('\x00\x1f', '\x7f\x9f'),
  Any: full,
  Xan: () => between('09', 'AZ', 'az'),
  Xwd: words,
  Xsp: spaces,
  Xps: spaces,
}
