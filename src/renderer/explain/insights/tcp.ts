// Sums and sentences for TCP: window scaling, sequence numbers, header length, completeness, flags.
import type { Both } from '../card'
import { grouped, type InsightRule } from './insight'
import type { TreeValues } from './tree-values'

/** Addresses of the packet's innermost IP layer, as "from" and "to"; null without IP. */
function ends(packet: TreeValues): { from: string; to: string } | null {
  const from = packet.text('ip.src') ?? packet.text('ipv6.src')
  const to = packet.text('ip.dst') ?? packet.text('ipv6.dst')
  return from === undefined || to === undefined ? null : { from, to }
}

const room = (packet: TreeValues, bytes: number): Both | undefined => {
  const hosts = ends(packet)
  if (hosts === null) return undefined
  const size = grouped(bytes)
  return [
    bytes === 0
      ? `Here: ${hosts.from} tells ${hosts.to} to stop, it has no room left.`
      : `Here: ${hosts.from} tells ${hosts.to} that it has room for ${size} bytes.`,
    bytes === 0
      ? `此处：${hosts.from} 告诉 ${hosts.to} 已没有空间，请停止发送。`
      : `此处：${hosts.from} 告诉 ${hosts.to} 还能接收 ${size} 字节。`,
  ]
}

const window: InsightRule = (_value, packet) => {
  const raw = packet.number('tcp.window_size_value')
  const scaled = packet.number('tcp.window_size')
  const factor = packet.number('tcp.window_size_scalefactor')
  if (raw === undefined) return null
  const isSyn = (packet.number('tcp.flags') ?? 0) & 0x02
  if (isSyn !== 0) {
    return {
      shown: `${grouped(raw)} B`,
      here: [`Here: ${grouped(raw)} bytes. In a SYN the window is never scaled.`, `此处：${grouped(raw)} 字节。SYN 中的窗口从不扩大。`],
    }
  }
  if (factor === -1) {
    return {
      shown: grouped(raw),
      here: [
        `Here: ${grouped(raw)}, scale not captured. The handshake is not in the file, so the true size is unknown.`,
        `此处：${grouped(raw)}，未捕获扩大因子。文件中没有握手，真实大小不可知。`,
      ],
    }
  }
  if (factor === undefined || factor < 1 || scaled === undefined)
    return { shown: `${grouped(scaled ?? raw)} B`, here: room(packet, scaled ?? raw) }
  const stream = packet.text('tcp.stream')
  const port = packet.text('tcp.srcport')
  const evidence =
    stream === undefined || port === undefined ? undefined : `tcp.stream == ${stream} && tcp.srcport == ${port} && tcp.flags.syn == 1`
  return {
    shown: `${grouped(scaled)} B`,
    here: room(packet, scaled),
    sum: {
      parts: [
        { value: grouped(raw), label: ['in this header', '本首部中的值'] },
        { value: grouped(factor), label: ['scale from', '扩大因子，来自'], evidence },
      ],
      signs: ['×'],
      result: { value: grouped(scaled), label: ['bytes', '字节'] },
    },
  }
}

const headerLength: InsightRule = (value) => {
  const bytes = Number(value)
  if (!Number.isFinite(bytes) || bytes === 0) return null
  return {
    shown: `${value} B`,
    sum: {
      parts: [
        { value: String(bytes / 4), label: ['in this header', '本首部中的值'] },
        { value: '4', label: ['bytes a word', '每字的字节数'] },
      ],
      signs: ['×'],
      result: { value, label: ['bytes', '字节'] },
    },
  }
}

const nextSequence: InsightRule = (value, packet) => {
  const sequence = packet.number('tcp.seq')
  const length = packet.number('tcp.len')
  const next = Number(value)
  if (sequence === undefined || length === undefined) return null
  const extra = next - sequence - length
  if (extra < 0 || extra > 2) return null
  const flags = packet.number('tcp.flags') ?? 0
  const name = (flags & 2) !== 0 ? 'SYN' : 'FIN'
  return {
    sum: {
      parts: [
        { value: grouped(sequence), label: ['sequence number', '序号'] },
        { value: grouped(length), label: ['data bytes', '数据字节'] },
        ...(extra > 0 ? [{ value: String(extra), label: [name, name] as Both }] : []),
      ],
      signs: extra > 0 ? ['+', '+'] : ['+'],
      result: { value: grouped(next), label: ['next', '下一个序号'] },
    },
  }
}

