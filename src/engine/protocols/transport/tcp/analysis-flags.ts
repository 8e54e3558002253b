// Bits of the sequence-analysis column: what the first visit of a segment found, by tshark's names, and marks of our own above them.
import * as core from '../../../core/layout'

export { ACK, ANALYSIS_MASK, FIN, PSH, RST, SYN, URG } from '../../../core/layout'

/** tcp.analysis.* by name. */
export const ANALYSIS = {
  RETRANSMISSION: core.A_RETRANSMISSION,
  FAST_RETRANSMISSION: core.A_FAST_RETRANSMISSION,
  SPURIOUS_RETRANSMISSION: core.A_SPURIOUS_RETRANSMISSION,
  OUT_OF_ORDER: core.A_OUT_OF_ORDER,
  LOST_SEGMENT: core.A_LOST_SEGMENT,
  ACK_LOST_SEGMENT: core.A_ACK_LOST_SEGMENT,
  KEEP_ALIVE: core.A_KEEP_ALIVE,
  KEEP_ALIVE_ACK: core.A_KEEP_ALIVE_ACK,
  DUPLICATE_ACK: core.A_DUPLICATE_ACK,
  WINDOW_UPDATE: core.A_WINDOW_UPDATE,
  WINDOW_FULL: core.A_WINDOW_FULL,
  ZERO_WINDOW: core.A_ZERO_WINDOW,
  ZERO_WINDOW_PROBE: core.A_ZERO_WINDOW_PROBE,
  ZERO_WINDOW_PROBE_ACK: core.A_ZERO_WINDOW_PROBE_ACK,
  REUSED_PORTS: core.A_REUSED_PORTS,
  TFO_SYN: core.A_TFO_SYN,
  TFO_ACK: core.A_TFO_ACK,
  TFO_IGNORED: core.A_TFO_IGNORED,
} as const

/** Marks beside them in the same column. */
export const MARK = {
  /** Sent by the side that did not send the stream's first packet. */
  REVERSE: core.M_REVERSE,
  /** The payload continues a PDU that began in an earlier segment. */
  CONTINUES: core.M_CONTINUES,
  /** A row exists in the table of rare values (duplicate ACK, retransmission timeout, FIN retransmission). */
  RARE: core.M_RARE,
  /** The segment's length could not be told (header cut, or an IP length that does not fit), so it was not analysed. */
  NOT_ANALYSED: core.M_NOT_ANALYSED,
  /** First FIN of its stream: this side closes actively. */
  FIN_ACTIVE: core.M_FIN_ACTIVE,
  /** FIN of the side that closes second. */
  FIN_PASSIVE: core.M_FIN_PASSIVE,
  /** The segment has SEQ/ACK analysis of some kind (tshark's tree exists). */
  ANALYSED: core.M_ANALYSED,
} as const
