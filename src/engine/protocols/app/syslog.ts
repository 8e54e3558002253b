// Syslog (RFC 3164 and RFC 5424) over UDP (RFC 5426): the priority and the message, whose header is read where it is one of the two forms.
// Not covered: structured data's parts, and syslog over TCP or TLS, which has no port that is only its own.
import { printable } from '../../bytes/printable'
import { utf8Text } from '../../bytes/text'
import { absoluteTime, defineProtocol, string, u24, u8 } from '../../dissect/define'
import type { Decoder, FieldId } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'

/** Facilities (RFC 5424, table 1) with the names that configuration files use. */
const FACILITIES: readonly (readonly [string, string])[] = [
  ['KERN', 'kernel messages'],
  ['USER', 'user-level messages'],
  ['MAIL', 'mail system'],
  ['DAEMON', 'system daemons'],
  ['AUTH', 'security/authorization messages'],
  ['SYSLOG', 'messages of syslogd itself'],
  ['LPR', 'line printer subsystem'],
  ['NEWS', 'network news subsystem'],
  ['UUCP', 'UUCP subsystem'],
  ['CRON', 'clock daemon'],
  ['AUTHPRIV', 'private security/authorization messages'],
  ['FTP', 'FTP daemon'],
  ['NTP', 'NTP subsystem'],
  ['LOGAUDIT', 'log audit'],
  ['LOGALERT', 'log alert'],
  ['CRON', 'clock daemon'],
  ['LOCAL0', 'local use 0'],
  ['LOCAL1', 'local use 1'],
  ['LOCAL2', 'local use 2'],
  ['LOCAL3', 'local use 3'],
  ['LOCAL4', 'local use 4'],
  ['LOCAL5', 'local use 5'],
  ['LOCAL6', 'local use 6'],
  ['LOCAL7', 'local use 7'],
]
/** Severities (RFC 5424, table 2). */
const LEVELS: readonly (readonly [string, string])[] = [
  ['EMERG', 'system is unusable'],
  ['ALERT', 'action must be taken immediately'],
  ['CRIT', 'critical conditions'],
  ['ERR', 'error conditions'],
  ['WARNING', 'warning conditions'],
  ['NOTICE', 'normal but significant condition'],
  ['INFO', 'informational'],
  ['DEBUG', 'debug-level messages'],
]
function named(list: readonly (readonly [string, string])[]) {
  return (value: number) => list[value]?.join(' - ')
}

const fields = {
  'syslog.facility': u8('Facility', { mask: 0x3f8, values: named(FACILITIES) }),
  'syslog.level': u8('Level', { mask: 0x07, values: named(LEVELS) }),
  'syslog.msg': string('Message'),
  'syslog.version': string('Syslog version'),
  'syslog.timestamp': absoluteTime('Syslog timestamp'),
  'syslog.timestamp_rfc3164': string('Syslog timestamp (RFC3164)'),
  'syslog.hostname': string('Syslog hostname'),
  'syslog.appname': string('Syslog app name'),
  'syslog.procid': string('Syslog process id'),
  'syslog.msgid': string('Syslog message id'),
  'syslog.msgid.bom': u24('Syslog BOM', { base: 'hex' }),
} as const
type Ids = FieldIds<typeof fields>

const SPACE = 0x20,
  COLON = 0x3a,
  BYTE_ORDER_MARK = 0xefbbbf
/** Longest tag of a BSD message (RFC 3164, 5.3). */
const LONGEST_TAG = 32
/** What tshark prints of a time that it cannot read. */
const NO_TIME = 'Jan  1, 1970 00:00:00 UTC'

export const syslog = defineProtocol({
  name: 'syslog',
  title: 'Syslog message',
  short: 'Syslog',
  accepts: { 'udp.port': [514] },
  firstVisit: 'none',
  fields,
  decode(d, f) {
    d.setProtocol('Syslog')
    if (d.summary) d.setInfo('')
    const start = d.at,
      priority = readPriority(d),
      at = d.at
    d.require(1)
    if (d.summary || d.labels) {
      const text = printable(d.latin1(at, d.end)),
        source = priority < 0 ? '' : `${FACILITIES[priority >> 3]?.[0] ?? 'UNKNOWN'}.${LEVELS[priority & 7]?.[0] ?? ''}: `
      if (d.summary) d.setInfo(source + text)
      if (d.labels) d.label(`Syslog message: ${source || '(unknown): '}${text}`)
    }
    if (priority >= 0) {
      d.bits(f['syslog.facility'], start, at, priority)
      d.bits(f['syslog.level'], start, at, priority)
    }
    text(d, f['syslog.msg'], at, d.end)
    const outer = d.enter()
    if (d.left > 2 && d.latin1(at, at + 2) === '1 ') headerOf5424(d, f)
    else if (isHeaderOf3164(d)) headerOf3164(d, f)
    d.leave(outer)
  },
})

