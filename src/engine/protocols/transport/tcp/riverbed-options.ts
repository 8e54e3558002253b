// Options of Riverbed's appliances, as far as captures show them; there is no public specification.
import type { Decoder } from '../../../dissect/define'
import type { OptionIds } from './options'

/** Auto-discovery probe and its answers. */
export function riverbedProbe(d: Decoder, f: OptionIds, at: number, length: number): void {
  const first = d.peek8(at + 2), end = at + length
  if (first & 1) {
    // short form: version in the low bit
    d.bits(f['tcp.options.rvbd.probe.type2'], at + 2, at + 3, first)
    d.bits(f['tcp.options.rvbd.probe.version_raw'], at + 2, at + 3, first)
    const type = first >> 1
    if (type === 6 && end >= at + 4) {
      const flags = d.add(f['tcp.options.rvbd.probe.flags'], at + 3, at + 4, d.peek8(at + 3)), outer = d.enter()
      d.bits(f['tcp.options.rvbd.probe.flags.notcfe'], at + 3, at + 4, flags)
      d.bits(f['tcp.options.rvbd.probe.flags.last'], at + 3, at + 4, flags)
      d.leave(outer)
    }
    return
  }
  d.bits(f['tcp.options.rvbd.probe.type1'], at + 2, at + 3, first)
  d.bits(f['tcp.options.rvbd.probe.version'], at + 2, at + 3, first)
  if (end <= at + 3) return
  d.add(f['tcp.options.rvbd.probe.reserved'], at + 3, at + 4, d.peek8(at + 3))
  if (end < at + 8) return
  d.range(f['tcp.options.rvbd.probe.prober'], at + 4, at + 8)
  const type = first >> 4
  if (type === 1 && end >= at + 14) {
    d.range(f['tcp.options.rvbd.probe.proxy.ip'], at + 8, at + 12)
    d.add(f['tcp.options.rvbd.probe.proxy.port'], at + 12, at + 14, d.peek16(at + 12))
  } else if (end >= at + 10) {
    d.add(f['tcp.options.rvbd.probe.appli_ver'], at + 8, at + 10, d.peek16(at + 8))
  }
}

/** Transparent addressing: the addresses of the inner connection. */
export function riverbedTransparency(d: Decoder, f: OptionIds, at: number): void {
  d.add(f['tcp.options.rvbd.trpy.flags'], at + 2, at + 4, d.peek16(at + 2))
  d.range(f['tcp.options.rvbd.trpy.src.ip'], at + 4, at + 8)
  d.range(f['tcp.options.rvbd.trpy.dst.ip'], at + 8, at + 12)
  d.add(f['tcp.options.rvbd.trpy.src.port'], at + 12, at + 14, d.peek16(at + 12))
  d.add(f['tcp.options.rvbd.trpy.dst.port'], at + 14, at + 16, d.peek16(at + 14))
}
