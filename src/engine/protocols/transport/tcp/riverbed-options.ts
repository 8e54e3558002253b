// Options of Riverbed's appliances, as far as captures show them; there is no public specification.
import type { Decoder } from '../../../dissect/define'
import type { OptionIds } from './options'

const TYPES = [
  'Probe Query',
  'Probe Response',
  'Probe Internal',
  'Probe Trace',
  'Probe Query SH',
  'Probe Response SH',
  'Probe Query Info',
  'Probe Response Info',
  'Probe Query Info SH',
  'Probe Query Info Store ID',
]

/** Auto-discovery probe and its answers. */
export function riverbedProbe(d: Decoder, f: OptionIds, at: number, length: number, node: number): void {
  const first = d.peek8(at + 2),
    isFirstVersion = (first & 1) !== 0,
    type = isFirstVersion ? first >> 4 : first >> 1
  const address = (from: number): string => [0, 1, 2, 3].map((i) => d.peek8(from + i)).join('.')
  let text = TYPES[type] ?? 'Probe Unknown'
  if (isFirstVersion) {
    if (type === 1 && length >= 14) text += `, Server Steelhead: ${address(at + 8)}:${d.peek16(at + 12)}`
    else if ((type === 0 || type === 3 || type === 4) && length >= 8) text += `, CSH IP: ${address(at + 4)}`
    firstVersion(d, f, at, length, first)
  } else secondVersion(d, f, at, length, first)
  if (d.labels) d.appendLabel(`: ${text}`, node)
}

function firstVersion(d: Decoder, f: OptionIds, at: number, length: number, first: number): void {
  const type = first >> 4
  d.bits(f['tcp.options.rvbd.probe.type1'], at + 2, at + 3, first)
  d.bits(f['tcp.options.rvbd.probe.version'], at + 2, at + 3, first)
  if (type === 2 || length < 4) return
  d.add(f['tcp.options.rvbd.probe.reserved'], at + 3, at + 4, d.peek8(at + 3))
  if (length < 8) return
  d.range(f['tcp.options.rvbd.probe.prober'], at + 4, at + 8)
  if (type === 1) {
    if (length < 14) return
    d.range(f['tcp.options.rvbd.probe.proxy.ip'], at + 8, at + 12)
    d.add(f['tcp.options.rvbd.probe.proxy.port'], at + 12, at + 14, d.peek16(at + 12))
  } else if (type === 5) {
    if (length >= 12) d.range(f['tcp.options.rvbd.probe.client.ip'], at + 8, at + 12)
    if (length >= 16) d.range(f['tcp.options.rvbd.probe.proxy.ip'], at + 12, at + 16)
    if (length >= 18) d.add(f['tcp.options.rvbd.probe.proxy.port'], at + 16, at + 18, d.peek16(at + 16))
  } else if (type < 6 && length >= 10) d.add(f['tcp.options.rvbd.probe.appli_ver'], at + 8, at + 10, d.peek16(at + 8))
}

function secondVersion(d: Decoder, f: OptionIds, at: number, length: number, first: number): void {
  const type = first >> 1
  d.bits(f['tcp.options.rvbd.probe.type2'], at + 2, at + 3, first)
  d.bits(f['tcp.options.rvbd.probe.version_raw'], at + 2, at + 3, first)
  if (d.labels) d.label('.... ...0 = Version: 2')
  d.add(f['tcp.options.rvbd.probe.version'], at + 2, at + 3, 2)
  d.hide()
  if (type < 6 || type > 9 || length < 4) return
  const flags = d.add(f['tcp.options.rvbd.probe.flags'], at + 3, at + 4, d.peek8(at + 3)),
    outer = d.enter()
  for (const name of type === 7 ? (['probe', 'ssl', 'server'] as const) : (['notcfe', 'last'] as const))
    d.bits(f[`tcp.options.rvbd.probe.flags.${name}`], at + 3, at + 4, flags)
  if (type === 8 && length >= 8) d.range(f['tcp.options.rvbd.probe.client.ip'], at + 4, at + 8)
  if (type === 9 && length >= 8) d.add(f['tcp.options.rvbd.probe.storeid'], at + 4, at + 8, d.peek32(at + 4))
  d.leave(outer)
}

/** Transparent addressing: the addresses of the inner connection. */
export function riverbedTransparency(d: Decoder, f: OptionIds, at: number): void {
  d.add(f['tcp.options.rvbd.trpy.flags'], at + 2, at + 4, d.peek16(at + 2))
  d.range(f['tcp.options.rvbd.trpy.src.ip'], at + 4, at + 8)
  d.range(f['tcp.options.rvbd.trpy.dst.ip'], at + 8, at + 12)
  d.add(f['tcp.options.rvbd.trpy.src.port'], at + 12, at + 14, d.peek16(at + 12))
  d.add(f['tcp.options.rvbd.trpy.dst.port'], at + 14, at + 16, d.peek16(at + 14))
}