/** "<" digits ">"; -1 without it. The closing bracket may be missing, as at most three digits are read. */
function readPriority(d: Decoder): number {
  d.require(1)
  if (d.peek8() !== 0x3c) return -1
  d.skip(1)
  let value = 0
  for (let digits = 0; digits < 3; digits++) {
    d.require(1)
    const digit = d.peek8() - 0x30
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    d.skip(1)
  }
  d.require(1)
  if (d.peek8() === 0x3e) d.skip(1)
  return value
}

/** A string that ends with a NUL or at `end`. */
function text(d: Decoder, field: FieldId<'string'>, start: number, end: number): void {
  const nul = d.indexOf(0, start, end)
  if (nul < 0) d.range(field, start, Math.min(end, d.readable))
  else d.value(field, start, Math.min(end, d.readable), utf8Text(d.bytes, start, nul))
}

/** A word before a space; false, and nothing read, where no space follows. */
function word(d: Decoder, field: FieldId<'string'>): boolean {
  const space = d.indexOf(SPACE, d.at)
  if (space < 0) return false
  d.range(field, d.at, space)
  d.ascii()
  d.at = space + 1
  return true
}

/** VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID ... (RFC 5424, 6). */
function headerOf5424(d: Decoder, f: Ids): void {
  if (!word(d, f['syslog.version'])) return
  const space = d.indexOf(SPACE, d.at)
  if (space < 0) return
  if (space > d.at) {
    const time = isoTime(d.latin1(d.at, Math.min(space, d.at + 64)))
    if (time) d.time(f['syslog.timestamp'], time.seconds, time.nanoseconds, d.at, space, false)
    else d.value(f['syslog.timestamp'], d.at, space, NO_TIME)
  }
  d.at = space + 1
  if (!word(d, f['syslog.hostname']) || !word(d, f['syslog.appname']) || !word(d, f['syslog.procid'])) return
  d.require(3)
  const marked = d.peek24() === BYTE_ORDER_MARK
  if (marked) d.u24(f['syslog.msgid.bom'])
  text(d, f['syslog.msgid'], d.at, d.end)
  if (!marked) d.ascii()
}

/** YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|+HH[[:]MM]] (RFC 3339, and what else ISO 8601 allows). */
function isoTime(value: string): { seconds: number; nanoseconds: number } | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d*))?)?(Z|[+-]\d\d(?::?\d\d)?)?/.exec(value)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = match
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day)),
    isDate = new Date(date).getUTCMonth() === Number(month) - 1 && Number(day) > 0
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const offset =
    zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '')))
  return {
    seconds: date / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset * 60,
    nanoseconds: Number(fraction.slice(0, 9).padEnd(9, '0')),
  }
}

/** "Mmm dd hh:mm:ss " by the places of its separators. */
function isHeaderOf3164(d: Decoder): boolean {
  const { at } = d
  return (
    d.leftCaptured > 15 &&
    d.peek8(at + 3) === SPACE &&
    d.peek8(at + 6) === SPACE &&
    d.peek8(at + 9) === COLON &&
    d.peek8(at + 12) === COLON &&
    d.peek8(at + 15) === SPACE
  )
}

/** TIMESTAMP SP HOSTNAME SP TAG CONTENT (RFC 3164, 4.1). */
function headerOf3164(d: Decoder, f: Ids): void {
  d.range(f['syslog.timestamp_rfc3164'], d.at, d.at + 15)
  d.ascii()
  d.at += 16
  if (!word(d, f['syslog.hostname'])) return
  for (let at = d.at; at < d.at + LONGEST_TAG; at++) {
    d.require(1, at)
    if (isAlphanumeric(d.peek8(at))) continue
    d.range(f['syslog.procid'], d.at, at)
    d.ascii()
    d.at = at
    break
  }
  text(d, f['syslog.msgid'], d.at, d.end)
  d.ascii()
}
function isAlphanumeric(byte: number): boolean {
  const letter = byte | 0x20
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a)
}
