// Multipath TCP options (RFC 8684; version 0 as RFC 6824). Session analysis over subflows is not covered.
import type { Decoder } from '../../../dissect/define'
import type { OptionIds } from './options'

/** One MPTCP option; `at` is its kind byte. */
export function multipath(d: Decoder, f: OptionIds, at: number, length: number): void {
  d.chainName('mptcp')
  const subtype = d.bits(f['tcp.options.mptcp.subtype'], at + 2, at + 3, d.peek8(at + 2)),
    end = at + length
  switch (subtype) {
    case 0:
      return capable(d, f, at, end)
    case 1:
      return join(d, f, at, length)
    case 2:
      return dataSequence(d, f, at, end)
    case 3:
      return addAddress(d, f, at, end)
    case 4:
      for (let id = at + 3; id < end; id++) d.add(f['tcp.options.mptcp.addrid'], id, id + 1, d.peek8(id))
      return
    case 5:
      d.add(f['tcp.options.mptcp.flags'], at + 2, at + 3, d.peek8(at + 2))
      child(d, () => d.bits(f['tcp.options.mptcp.backup.flag'], at + 2, at + 3, d.peek8(at + 2)))
      if (length === 4) d.add(f['tcp.options.mptcp.addrid'], at + 3, at + 4, d.peek8(at + 3))
      return
    case 6:
      d.bits(f['tcp.options.mptcp.reserved'], at + 2, at + 4, d.peek16(at + 2))
      if (length === 12) d.range(f['tcp.options.mptcp.rawdataseqno'], at + 4, at + 12)
      return
    case 7:
      d.bits(f['tcp.options.mptcp.reserved'], at + 2, at + 4, d.peek16(at + 2))
      if (length === 12) number64(d, f['tcp.options.mptcp.recvkey'], at + 4)
      return
    case 8:
      d.add(f['tcp.options.mptcp.flags'], at + 2, at + 3, d.peek8(at + 2))
      child(d, () => {
        for (const flag of ['U', 'V', 'W', 'T'] as const) d.bits(f[`tcp.options.mptcp.flag_${flag}.flag`], at + 2, at + 3, d.peek8(at + 2))
      })
      if (length >= 4) d.add(f['tcp.options.mptcp.rst_reason'], at + 3, at + 4, d.peek8(at + 3))
  }
}

function child(d: Decoder, inside: () => void): void {
  const outer = d.enter()
  inside()
  d.leave(outer)
}

function number64(d: Decoder, field: OptionIds['tcp.options.mptcp.sendkey'], at: number): void {
  d.add(field, at, at + 8, d.peekInteger(at, 8))
}

function capable(d: Decoder, f: OptionIds, at: number, end: number): void {
  const version = d.bits(f['tcp.options.mptcp.version'], at + 2, at + 3, d.peek8(at + 2)),
    flags = d.peek8(at + 3)
  d.add(f['tcp.options.mptcp.flags'], at + 3, at + 4, flags)
  child(d, () => {
    d.bits(f['tcp.options.mptcp.checksumreq.flags'], at + 3, at + 4, flags)
    d.bits(f['tcp.options.mptcp.extensibility.flag'], at + 3, at + 4, flags)
    if (version === 1) {
      d.bits(f['tcp.options.mptcp.nomoresubflows.flag'], at + 3, at + 4, flags)
      d.bits(f['tcp.options.mptcp.sha256.flag'], at + 3, at + 4, flags)
    } else d.bits(f['tcp.options.mptcp.sha1.flag'], at + 3, at + 4, flags)
    d.bits(f['tcp.options.mptcp.reserved.flag'], at + 3, at + 4, flags)
  })
  if (end >= at + 12) number64(d, f['tcp.options.mptcp.sendkey'], at + 4)
  if (end >= at + 20) number64(d, f['tcp.options.mptcp.recvkey'], at + 12)
  if (end >= at + 22) d.add(f['tcp.options.mptcp.datalvllen'], at + 20, at + 22, d.peek16(at + 20))
  if (end >= at + 24) d.add(f['tcp.options.mptcp.checksum'], at + 22, at + 24, d.peek16(at + 22))
}

