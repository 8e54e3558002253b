// Where things are in the memory that the index core (WebAssembly) and the engine share. Read by both: AssemblyScript takes these numbers as 32-bit
// integers, TypeScript as numbers.

/** Bytes of a page of WebAssembly memory. */
export const PAGE = 65536
/** Most pages: 4 GB. */
export const MOST_PAGES = 65536

// ---- words of the state, by which the two sides hand things to each other
/** Address of the state. */
export const STATE_AT = 1024
/** Of the segment that was analysed last; see TcpTracker. */
export const S_STREAM = 0
export const S_DIRECTION = 1
export const S_ANALYSIS = 2
export const S_ACKS_FRAME = 3
export const S_BYTES_IN_FLIGHT = 4
export const S_PUSH_BYTES = 5
export const S_SCALE = 6
export const S_COMPLETENESS_BEFORE = 7
export const S_PREVIOUS_FRAME = 8
/** Rare values of first and of further headers: where they are, and how many. */
export const S_RARE = 9
export const S_RARE_COUNT = 11
/** Options of a segment that the engine hands over: window scale (-1 = none), OPTION bits, pairs in SACK_AT. */
export const S_OPTION_SCALE = 13
export const S_OPTION_BITS = 14
export const S_SACK_COUNT = 15
/** Of the packet whose row was written last, as offsets in the frame; REMARK: whether its dissector may have a remark to make on its headers. */
export const S_NETWORK_AT = 16
export const S_TRANSPORT_AT = 17
export const S_NETWORK_END = 18
export const S_VERSION = 19
export const S_PROTOCOL = 20
export const S_PAYLOAD_AT = 21
export const S_PAYLOAD_LENGTH = 22
export const S_PAYLOAD_SEQUENCE = 23
export const S_REMARK = 24
/** Ends of its network header as address numbers. */
export const S_SOURCE = 25
export const S_DESTINATION = 26
export const S_SOURCE_PORT = 27
export const S_DESTINATION_PORT = 28
/** Of a run over records: where its last one begins, and the outcome of that one's row. */
export const S_LAST_AT = 29
export const S_OUTCOME = 30
/** Frames up to this one have the stream of their first transport header. */
export const S_PLACED_FRAME = 31
/** How many conversations are announced that did not begin yet. */
export const S_ANNOUNCED = 32
/** Addresses: how many, and where their kinds (a byte each) and words (four each) are. */
export const S_ADDRESSES = 33
export const S_ADDRESS_KINDS = 34
export const S_ADDRESS_WORDS = 35
/** Where the words of the flows are. */
export const S_FLOWS = 36
/** What the heuristics ask for; see PayloadKinds. */
export const S_TCP_BY_CONTENT = 37
export const S_UDP_BY_CONTENT = 38
export const S_UDP_TUNNELS = 39
export const S_CONTENT_BIT = 40
/** Bytes of memory that tables and chunks take. */
export const S_USED = 41
/** Whether what stands in TCP headers, and what their analysis finds, is asked for by nobody: states go on, columns are left out. */
export const S_IS_LEAN = 42
const STATE_WORDS = 64

/** Four ranges of selective acknowledgments as (left, right) words. */
export const SACK_AT = STATE_AT + STATE_WORDS * 4

// ---- tables of fixed size
/** What the dispatch tables say of ports, Ethernet types and IP protocols: by key a byte, which tells a word of SAID_AT. Bytes, since every page that is touched costs. */
export const TCP_PORTS_AT = 65536
export const UDP_PORTS_AT = TCP_PORTS_AT + 65536
export const ETHERTYPES_AT = UDP_PORTS_AT + 65536
export const IP_PROTOCOLS_AT = ETHERTYPES_AT + 65536
export const SAID_AT = IP_PROTOCOLS_AT + 256
/** Addresses that came last: values and numbers. */
export const RECENT = 1024
export const RECENT_AT = SAID_AT + 256 * 4
/** The directory: by number of a chunk the addresses of all columns' chunks (words; 0 where there is none), which stand together, since a packet writes a row of
 *  most of them. */
export const DIRECTORY_AT = 0x60000
/** Words of a chunk number, as a shift, and most chunk numbers. */
export const DIRECTORY_BITS = 6
export const MOST_CHUNKS = 65536
/** What follows is shared out as it is asked for. */
export const HEAP_AT = DIRECTORY_AT + (MOST_CHUNKS << (DIRECTORY_BITS + 2))

/** Rows in a chunk of a column. */
export const CHUNK_BITS = 13

