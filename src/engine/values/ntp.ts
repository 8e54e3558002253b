// Network Time Protocol: modes, extension fields and control messages (RFC 5905, 9327, 7821, 8915; IANA ntp-parameters), reference identifiers, and the
// request codes of ntpd's private messages (its ntp_request.h).

/** Leap indicator. */
export const NTP_LEAP: Readonly<Record<number, string>> = {
  0: 'no warning',
  1: 'last minute of the day has 61 seconds',
  2: 'last minute of the day has 59 seconds',
  3: 'unknown (clock unsynchronized)',
}
/** Version numbers; 0 and 5 to 7 are reserved. */
export function ntpVersion(version: number): string {
  return version >= 1 && version <= 4 ? `NTP Version ${version}` : 'reserved'
}
/** Association modes. */
export const NTP_MODES: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'symmetric active',
  2: 'symmetric passive',
  3: 'client',
  4: 'server',
  5: 'broadcast',
  6: 'reserved for NTP control message',
  7: 'reserved for private use',
}
/** Extension field types: operation codes of Autokey with their response and error bits, and NTS. */
export const NTP_EXTENSIONS: Readonly<Record<number, string>> = {
  0x0104: 'Unique Identifier',
  0x0204: 'NTS Cookie',
  0x0304: 'NTS Cookie Placeholder',
  0x0404: 'NTS Authenticator and Encrypted Extension Fields',
  0x2005: 'Checksum Complement',
  ...autokey(),
}
function autokey(): Record<number, string> {
  const names = [
    'No-Operation',
    'Association Message',
    'Certificate Message',
    'Cookie Message',
    'Autokey Message',
    'Leapseconds Message',
    'Sign Message',
    'IFF Identity Message',
    'GQ Identity Message',
    'MV Identity Message',
  ]
  const types: Record<number, string> = {}
  names.forEach((name, operation) => {
    types[operation * 256 + 2] = `${name} Request`
    types[0x8002 + operation * 256] = `${name} Response`
    types[0xc002 + operation * 256] = `${name} Error Response`
  })
  return types
}
/** Reference identifiers of primary servers (RFC 5905, figure 12) and of ntpd's drivers; and kiss codes that are sent before a server is chosen. */
export const NTP_REFERENCES: Readonly<Record<string, string>> = {
  LOCL: 'uncalibrated local clock',
  CESM: 'calibrated cesium clock',
  RBDM: 'calibrated rubidium clock',
  PPS: 'calibrated quartz clock or pulse-per-second source',
  PPS0: 'pulse-per-second source',
  IRIG: 'Inter-Range Instrumentation Group time code',
  ACTS: 'NIST telephone modem service',
  USNO: 'US Naval Observatory telephone modem service',
  PTB: 'PTB telephone modem service (Germany)',
  TDF: 'Allouis radio, France, 164 kHz',
  DCF: 'DCF77 radio, Mainflingen, Germany, 77.5 kHz',
  DCFa: 'DCF77 radio, amplitude modulation',
  DCFp: 'DCF77 radio, phase modulation',
  DCFi: 'DCF77 radio, interference',
  MSF: 'MSF radio, Rugby, UK, 60 kHz',
  WWV: 'WWV radio, Ft. Collins, US',
  WWVB: 'WWVB radio, Boulder, US, 60 kHz',
  WWVH: 'WWVH radio, Kauai, Hawaii',
  HBG: 'HBG radio, Prangins, Switzerland, 75 kHz',
  JJY: 'JJY radio, Fukushima, Japan, 40 or 60 kHz',
  CHU: 'CHU radio, Ottawa, Canada',
  LORC: 'LORAN-C radio navigation',
  OMEG: 'OMEGA radio navigation',
  GPS: 'Global Positioning System',
  GPSs: 'Global Positioning System (shared memory)',
  GAL: 'Galileo Positioning System',
  GOES: 'Geostationary Orbit Environment Satellite',
  GNSS: 'Global Navigation Satellite System',
  GLNS: 'GLONASS Positioning System',
  BDS: 'BeiDou Navigation Satellite System',
  MRS: 'several reference sources',
  SHM: 'shared memory',
  TSP: 'Unix time synchronization',
  INIT: 'initialization',
  STEP: 'step change of system time',
  XFAC: 'association changed',
  DENY: 'access denied by the server',
  RSTR: 'access denied by local policy',
  RATE: 'rate exceeded, send less often',
}

