// Bits of the sequence-analysis column: what the first visit of a segment found, by tshark's names, and marks of our own above them.

/** Header flags (RFC 9293, 3.1; AE from RFC 7560). */
export const FIN = 0x01,
  SYN = 0x02,
  RST = 0x04,
  PSH = 0x08,
  ACK = 0x10,
  URG = 0x20

/** tcp.analysis.* by name. */
export const ANALYSIS = {
  RETRANSMISSION: 1 << 0,
  FAST_RETRANSMISSION: 1 << 1,
  SPURIOUS_RETRANSMISSION: 1 << 2,
  OUT_OF_ORDER: 1 << 3,
  LOST_SEGMENT: 1 << 4,
  ACK_LOST_SEGMENT: 1 << 5,
  KEEP_ALIVE: 1 << 6,
  KEEP_ALIVE_ACK: 1 << 7,
  DUPLICATE_ACK: 1 << 8,
  WINDOW_UPDATE: 1 << 9,
  WINDOW_FULL: 1 << 10,
  ZERO_WINDOW: 1 << 11,
  ZERO_WINDOW_PROBE: 1 << 12,
  ZERO_WINDOW_PROBE_ACK: 1 << 13,
  REUSED_PORTS: 1 << 14,
  TFO_SYN: 1 << 15,
  TFO_ACK: 1 << 16,
  TFO_IGNORED: 1 << 17,
} as const

/** All bits that tshark knows. */
export const ANALYSIS_MASK = (1 << 18) - 1

/** Marks beside them in the same column. */
export const MARK = {
  /** Sent by the side that did not send the stream's first packet. */
  REVERSE: 1 << 20,
  /** The payload continues a PDU that began in an earlier segment. */
  CONTINUES: 1 << 21,
  /** A row exists in the table of rare values (duplicate ACK, retransmission timeout, FIN retransmission). */
  RARE: 1 << 22,
  /** The segment's length could not be told (header cut, or an IP length that does not fit), so it was not analysed. */
  NOT_ANALYSED: 1 << 23,
  /** First FIN of its stream: this side closes actively. */
  FIN_ACTIVE: 1 << 24,
  /** FIN of the side that closes second. */
  FIN_PASSIVE: 1 << 25,
  /** The segment has SEQ/ACK analysis of some kind (tshark's tree exists). */
  ANALYSED: 1 << 26,
} as const