// ---- columns
export const C_POSITION_LOW = 0
export const C_SECONDS = 1
export const C_NANOSECONDS = 2
export const C_ORIGINAL_LENGTH = 3
export const C_MISSING_LENGTH = 4
export const C_SOURCE_ADDRESS = 5
export const C_DESTINATION_ADDRESS = 6
export const C_PROTOCOLS = 7
export const C_STREAM = 8
export const C_PREVIOUS = 9
/** Words of TCP headers: SEQUENCE to PUSH_BYTES of the first header of a packet, then of further ones. */
export const C_MAIN = 10
export const C_FURTHER = 17
export const SEQUENCE = 0
export const ACKNOWLEDGMENT = 1
export const LENGTH = 2
export const ANALYSIS_BITS = 3
export const ACKS_FRAME = 4
export const BYTES_IN_FLIGHT = 5
export const PUSHED_BYTES = 6
/** From here on 16 bits a row. */
export const C_FIRST_OF_16 = 24
export const C_POSITION_HIGH = 24
export const C_SOURCE_PORT = 25
export const C_DESTINATION_PORT = 26
export const C_MAIN_FLAGS = 27
export const C_MAIN_WINDOW = 28
export const C_FURTHER_FLAGS = 29
export const C_FURTHER_WINDOW = 30
/** From here on 8 bits a row. */
export const C_FIRST_OF_8 = 32
export const C_STATUS = 32
export const C_SEVERITY = 33

// ---- streams
/** Words of a table of streams: how many there are, and where they are. */
export const T_COUNT = 0
export const T_STREAMS = 1
export const T_SLOTS = 2
export const T_MASK = 3
export const T_USED = 4
export const T_ROOM = 5
export const T_TRANSPORT = 6
export const TABLE_WORDS = 8
/** Words of a stream, as a shift: sender and receiver of its first packet (address numbers; the ports share a word, the sender's in its upper half), its
 *  first and its last frame, and whether a protocol is remembered for it. They stand together, so that finding a stream touches one line of the
 *  processor's cache. */
export const STREAM_BITS = 3
export const STREAM_SOURCE = 0
export const STREAM_DESTINATION = 1
export const STREAM_PORTS = 2
export const STREAM_FIRST_FRAME = 3
export const STREAM_LAST_FRAME = 4
export const STREAM_REMEMBERED = 5

// ---- how a row is written
/** See RowDepth. */
export const DEPTH_HEADERS = 0
export const DEPTH_COLUMNS = 1
export const DEPTH_INDEX = 2
export const DEPTH_DISSECT = 3
/** See ROW. */
export const ROW_DONE = 0
export const ROW_STATE = 1
export const ROW_REMARK = 2
export const ROW_UNKNOWN = 3
/** The engine has to look at the payload of the segment. */
export const ROW_PAYLOAD = 5
/** The engine has to ask its heuristics first, and to write the row again with their answer; nothing was written. */
export const ROW_HEURISTIC = 6
/** Answers of the heuristics: not asked yet; nothing that matters; a protocol whose first visit writes state. */
export const ASKED_NOT = 0
export const ASKED_NOTHING = 1
export const ASKED_STATE = 2

// ---- bits
/** OPTION bits. */
export const OPTION_COOKIE = 1
export const OPTION_CUT = 2
/** See PROTOCOL. */
export const P_ETHERNET = 1
export const P_VLAN = 2
export const P_SLL = 4
export const P_NULL = 8
export const P_IPV4 = 32
export const P_IPV6 = 64
export const P_TCP = 1024
export const P_UDP = 2048
export const P_OTHER = 1073741824
/** Beside them in the tables of keys: some protocol is named; it carries network packets; its first visit writes state; the PROTOCOL bits themselves. */
export const HAS_PROTOCOL = 268435456
export const CARRIES_PACKETS = 134217728
export const WRITES_STATE = 67108864
export const PORT_BITS = 67108863
/** STATUS.CUT. */
export const STATUS_CUT = 16
/** Of the severity column. */
export const SEVERITY_CHAT = 1
export const SEVERITY_NOTE = 2
export const SEVERITY_WARNING = 3
/** Kinds of addresses. */
export const ADDRESS_ETHER = 1
export const ADDRESS_IPV4 = 2
export const ADDRESS_IPV6 = 3

