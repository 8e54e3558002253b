// What is remarkable about a segment, as the diagram shows it: one mark each, the strongest of what the analysis found.
import { ANALYSIS, FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import type { Tone } from './tones'

/** Marks; the order is that of strength. */
export type Mark =
  | 'reset'
  | 'retransmission'
  | 'fast-retransmission'
  | 'spurious-retransmission'
  | 'out-of-order'
  | 'gap'
  | 'ack-unseen'
  | 'window-full'
  | 'zero-window'
  | 'zero-window-probe'
  | 'zero-window-probe-ack'
  | 'keep-alive'
  | 'keep-alive-ack'
  | 'duplicate-ack'
  | 'window-update'
  // between two places of capture
  | 'lost-between'
  | 'partly-lost'
  | 'missed'
  | 'appeared'
  | 'outside'
  | 'repeated-between'
  | 'overtaken'
  | 'late'

const BY_BIT: readonly (readonly [number, Mark])[] = [
  [ANALYSIS.FAST_RETRANSMISSION, 'fast-retransmission'],
  [ANALYSIS.SPURIOUS_RETRANSMISSION, 'spurious-retransmission'],
  [ANALYSIS.RETRANSMISSION, 'retransmission'],
  [ANALYSIS.OUT_OF_ORDER, 'out-of-order'],
  [ANALYSIS.LOST_SEGMENT, 'gap'],
  [ANALYSIS.ACK_LOST_SEGMENT, 'ack-unseen'],
  [ANALYSIS.WINDOW_FULL, 'window-full'],
  [ANALYSIS.ZERO_WINDOW_PROBE, 'zero-window-probe'],
  [ANALYSIS.ZERO_WINDOW_PROBE_ACK, 'zero-window-probe-ack'],
  [ANALYSIS.KEEP_ALIVE, 'keep-alive'],
  [ANALYSIS.KEEP_ALIVE_ACK, 'keep-alive-ack'],
  [ANALYSIS.ZERO_WINDOW, 'zero-window'],
  [ANALYSIS.DUPLICATE_ACK, 'duplicate-ack'],
  [ANALYSIS.WINDOW_UPDATE, 'window-update'],
]

/** The mark of a segment, or undefined for an ordinary one. A SYN, ACK that answers a SYN in a simultaneous open repeats its number by design. */
export function markOf(flags: number, analysis: number, crossing: boolean): Mark | undefined {
  if ((flags & RST) !== 0) return 'reset'
  if (crossing) return undefined
  return BY_BIT.find(([bit]) => (analysis & bit) !== 0)?.[1]
}

/** How a mark is drawn: never by colour alone. */
export const MARK_STYLE: Readonly<Record<Mark, { readonly tone: Tone; readonly dash: boolean }>> = {
  reset: { tone: 'bad', dash: false },
  retransmission: { tone: 'bad', dash: true },
  'fast-retransmission': { tone: 'bad', dash: true },
  'spurious-retransmission': { tone: 'bad', dash: true },
  'out-of-order': { tone: 'pink', dash: false },
  gap: { tone: 'fg2', dash: false },
  'ack-unseen': { tone: 'warn', dash: false },
  'window-full': { tone: 'warn', dash: false },
  'zero-window': { tone: 'warn', dash: false },
  'zero-window-probe': { tone: 'fg2', dash: true },
  'zero-window-probe-ack': { tone: 'fg2', dash: false },
  'keep-alive': { tone: 'fg2', dash: true },
  'keep-alive-ack': { tone: 'fg2', dash: false },
  'duplicate-ack': { tone: 'fg2', dash: false },
  'window-update': { tone: 'fg2', dash: false },
  'lost-between': { tone: 'bad', dash: false },
  'partly-lost': { tone: 'bad', dash: false },
  missed: { tone: 'fg2', dash: true },
  appeared: { tone: 'warn', dash: true },
  outside: { tone: 'fg2', dash: true },
  'repeated-between': { tone: 'pink', dash: true },
  overtaken: { tone: 'pink', dash: false },
  late: { tone: 'warn', dash: false },
}

/** Ordinary bulk: data, acknowledgments, duplicates of them, window updates, and a sender that fills the window again and again. */
const BULK = ANALYSIS.DUPLICATE_ACK | ANALYSIS.WINDOW_UPDATE | ANALYSIS.WINDOW_FULL
/** A quiet connection that is kept alive, or one that waits for a window. */
const WAITING =
  ANALYSIS.KEEP_ALIVE |
  ANALYSIS.KEEP_ALIVE_ACK |
  ANALYSIS.ZERO_WINDOW_PROBE |
  ANALYSIS.ZERO_WINDOW_PROBE_ACK |
  ANALYSIS.ZERO_WINDOW |
  ANALYSIS.DUPLICATE_ACK

/** Segments of one class may be folded together: 0 = never folded, 1 = bulk, 2 = waiting. `analysis` is without MARK bits. */
export function foldClass(flags: number, analysis: number, length: number): 0 | 1 | 2 {
  if ((flags & (SYN | FIN | RST)) !== 0) return 0
  if ((analysis & ~BULK) === 0) return 1
  return (analysis & ~WAITING) === 0 && length <= 1 ? 2 : 0
}

const NAMES: readonly (readonly [number, string])[] = [
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

/** "SYN, ACK": names of the flags in the order of the header's bits, the lowest first; '<none>' without any. */
export function flagNames(flags: number): string {
  const names = NAMES.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name)
  return names.length === 0 ? '<none>' : names.join(', ')
}
