// Filters of the fake engine: enough of the language for interface tests.
import type { FilterCheck } from '../../../src/shared/contract'
import type { FakePacket } from './packets'

const NOTHING = { en: '', zh: '' }

/** Compiles a few simple filters to a test of packets; null when the text is beyond it. */
export function matcher(text: string): ((packet: FakePacket) => boolean) | null {
  const parts = text.split('&&').map((part) => part.trim())
  const tests: ((packet: FakePacket) => boolean)[] = []
  for (const part of parts) {
    const compare = /^([a-z_.]+)\s*(==|>=|<=|>|<)\s*([\w.:"/-]+)$/.exec(part)
    if (/^[a-z]+$/.test(part))
      tests.push(
        (packet) =>
          packet.protocolClass === part ||
          packet.protocol.toLowerCase() === part ||
          (part === 'tcp' && ['tls', 'http'].includes(packet.protocolClass)),
      )
    else if (compare !== null) {
      const [, field = '', operator = '', value = ''] = compare
      const number = Number(value)
      const read: Readonly<Record<string, (packet: FakePacket) => number | string>> = {
        'tcp.stream': (packet) => packet.stream,
        'frame.number': (packet) => packet.number,
        'frame.len': (packet) => packet.length,
        'frame.time_relative': (packet) => packet.timeNs / 1e9,
        'ip.addr': (packet) => (packet.source === value || packet.destination === value ? value : ''),
        'tcp.flags.reset': () => 0,
      }
      const get = read[field]
      if (get === undefined) return null
      tests.push((packet) => {
        const found = get(packet)
        if (typeof found === 'string') return found === value
        return operator === '=='
          ? found === number
          : operator === '>='
            ? found >= number
            : operator === '<='
              ? found <= number
              : operator === '>'
                ? found > number
                : found < number
      })
    } else if (/^[a-z_]+(\.[a-z_]+)+$/.test(part)) tests.push((packet) => part.startsWith(packet.protocol.toLowerCase()))
    else return null
  }
  return (packet) => tests.every((test) => test(packet))
}

/** Checks a filter text as filter.check does, roughly. */
export function check(text: string): FilterCheck {
  const tokens: FilterCheck['tokens'] = []
  for (const match of text.matchAll(/"[^"]*"|&&|\|\||[!=<>]=?|\d+\.\d+\.\d+\.\w+|\d[\w.]*|[A-Za-z_][\w.]*|[(){}]/g)) {
    const word = match[0]
    const kind = /^\d+\.\d+\.\d+/.test(word)
      ? 'address'
      : /^\d/.test(word)
        ? 'number'
        : word.startsWith('"')
          ? 'string'
          : /^(and|or|not|contains|matches|in)$|^(&&|\|\|)$/.test(word)
            ? 'keyword'
            : /^[A-Za-z_]/.test(word)
              ? 'field'
              : /[(){}]/.test(word)
                ? 'punctuation'
                : 'operator'
    const bad = kind === 'address' && !/^\d{1,3}(\.\d{1,3}){3}$/.test(word)
    tokens.push({ start: match.index, end: match.index + word.length, kind: bad ? 'error' : kind })
  }
  const bad = tokens.find((token) => token.kind === 'error')
  const at = { start: 0, end: text.length, message: NOTHING, tokens }
  if (text.trim() === '') return { ...at, state: 'empty' }
  if (bad !== undefined)
    return {
      ...at,
      state: 'invalid',
      start: bad.start,
      end: bad.end,
      message: {
        en: `"${text.slice(bad.start, bad.end)}" is not a valid IPv4 address. The list keeps the last valid filter until this one parses.`,
        zh: `“${text.slice(bad.start, bad.end)}”不是有效的 IPv4 地址。`,
      },
    }
  if (/(==|&&|\|\||[<>]=?)\s*$/.test(text))
    return {
      ...at,
      state: 'incomplete',
      start: text.length,
      end: text.length,
      message: { en: 'The filter stops in the middle: a value is missing.', zh: '过滤器在中途结束：缺少一个值。' },
    }
  if (/!=/.test(text))
    return {
      ...at,
      state: 'hint',
      message: { en: '"!=" is true only if every occurrence differs.', zh: '只有每次出现都不同，“!=”才为真。' },
    }
  return {
    ...at,
    state: matcher(text) === null ? 'invalid' : 'valid',
    message: matcher(text) === null ? { en: 'This cannot be read as a display filter.', zh: '这不能读作显示过滤器。' } : NOTHING,
  }
}

/** Fields that completion and field search know: name, type, label. */
export const FIELDS = [
  ['http.request', 'label', 'Request sent by the client'],
  ['http.request.method', 'string', 'GET, POST, HEAD...'],
  ['http.request.uri', 'string', 'Path and query as sent'],
  ['http.request.version', 'string', 'HTTP/1.0 or HTTP/1.1'],
  ['http.response', 'label', 'Response sent by the server'],
  ['http.response.code', 'uint16', '200, 301, 404...'],
  ['http.referer', 'string', 'Page that caused this request'],
  ['http.host', 'string', 'Host'],
  ['ip.addr', 'ipv4', 'Source or destination address'],
  ['ip.src', 'ipv4', 'Source address'],
  ['ip.dst', 'ipv4', 'Destination address'],
  ['tcp.stream', 'uint32', 'Stream index'],
  ['tcp.port', 'uint16', 'Source or destination port'],
  ['frame.number', 'uint32', 'Frame number'],
  ['dns.qry.name', 'string', 'Name'],
] as const