/** The three lengths of MP_JOIN tell SYN, SYN/ACK and ACK apart. */
function join(d: Decoder, f: OptionIds, at: number, length: number): void {
  if (length === 24) {
    d.bits(f['tcp.options.mptcp.reserved'], at + 2, at + 4, d.peek16(at + 2))
    d.range(f['tcp.options.mptcp.sendhmac'], at + 4, at + 24)
    return
  }
  if (length !== 12 && length !== 16) return
  d.add(f['tcp.options.mptcp.flags'], at + 2, at + 3, d.peek8(at + 2))
  child(d, () => d.bits(f['tcp.options.mptcp.backup.flag'], at + 2, at + 3, d.peek8(at + 2)))
  d.add(f['tcp.options.mptcp.addrid'], at + 3, at + 4, d.peek8(at + 3))
  if (length === 12) {
    d.add(f['tcp.options.mptcp.recvtok'], at + 4, at + 8, d.peek32(at + 4))
    d.add(f['tcp.options.mptcp.sendrand'], at + 8, at + 12, d.peek32(at + 8))
  } else {
    number64(d, f['tcp.options.mptcp.sendtrunchmac'], at + 4)
    d.add(f['tcp.options.mptcp.sendrand'], at + 12, at + 16, d.peek32(at + 12))
  }
}

function dataSequence(d: Decoder, f: OptionIds, at: number, end: number): void {
  const flags = d.peek8(at + 3)
  d.add(f['tcp.options.mptcp.flags'], at + 3, at + 4, flags)
  child(d, () => {
    for (const flag of ['datafin', 'dseqn8', 'dseqnpresent', 'dataack8', 'dataackpresent'] as const)
      d.bits(f[`tcp.options.mptcp.${flag}.flag`], at + 3, at + 4, flags)
  })
  let edge = at + 4
  if (flags & 1) {
    const size = flags & 2 ? 8 : 4
    if (edge + size > end) return
    d.add(f['tcp.options.mptcp.rawdataack'], edge, edge + size, d.peekInteger(edge, size))
    if (d.labels) d.appendLabel(`  (${size * 8}bits)`)
    edge += size
  }
  if (flags & 4) {
    const size = flags & 8 ? 8 : 4
    if (edge + size + 6 > end) return
    d.add(f['tcp.options.mptcp.rawdataseqno'], edge, edge + size, d.peekInteger(edge, size))
    if (d.labels) d.appendLabel(`  (${size * 8}bits version)`)
    edge += size
    d.add(f['tcp.options.mptcp.subflowseqno'], edge, edge + 4, d.peek32(edge))
    d.add(f['tcp.options.mptcp.datalvllen'], edge + 4, edge + 6, d.peek16(edge + 4))
    if (edge + 8 <= end) d.add(f['tcp.options.mptcp.checksum'], edge + 6, edge + 8, d.peek16(edge + 6))
  }
}

/** Version 0 says the IP version where version 1 has the echo flag; the option's length tells the address family in both. */
function addAddress(d: Decoder, f: OptionIds, at: number, end: number): void {
  const low = d.peek8(at + 2) & 0x0f,
    old = low === 4 || low === 6
  if (old) d.bits(f['tcp.options.mptcp.ipver'], at + 2, at + 3, low)
  else d.bits(f['tcp.options.mptcp.echo'], at + 2, at + 3, low)
  d.add(f['tcp.options.mptcp.addrid'], at + 3, at + 4, d.peek8(at + 3))
  const left = end - at - 4,
    size = old ? (low === 6 ? 16 : 4) : left === 16 || left === 18 || left === 24 || left === 26 ? 16 : 4
  let edge = at + 4
  if (edge + size > end) return
  d.range(size === 16 ? f['tcp.options.mptcp.ipv6'] : f['tcp.options.mptcp.ipv4'], edge, edge + size)
  edge += size
  if ((end - edge) % 8 === 2) {
    d.add(f['tcp.options.mptcp.port'], edge, edge + 2, d.peek16(edge))
    edge += 2
  }
  if (end - edge >= 8) number64(d, f['tcp.options.mptcp.addaddrtrunchmac'], edge)
}