/** Operation codes of control messages. */
export const NTP_CONTROL_OPERATIONS: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'read status',
  2: 'read variables',
  3: 'write variables',
  4: 'read clock variables',
  5: 'write clock variables',
  6: 'set trap address/port',
  7: 'asynchronous message',
  8: 'runtime configuration',
  9: 'save configuration to file',
  10: 'retrieve list of clients (MRU)',
  11: 'retrieve ordered list',
  12: 'request a client nonce',
  31: 'unset trap address/port',
}
/** Error codes of control messages. */
export const NTP_CONTROL_ERRORS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'authentication failure',
  2: 'invalid message length or format',
  3: 'invalid opcode',
  4: 'unknown association identifier',
  5: 'unknown variable name',
  6: 'invalid variable value',
  7: 'administratively prohibited',
}
/** Where the system clock's time comes from. */
export const NTP_CLOCK_SOURCES: Readonly<Record<number, string>> = {
  0: 'unspecified or unknown',
  1: 'calibrated atomic clock',
  2: 'VLF or LF radio',
  3: 'HF radio',
  4: 'UHF satellite',
  5: 'local net',
  6: 'UDP/NTP',
  7: 'UDP/TIME',
  8: 'eyeball-and-wristwatch',
  9: 'telephone modem',
}
/** System event codes. */
export const NTP_SYSTEM_EVENTS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'frequency file not available',
  2: 'frequency set',
  3: 'spike detected',
  4: 'frequency training started',
  5: 'clock synchronized',
  6: 'system restart',
  7: 'panic stop',
  8: 'no system peer',
  9: 'leap second armed',
  10: 'leap second disarmed',
  11: 'leap second inserted or deleted',
  12: 'clock stepped',
  13: 'kernel discipline status changed',
  14: 'leapseconds table available from file',
  15: 'leapseconds table outdated',
}
/** What the selection algorithms made of a peer. */
export const NTP_PEER_SELECTION: Readonly<Record<number, string>> = {
  0: 'rejected',
  1: 'passed sanity checks',
  2: 'passed correctness checks',
  3: 'passed candidate checks',
  4: 'passed outlier checks',
  5: 'current synchronization source; max distance exceeded',
  6: 'current synchronization source; max distance okay',
  7: 'reserved',
}
/** Peer event codes. */
export const NTP_PEER_EVENTS: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'association mobilized',
  2: 'association demobilized',
  3: 'peer unreachable',
  4: 'peer reachable',
  5: 'association restarted or timed out',
  6: 'no server found',
  7: 'rate exceeded',
  8: 'access denied',
  9: 'leap second armed by the server',
  10: 'become system peer',
  11: 'reference clock event',
  12: 'authentication failure',
  13: 'popcorn spike suppressed',
  14: 'entering interleave mode',
  15: 'recovered from interleave error',
}
/** State of a reference clock. */
export const NTP_CLOCK_STATUS: Readonly<Record<number, string>> = {
  0: 'clock operating within nominals',
  1: 'reply timeout',
  2: 'bad reply format',
  3: 'hardware or software fault',
  4: 'propagation failure',
  5: 'bad date format or value',
  6: 'bad time format or value',
}

/** Implementations that private messages are for. */
export const NTP_IMPLEMENTATIONS: Readonly<Record<number, string>> = { 0: 'UNIV', 2: 'XNTPD_OLD (pre-IPv6)', 3: 'XNTPD' }
/** Request codes of private messages. */
export const NTP_PRIVATE_REQUESTS: Readonly<Record<number, string>> = {
  0: 'PEER_LIST', 1: 'PEER_LIST_SUM', 2: 'PEER_INFO', 3: 'PEER_STATS', 4: 'SYS_INFO', 5: 'SYS_STATS', 6: 'IO_STATS', 7: 'MEM_STATS', 8: 'LOOP_INFO', 9: 'TIMER_STATS', 10: 'CONFIG',
  11: 'UNCONFIG', 12: 'SET_SYS_FLAG', 13: 'CLR_SYS_FLAG', 14: 'MONITOR', 15: 'NOMONITOR', 16: 'GET_RESTRICT', 17: 'RESADDFLAGS', 18: 'RESSUBFLAGS', 19: 'UNRESTRICT', 20: 'MON_GETLIST',
  21: 'RESET_STATS', 22: 'RESET_PEER', 23: 'REREAD_KEYS', 24: 'DO_DIRTY_HACK', 25: 'DONT_DIRTY_HACK', 26: 'TRUSTKEY', 27: 'UNTRUSTKEY', 28: 'AUTHINFO', 29: 'TRAPS', 30: 'ADD_TRAP', 31: 'CLR_TRAP',
  32: 'REQUEST_KEY', 33: 'CONTROL_KEY', 34: 'GET_CTLSTATS', 35: 'GET_LEAPINFO', 36: 'GET_CLOCKINFO', 37: 'SET_CLKFUDGE', 38: 'GET_KERNEL', 39: 'GET_CLKBUGINFO', 41: 'SET_PRECISION', 42: 'MON_GETLIST_1',
  43: 'HOSTNAME_ASSOCID', 44: 'IF_STATS', 45: 'IF_RELOAD',
}
/** Error codes of private messages. */
export const NTP_PRIVATE_ERRORS: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'incompatible implementation number',
  2: 'unimplemented request code',
  3: 'format error',
  4: 'no data available',
  5: 'unknown',
  6: 'unknown',
  7: 'authentication failure',
}
