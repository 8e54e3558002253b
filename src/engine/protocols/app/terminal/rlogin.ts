// rlogin (RFC 1282): the handshake, window sizes, control messages in urgent data, and data.
import { asciiValue, printable } from '../../../bytes/printable'
import { defineProgress, defineProtocol, none, progressOf, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const PORT = 513
/** What a server tells in urgent data (RFC 1282, Window size negotiation). */
const CONTROL_MESSAGES: Readonly<Record<number, string>> = {
  0x02: 'Clear buffer',
  0x10: 'Raw mode',
  0x20: 'Cooked mode',
  0x80: 'Window size request',
}
const FIELDS = {
  'rlogin.client_startup_flag': u8('Client startup flag', { base: 'hex' }),
  'rlogin.startup_info_received_flag': u8('Startup info received flag', { base: 'hex' }),
  'rlogin.user_info': string('User Info'),
  'rlogin.client_user_name': string('Client-user-name'),
  'rlogin.server_user_name': string('Server-user-name'),
  'rlogin.terminal_type': string('Terminal-type'),
  'rlogin.terminal_speed': u32('Terminal-speed'),
  'rlogin.control_message': u8('Control message', { base: 'hex', values: CONTROL_MESSAGES }),
  'rlogin.window_size': none('Window Info'),
  'rlogin.magic_cookie': u16('Magic Cookie', { base: 'hex' }),
  'rlogin.window_size.ss': string('Window size marker'),
  'rlogin.window_size.rows': u16('Rows'),
  'rlogin.window_size.cols': u16('Columns'),
  'rlogin.window_size.x_pixels': u16('X Pixels'),
  'rlogin.window_size.y_pixels': u16('Y Pixels'),
  'rlogin.data': string('Data'),
} as const
type Ids = FieldIds<typeof FIELDS>

/** How far the handshake is, and who logs in. */
interface Login {
  readonly stage: 'start' | 'user' | 'reply' | 'done'
  readonly user: string
}
const LOGIN = defineProgress<Login>('rlogin', { stage: 'start', user: '' })

export const rlogin = defineProtocol({
  name: 'rlogin',
  title: 'Rlogin Protocol',
  short: 'Rlogin',
  accepts: { 'tcp.port': [PORT] },
  fields: FIELDS,
  decode(d, f) {
    const progress = progressOf(d, LOGIN),
      fromClient = d.packet.destinationPort === PORT,
      start = d.at,
      { user, stage } = progress.now
    let info = ''
    d.setProtocol('Rlogin')
    if (fromClient && stage === 'start' && d.peek8() === 0) {
      d.u8(f['rlogin.client_startup_flag'])
      info = 'Start Handshake'
      progress.now = { stage: 'user', user }
    }
    if (fromClient && progress.now.stage === 'user' && d.left > 0 && isUserInfo(d)) {
      if (d.at === start) info = `Data: ${printable(d.latin1(d.at, d.readable))}, (User information)`
      progress.now = { stage: 'reply', user: d.latin1(d.at, d.readable).split('\0')[0] ?? '' }
      // before the rows are read, which stop where the packet was cut
      if (d.first) progress.keep(d.packet.number)
      if (d.summary) d.setInfo(info)
      userInfo(d, f)
    } else if (!fromClient && stage !== 'done' && d.peek8() === 0 && d.left === 1) {
      d.u8(f['rlogin.startup_info_received_flag'])
      info = 'Startup info received'
      progress.now = { stage: 'done', user }
    }
    const urgent = d.packet.urgentPointer
    if (urgent > 0 && urgent <= d.left) info = controlMessage(d, f, d.at + urgent - 1)
    if (d.left > 0) info = data(d, f, info)
    if (d.summary) d.setInfo(user ? `User name: ${printable(user)}, ${info}` : info)
    if (d.first) progress.keep(d.packet.number)
  },
})

/** The last urgent byte is a control message, what stands before it is data. Returns what Info says of it. */
function controlMessage(d: Decoder, f: Ids, at: number): string {
  if (at > d.at) {
    d.span(f['rlogin.data'], at - d.at)
    d.ascii()
  }
  const code = d.u8(f['rlogin.control_message'])
  return `Control Message (${CONTROL_MESSAGES[code] ?? 'Unknown'})`
}

/** Three texts that end with NUL, the last one terminal/speed; of a packet that was cut, at least the first one. */
function isUserInfo(d: Decoder): boolean {
  if (d.leftCaptured < d.left) return d.latin1(d.at, d.readable).includes('\0')
  return /^[^\0]*\0[^\0]*\0[^\0/]*\/\d+\0$/.test(d.latin1(d.at, d.readable))
}

function userInfo(d: Decoder, f: Ids): void {
  const start = d.at,
    end = d.readable,
    [client = '', server = '', terminal = ''] = d.latin1(start, end).split('\0'),
    slash = terminal.indexOf('/'),
    speed = Number(terminal.slice(slash + 1))
  d.value(f['rlogin.user_info'], start, end, asciiValue(client))
  if (d.labels) d.label(`User info (${printable(d.latin1(start, end))})`)
  const outer = d.enter()
  d.text(f['rlogin.client_user_name'], client.length + 1, asciiValue(client))
  if (d.leftCaptured < d.left) d.require(d.left)
  d.text(f['rlogin.server_user_name'], server.length + 1, asciiValue(server))
  d.text(f['rlogin.terminal_type'], slash + 1, asciiValue(terminal.slice(0, slash)))
  d.add(f['rlogin.terminal_speed'], d.at, end, Math.min(speed, 0xffff_ffff))
  d.leave(outer)
  d.at = end
}

/** Data, with the window sizes that a client sends in between (two bytes 0xff, then "ss"). */
function data(d: Decoder, f: Ids, before: string): string {
  const start = d.at
  let info = before
  const rest = () => {
    if (info === before) info = `${before ? `${before}, ` : ''}Data: ${printable(d.latin1(start, d.readable))}`
  }
  while (d.at < d.readable) {
    const cookie = windowAt(d, d.at),
      stop = cookie < 0 ? d.readable : cookie
    if (stop > d.at) {
      d.span(f['rlogin.data'], stop - d.at)
      d.ascii()
      rest()
    }
    if (cookie < 0) break
    d.range(f['rlogin.window_size'], d.at, Math.min(d.at + 12, d.readable))
    const outer = d.enter()
    info = 'Terminal Info'
    if (d.summary) d.setInfo(info)
    d.u16(f['rlogin.magic_cookie'])
    d.span(f['rlogin.window_size.ss'], 2)
    d.ascii()
    const rows = d.u16(f['rlogin.window_size.rows']),
      columns = d.u16(f['rlogin.window_size.cols'])
    info = `Terminal Info (rows=${rows}, cols=${columns})`
    d.u16(f['rlogin.window_size.x_pixels'])
    d.u16(f['rlogin.window_size.y_pixels'])
    d.leave(outer)
  }
  return info
}

function windowAt(d: Decoder, from: number): number {
  for (let at = d.indexOf(0xff, from); at >= 0; at = d.indexOf(0xff, at + 1)) {
    if (d.peek8(at + 1) === 0xff && d.peek16(at + 2) === 0x7373) return at
  }
  return -1
}
