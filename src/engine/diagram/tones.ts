// Roles of colours, and what they are in each theme of an exported diagram. The page maps the same roles to its own tokens.

/** What a colour means. */
export type Tone =
  | 'fg1'
  | 'fg2'
  | 'fg3'
  | 'line1'
  | 'line2'
  | 'line3'
  | 'paper'
  | 'panel'
  | 'control'
  | 'accent'
  | 'ok'
  | 'warn'
  | 'bad'
  | 'pink'
  | 'tls'
  | 'http'
  | 'dns'
  | 'closed'
  | 'open'
  | 'established'
  | 'active'
  | 'passive'

/** Themes of an export; print is black on white paper without panels. */
export type DiagramTheme = 'dark' | 'light' | 'print'

/** Colours by theme (design tokens; print: light with white panels and black text). */
export const COLORS: Readonly<Record<DiagramTheme, Readonly<Record<Tone, string>>>> = {
  dark: {
    fg1: '#e8ecf0',
    fg2: '#b3bdc7',
    fg3: '#8a96a2',
    line1: '#1d2228',
    line2: '#29313a',
    line3: '#3d4853',
    paper: '#101317',
    panel: '#14181d',
    control: '#1b2026',
    accent: '#6ea8ff',
    ok: '#67b687',
    warn: '#e2b455',
    bad: '#f57e47',
    pink: '#ff9dcc',
    tls: '#af8bf8',
    http: '#67b687',
    dns: '#91e7ff',
    closed: '#6b6d70',
    open: '#7ad4fa',
    established: '#5b9a6d',
    active: '#f2c762',
    passive: '#c76dbd',
  },
  light: {
    fg1: '#14181d',
    fg2: '#444e59',
    fg3: '#5f6974',
    line1: '#e7e9ed',
    line2: '#d8dce1',
    line3: '#b4bcc5',
    paper: '#ffffff',
    panel: '#f8f9fa',
    control: '#eef0f2',
    accent: '#1a5fd0',
    ok: '#18705b',
    warn: '#805600',
    bad: '#b33c36',
    pink: '#6e2242',
    tls: '#6f4db3',
    http: '#18705b',
    dns: '#004d72',
    closed: '#8a8e95',
    open: '#003f66',
    established: '#0f7a5c',
    active: '#b58213',
    passive: '#a0468f',
  },
  print: {
    fg1: '#000000',
    fg2: '#222222',
    fg3: '#444444',
    line1: '#cccccc',
    line2: '#aaaaaa',
    line3: '#777777',
    paper: '#ffffff',
    panel: '#ffffff',
    control: '#f4f4f4',
    accent: '#1a4fa0',
    ok: '#18705b',
    warn: '#704b00',
    bad: '#a32c26',
    pink: '#6e2242',
    tls: '#5a3c99',
    http: '#18705b',
    dns: '#004d72',
    closed: '#8a8e95',
    open: '#003f66',
    established: '#0f7a5c',
    active: '#b58213',
    passive: '#a0468f',
  },
}

const STATE_TONES: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['CLOSED', 'closed'],
  ['LISTEN', 'closed'],
  ['SYN-SENT', 'open'],
  ['SYN-RECEIVED', 'open'],
  ['ESTABLISHED', 'established'],
  ['FIN-WAIT-1', 'active'],
  ['FIN-WAIT-2', 'active'],
  ['CLOSING', 'active'],
  ['TIME-WAIT', 'active'],
  ['CLOSE-WAIT', 'passive'],
  ['LAST-ACK', 'passive'],
])
/** States that end by waiting, drawn hatched. */
const WAITING = new Set(['TIME-WAIT', 'LAST-ACK'])

/** Colour role of an RFC 9293 state. */
export function stateTone(state: string): Tone {
  return STATE_TONES.get(state) ?? 'fg3'
}

/** Whether a state's band is hatched. */
export function isHatched(state: string): boolean {
  return WAITING.has(state)
}