const segmentLength: InsightRule = (value, packet) => {
  const total = packet.number('ip.len')
  const ipHeader = packet.number('ip.hdr_len')
  const header = packet.number('tcp.hdr_len')
  if (total === undefined || ipHeader === undefined || header === undefined || total - ipHeader - header !== Number(value)) return null
  return {
    shown: `${grouped(Number(value))} B`,
    sum: {
      parts: [
        { value: grouped(total), label: ['IP length', 'IP 总长度'] },
        { value: String(ipHeader), label: ['IP header', 'IP 首部'] },
        { value: String(header), label: ['TCP header', 'TCP 首部'] },
      ],
      signs: ['−', '−'],
      result: { value: grouped(Number(value)), label: ['data bytes', '数据字节'] },
    },
  }
}

const sequence: InsightRule = (value, packet) => {
  const length = packet.number('tcp.len')
  const first = Number(value)
  if (length === undefined || length === 0) return null
  const last = grouped(first + length - 1)
  return {
    here: [
      `Here: this segment carries bytes ${grouped(first)} to ${last} of its direction.`,
      `此处：本报文段携带该方向的第 ${grouped(first)} 至 ${last} 字节。`,
    ],
  }
}

const acknowledgment: InsightRule = (value, packet) => {
  const hosts = ends(packet)
  const number = Number(value)
  if (hosts === null || !Number.isFinite(number) || number < 1) return null
  return {
    here: [
      `Here: ${hosts.from} has everything before byte ${grouped(number)} and waits for that one.`,
      `此处：${hosts.from} 已收到第 ${grouped(number)} 字节之前的全部数据，期待该字节。`,
    ],
  }
}

const multiplier: InsightRule = (_value, packet) => {
  const shift = packet.number('tcp.options.wscale.shift')
  if (shift === undefined) return null
  return {
    sum: {
      parts: [
        { value: '2', label: ['base', '底数'] },
        { value: String(shift), label: ['shift count', '移位数'] },
      ],
      signs: ['^'],
      result: { value: grouped(2 ** Math.min(shift, 14)), label: ['factor', '扩大因子'] },
    },
  }
}

const COMPLETENESS = [
  [1, 'SYN'],
  [2, 'SYN-ACK'],
  [4, 'ACK'],
  [8, 'DATA'],
  [16, 'FIN'],
  [32, 'RST'],
] as const

const completeness: InsightRule = (value) => {
  const number = Number(value)
  const parts = COMPLETENESS.filter(([bit]) => (number & bit) !== 0).map(([bit, name]) => ({
    value: String(bit),
    label: [name, name] as Both,
  }))
  if (parts.length < 2) return null
  return { sum: { parts, signs: parts.slice(1).map(() => '+'), result: { value, label: ['in all', '合计'] } } }
}

const FLAGS = [
  [0x02, 'SYN', ['opens the connection', '请求建立连接']],
  [0x01, 'FIN', ['sends no more data', '不再发送数据']],
  [0x04, 'RST', ['breaks the connection off', '中断连接']],
  [0x08, 'PSH', ['wants prompt delivery', '请求尽快交付']],
  [0x10, 'ACK', ['acknowledges', '确认号有效']],
  [0x20, 'URG', ['has urgent data', '含紧急数据']],
  [0x40, 'ECE', ['echoes congestion', '回显拥塞']],
  [0x80, 'CWR', ['has slowed down', '已减小拥塞窗口']],
] as const

const flags: InsightRule = (value) => {
  const number = Number(value)
  const on = FLAGS.filter(([bit]) => (number & bit) !== 0)
  if (on.length === 0)
    return {
      here: [
        'Here: no flag is set. Scanners send such segments; a normal connection never does.',
        '此处：没有任何标志。扫描工具会这样发送，正常连接不会。',
      ],
    }
  return {
    shown: on.map(([, name]) => name).join(', '),
    here: [
      `Here: ${on.map(([, name, text]) => `${name} ${text[0]}`).join('; ')}.`,
      `此处：${on.map(([, name, text]) => `${name} ${text[1]}`).join('；')}。`,
    ],
  }
}

/** Rules by field. */
export const tcpInsights: Readonly<Record<string, InsightRule>> = {
  'tcp.window_size': window,
  'tcp.window_size_value': window,
  'tcp.window_size_scalefactor': window,
  'tcp.hdr_len': headerLength,
  'tcp.nxtseq': nextSequence,
  'tcp.len': segmentLength,
  'tcp.seq': sequence,
  'tcp.ack': acknowledgment,
  'tcp.options.wscale.multiplier': multiplier,
  'tcp.options.wscale.shift': multiplier,
  'tcp.completeness': completeness,
  'tcp.flags': flags,
}
