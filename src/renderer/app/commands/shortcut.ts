// Keyboard shortcuts as text ("Mod+Shift+K"): parsing, matching against key events, and printing for the platform.

/** A parsed shortcut. `mod` is Ctrl, or Cmd on a Mac. */
export interface Shortcut {
  readonly mod: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  /** Key name in lower case: a character, or a name of KeyboardEvent.key. */
  readonly key: string
}

/** What of a KeyboardEvent matters here. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Parses a shortcut such as "Mod+K", "Alt+ArrowLeft", "F6", "Mod++" or "/". */
export function parseShortcut(text: string): Shortcut {
  const parts = text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text === '+' ? ['+'] : text.split('+')
  const key = (parts.at(-1) ?? '').toLowerCase()
  const modifiers = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()))
  return {
    mod: modifiers.has('mod'),
    ctrl: modifiers.has('ctrl'),
    alt: modifiers.has('alt'),
    shift: modifiers.has('shift'),
    key: key === 'space' ? ' ' : key,
  }
}

/** True when a key press is the shortcut. Letters also match by key position when Alt changes the character (Mac). */
export function matches(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  const ctrl = shortcut.ctrl || (shortcut.mod && !mac)
  const meta = shortcut.mod && mac
  if (press.ctrlKey !== ctrl || press.metaKey !== meta || press.altKey !== shortcut.alt) return false
  const key = press.key.toLowerCase()
  // For a character that needs Shift on some keyboards ("?", "/"), Shift is part of typing it, not of the shortcut.
  const shiftMatters = shortcut.key.length > 1 || /^[a-z0-9 ]$/.test(shortcut.key) || shortcut.shift
  if (shiftMatters && press.shiftKey !== shortcut.shift) return false
  if (key === shortcut.key) return true
  return (
    (shortcut.alt || shortcut.mod) &&
    /^[a-z]$/.test(shortcut.key) &&
    !/^[a-z]$/.test(key) &&
    press.code === `Key${shortcut.key.toUpperCase()}`
  )
}

const NAMES: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  enter: '↵',
  escape: 'Esc',
  ' ': 'Space',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  delete: 'Del',
  tab: 'Tab',
}

/** A shortcut as printed beside an action: "Ctrl+K", or "⌘K" on a Mac. */
export function printShortcut(text: string, mac: boolean): string {
  const shortcut = parseShortcut(text)
  const name = NAMES[shortcut.key] ?? (shortcut.key.length === 1 ? shortcut.key.toUpperCase() : shortcut.key.replace(/^f(\d+)$/, 'F$1'))
  if (mac) return `${shortcut.ctrl ? '⌃' : ''}${shortcut.alt ? '⌥' : ''}${shortcut.shift ? '⇧' : ''}${shortcut.mod ? '⌘' : ''}${name}`
  const parts = [
    ...(shortcut.mod || shortcut.ctrl ? ['Ctrl'] : []),
    ...(shortcut.alt ? ['Alt'] : []),
    ...(shortcut.shift ? ['Shift'] : []),
    name,
  ]
  return parts.join('+')
}
