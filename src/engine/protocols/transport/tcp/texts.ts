// Words and pictures for TCP values.

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [0x01, 'FIN'],
  [0x02, 'SYN'],
  [0x04, 'RST'],
  [0x08, 'PSH'],
  [0x10, 'ACK'],
  [0x20, 'URG'],
  [0x40, 'ECE'],
  [0x80, 'CWR'],
  [0x100, 'AE'],
]
const LETTERS: readonly (readonly [number, string])[] = [
  [0x100, 'A'],
  [0x80, 'C'],
  [0x40, 'E'],
  [0x20, 'U'],
  [0x10, 'A'],
  [0x08, 'P'],
  [0x04, 'R'],
  [0x02, 'S'],
  [0x01, 'F'],
]

/** The bits AE, CWR and ECE. */
const ECN = 0x1c0

const namesByFlags = new Map<number, string>()
const picturesByFlags = new Map<number, string>()

/** "SYN, ACK"; "<None>" without any. Reserved bits print as "Reserved". With `counts`, the ECN bits are Accurate ECN's counter. */
export function flagNames(flags: number, counts = false): string {
  const key = counts ? flags | 0x1000 : flags
  let text = namesByFlags.get(key)
  if (text === undefined) {
    const words = FLAG_NAMES.filter(([bit]) => flags & bit && !(counts && bit & ECN)).map(([, name]) => name)
    if (counts) words.push(`ACE=${(flags & ECN) >> 6}`)
    if (flags & 0xe00) words.push('Reserved')
    text = words.length ? words.join(', ') : '<None>'
    namesByFlags.set(key, text)
  }
  return text
}

/** tcp.flags.str: twelve places with a letter for each set flag and a middle dot for the others. */
export function flagPicture(flags: number, counts = false): string {
  const key = counts ? flags | 0x1000 : flags
  let text = picturesByFlags.get(key)
  if (text === undefined) {
    text = ''
    for (const bit of [0x800, 0x400, 0x200]) text += flags & bit ? 'R' : '·'
    if (counts) text += `-${(flags & ECN) >> 6}-`
    for (const [bit, letter] of LETTERS) if (!(counts && bit & ECN)) text += flags & bit ? letter : '·'
    picturesByFlags.set(key, text)
  }
  return text
}

/** What tcp.completeness says in words. */
export function completenessText(value: number): string {
  const open = value & 7,
    closed = value & (16 | 32)
  if (open === 7 && closed) return `Complete, ${value & 8 ? 'WITH_DATA' : 'NO_DATA'} (${value})`
  if (open === 7) return `Incomplete, ${value & 8 ? 'DATA' : 'ESTABLISHED'} (${value})`
  if (value === 3) return 'Incomplete, CLIENT_ESTABLISHED (3)'
  if (value === 1) return 'Incomplete, SYN_SENT (1)'
  return `Incomplete (${value})`
}