// ---- flows: one direction of a TCP stream (stream * 2 + direction). Sequence numbers are raw; 0 stands for "not known yet", as tshark has it.
/** Words of a flow; they stand together, so that a segment touches two lines of the processor's cache instead of forty. */
export const FLOW_WORDS = 24
/** FLOW bits. */
export const F_STATE = 0
/** Initial sequence number, or a guess that makes relative numbers begin at 1. */
export const F_BASE = 1
/** Highest sequence number seen, plus one; and the frame that brought it. */
export const F_NEXT = 2
export const F_NEXT_FRAME = 3
/** Highest sequence number up to which all was seen. */
export const F_CONTIGUOUS = 4
/** Last acknowledgment, its frame, and the frame in which it was new. */
export const F_LAST_ACK = 5
export const F_LAST_ACK_FRAME = 6
export const F_NEW_ACK_FRAME = 7
export const F_DUPLICATE_ACKS = 8
/** Window of the last segment as in its header; -1 before the first. */
export const F_WINDOW = 9
/** Window scale, and the frame after which it is in force. */
export const F_SCALE = 10
export const F_SCALE_FRAME = 11
/** Analysis bits of the flow's last segment. */
export const F_LAST_ANALYSIS = 12
export const F_PUSH_BYTES = 13
/** Unacknowledged segments: newest and oldest (-1 = none), and how many. */
export const F_UNACKED = 14
export const F_OLDEST = 15
export const F_UNACKED_COUNT = 16
/** Frame of the first FIN. */
export const F_FIN_FRAME = 17
/** Newest PDU that spans segments; -1 = none. See pdus.ts. */
export const F_LATEST_PDU = 18
/** Lowest sequence number of the unacknowledged segments and the end of the highest, unless the state has SPAN_UNKNOWN. */
export const F_SPAN_START = 19
export const F_SPAN_END = 20
/** Where the ranges of the flow's last selective acknowledgment are kept; 0 = it never sent one. */
export const F_SACK = 21
/** Of the stream, in the words of its first flow: frames of the latest SYN, and of the ACK that ends the handshake (0 = not seen). */
export const F_SYN_FRAME = 22
export const F_HANDSHAKE_FRAME = 23
/** Of the stream, in the words of its second flow: COMPLETENESS bits, and the port of the side that answered a SYN or was sent one (0 = unknown). */
export const F_COMPLETENESS = 22
export const F_SERVER_PORT = 23
/** Bits of F_STATE. */
export const BASE_KNOWN = 1
export const PUSH_LAST = 2
/** Bytes in flight cannot be told since a segment was lost; ends with the next ACK from the other side. */
export const FLIGHT_UNKNOWN = 4
/** The window came with a segment other than a SYN, whose window is never scaled. */
export const WINDOW_SCALED = 8
/** The other side acknowledged more than was seen: said once, until a segment shows a gap. */
export const ACKED_UNSEEN = 16
export const TFO_COOKIE = 32
/** Of a stream's first flow: no further segment can end the handshake's round trip. */
export const ROUND_TRIP_KNOWN = 64
/** The direction's bytes belong to one message until its FIN. */
export const RUNS_TO_FIN = 128
/** What numbers count from changed since the span of the unacknowledged segments was measured. */
export const SPAN_UNKNOWN = 256
/** Of a stream's first flow: Accurate ECN (RFC 9768) was asked for; it was agreed on. */
export const ECN_ASKED = 512
export const ECN_AGREED = 1024
/** Window scale when none was seen and when it is known not to be used, as tshark shows them. */
export const SCALE_UNKNOWN = -1
export const SCALE_NONE = -2

// ---- what the analysis of a segment finds
/** Header flags (RFC 9293, 3.1; AE from RFC 7560). */
export const FIN = 1
export const SYN = 2
export const RST = 4
export const PSH = 8
export const ACK = 16
export const URG = 32
/** Words of rare values: key (frame, or row of a further header), number of a duplicate ACK and the frame that it repeats, frame from which a
 *  retransmission timeout counts. */
export const RARE_WORDS = 4
/** See ANALYSIS. */
export const A_RETRANSMISSION = 1
export const A_FAST_RETRANSMISSION = 2
export const A_SPURIOUS_RETRANSMISSION = 4
export const A_OUT_OF_ORDER = 8
export const A_LOST_SEGMENT = 16
export const A_ACK_LOST_SEGMENT = 32
export const A_KEEP_ALIVE = 64
export const A_KEEP_ALIVE_ACK = 128
export const A_DUPLICATE_ACK = 256
export const A_WINDOW_UPDATE = 512
export const A_WINDOW_FULL = 1024
export const A_ZERO_WINDOW = 2048
export const A_ZERO_WINDOW_PROBE = 4096
export const A_ZERO_WINDOW_PROBE_ACK = 8192
export const A_REUSED_PORTS = 16384
export const A_TFO_SYN = 32768
export const A_TFO_ACK = 65536
export const A_TFO_IGNORED = 131072
/** All bits that tshark knows. */
export const ANALYSIS_MASK = 262143
/** See MARK. */
export const M_REVERSE = 1048576
export const M_CONTINUES = 2097152
export const M_RARE = 4194304
export const M_NOT_ANALYSED = 8388608
export const M_FIN_ACTIVE = 16777216
export const M_FIN_PASSIVE = 33554432
export const M_ANALYSED = 67108864
/** Bits of tcp.completeness. */
export const SEEN_SYN = 1
export const SEEN_SYN_ACK = 2
export const SEEN_ACK = 4
export const SEEN_DATA = 8
export const SEEN_FIN = 16
export const SEEN_RST = 32
