// Data of the record types that are not about security: RFC 1035, 1183, 1348, 1706, 1712, 1876, 2163, 2230, 2782, 2874, 3123, 3403, 6672, 6742, 7043, 8659
// and Microsoft's WINS records. DNSSEC and keys are in security-records.ts, SVCB in service-binding.ts.
import { ipv6Text } from '../../../bytes/text'
import { ADDRESS_FAMILIES } from '../../../values/dns'
import type { FieldId } from '../../../dissect/define'
import { asciiText } from '../../../dissect/domain-name'
import { altitudeText, arcText, precisionText } from './location'
import type { RecordData, RecordDecoder } from './record'

/** A record whose data is one name that the Info column does not tell. */
function quietName(pick: (r: RecordData) => FieldId<'string'>): RecordDecoder {
  return (r) => {
    r.sayOwner()
    r.name(pick(r))
  }
}

function addressRecord(r: RecordData): void {
  const { d, f } = r,
    at = d.at
  d.span(f['dns.a'], 4)
  if (r.wanted) {
    const text = `${d.peek8(at)}.${d.peek8(at + 1)}.${d.peek8(at + 2)}.${d.peek8(at + 3)}`
    r.say(`, addr ${text}`, ` ${text}`)
  }
}

function address6Record(r: RecordData): void {
  const { d, f } = r,
    at = d.at
  d.span(f['dns.aaaa'], 16)
  if (r.wanted) {
    const text = ipv6Text(d.slice(at, at + 16))
    r.say(`, addr ${text}`, ` ${text}`)
  }
}

function startOfAuthority(r: RecordData): void {
  const { d, f } = r
  r.namedBy(f['dns.soa.mname'], 'mname ')
  r.name(f['dns.soa.rname'])
  d.u32(f['dns.soa.serial_number'])
  d.u32(f['dns.soa.refresh_interval'])
  d.u32(f['dns.soa.retry_interval'])
  d.u32(f['dns.soa.expire_limit'])
  d.u32(f['dns.soa.minimum_ttl'])
}

function wellKnownServices(r: RecordData): void {
  const { d, f } = r,
    at = d.at
  d.span(f['dns.wks.address'], 4)
  if (r.wanted) {
    const text = `${d.peek8(at)}.${d.peek8(at + 1)}.${d.peek8(at + 2)}.${d.peek8(at + 3)}`
    r.say(`, addr ${text}`, ` ${text}`)
  }
  d.u8(f['dns.wks.protocol'])
  for (let port = 0; r.left > 0; port += 8) {
    d.require(1)
    const bits = d.peek8()
    if (bits === 0) {
      d.skip(1)
      continue
    }
    d.u8(f['dns.wks.bits'])
    if (d.labels)
      d.appendLabel(
        ` (${[0, 1, 2, 3, 4, 5, 6, 7]
          .filter((bit) => bits & (0x80 >> bit))
          .map((bit) => port + bit)
          .join(', ')})`,
      )
  }
}

function hostInformation(r: RecordData): void {
  const { f } = r,
    cpu = r.counted(f['dns.hinfo.cpu_length'], f['dns.hinfo.cpu']),
    os = r.counted(f['dns.hinfo.os_length'], f['dns.hinfo.os'])
  r.say(`, CPU ${cpu}, OS ${os}`, ` ${cpu} ${os}`)
}

function mailExchange(r: RecordData): void {
  const { d, f } = r,
    preference = d.u16(f['dns.mx.preference']),
    name = r.name(f['dns.mx.mail_exchange'])
  r.say(`, preference ${preference}, mx ${name.text}`, ` ${preference} ${name.text}`)
}

function texts(r: RecordData, lengthField: FieldId<'u8'>, field: FieldId<'string'>): void {
  while (r.left > 0) r.counted(lengthField, field)
}

function isdn(r: RecordData): void {
  const { f } = r
  r.sayOwner()
  r.counted(f['dns.idsn.length'], f['dns.idsn.address'])
  if (r.left > 1) r.counted(f['dns.idsn.sa.length'], f['dns.idsn.sa.address'])
}

function location(r: RecordData): void {
  const { d, f } = r
  d.u8(f['dns.loc.version'])
  if (d.peek8(r.start) !== 0) {
    d.range(f['dns.loc.unknown_data'], r.start, r.end)
    return
  }
  for (const field of [f['dns.loc.size'], f['dns.loc.horizontal_precision'], f['dns.loc.vertical_precision']]) {
    const value = d.u8(field)
    if (d.labels) d.appendLabel(` (${precisionText(value)})`)
  }
  const latitude = d.u32(f['dns.loc.latitude'])
  if (d.labels) d.appendLabel(` (${arcText(latitude, 90, 'N', 'S')})`)
  const longitude = d.u32(f['dns.loc.longitude'])
  if (d.labels) d.appendLabel(` (${arcText(longitude, 180, 'E', 'W')})`)
  const altitude = d.u32(f['dns.loc.altitude'])
  if (d.labels) d.appendLabel(` (${altitudeText(altitude)})`)
}

function service(r: RecordData): void {
  const { d, f } = r,
    priority = d.u16(f['dns.srv.priority']),
    weight = d.u16(f['dns.srv.weight']),
    port = d.u16(f['dns.srv.port']),
    name = r.name(f['dns.srv.target'])
  r.say(`, priority ${priority}, weight ${weight}, port ${port}, target ${name.text}`, ` ${priority} ${weight} ${port} ${name.text}`)
}

function namingAuthority(r: RecordData): void {
  const { d, f } = r,
    order = d.u16(f['dns.naptr.order']),
    preference = d.u16(f['dns.naptr.preference'])
  const flags = r.counted(f['dns.naptr.flags_length'], f['dns.naptr.flags'])
  r.counted(f['dns.naptr.service_length'], f['dns.naptr.service'])
  r.counted(f['dns.naptr.regex_length'], f['dns.naptr.regex'])
  const at = d.at,
    length = d.generated(f['dns.naptr.replacement_length'], 0, at),
    node = d.last,
    name = r.name(f['dns.naptr.replacement'])
  d.tree.numbers[node] = length + name.length
  r.say(`, order ${order}, preference ${preference}, flags ${flags}`, ` ${order} ${preference} ${flags}`)
}

function keyExchanger(r: RecordData): void {
  const { d, f } = r,
    preference = d.u16(f['dns.kx.preference']),
    name = r.name(f['dns.kx.key_exchange'])
  r.say(`, preference ${preference}, kx ${name.text}`, ` ${preference} ${name.text}`)
}

function address6Chain(r: RecordData): void {
  const { d, f } = r,
    prefix = d.u8(f['dns.a6.prefix_len']),
    length = prefix <= 128 ? (128 - prefix + 7) >> 3 : 0
  const suffix = new Uint8Array(16)
  if (length > 0) {
    d.require(length)
    suffix.set(d.slice(d.at, d.at + length), 16 - length)
    d.value(f['dns.a6.address_suffix'], d.at, d.at + length, suffix)
    d.skip(length)
  }
  const name = prefix > 0 ? r.name(f['dns.a6.prefix_name']).text : ''
  if (r.wanted) {
    const words = `${prefix} ${ipv6Text(suffix)} ${name}`
    r.say(`, addr ${words}`, ` ${words}`)
  }
}

function addressPrefixes(r: RecordData): void {
  const { d, f } = r
  r.sayOwner()
  while (r.left > 1) {
    const family = d.u16(f['dns.apl.address_family'])
    d.u8(f['dns.apl.coded_prefix'])
    const at = d.at
    d.require(1)
    const raw = d.peek8()
    d.bits(f['dns.apl.negation'], at, at + 1, raw)
    const length = d.bits(f['dns.apl.afdlength'], at, at + 1, raw)
    d.skip(1)
    paddedAddress(r, family, length, f['dns.apl.afdpart.ipv4'], f['dns.apl.afdpart.ipv6'], f['dns.apl.afdpart.data'])
  }
}

/** An address whose trailing zero bytes may have been left out. */
export function paddedAddress(
  r: RecordData,
  family: number,
  length: number,
  field4: FieldId<'ipv4'>,
  field6: FieldId<'ipv6'>,
  other: FieldId<'bytes'>,
): void {
  const { d } = r,
    size = ADDRESS_FAMILIES[family] === undefined ? 0 : family === 1 ? 4 : 16
  d.require(length)
  if (size === 0) {
    d.span(other, length)
    return
  }
  const address = new Uint8Array(size)
  address.set(d.slice(d.at, d.at + Math.min(size, length)))
  d.value(family === 1 ? field4 : field6, d.at, d.at + length, address)
  d.skip(length)
}

function certificationAuthority(r: RecordData): void {
  const { d, f } = r,
    at = d.at,
    flags = d.u8(f['dns.caa.flags']),
    outer = d.enter()
  d.bits(f['dns.caa.flags.issuer_critical'], at, at + 1, flags)
  d.leave(outer)
  d.require(1)
  const tagLength = d.peek8()
  d.require(1 + tagLength)
  const tag = d.latin1(d.at + 1, d.at + 1 + tagLength),
    valueStart = d.at + 1 + tagLength,
    valueLength = r.end - valueStart
  d.require(Math.max(0, valueLength), valueStart)
  const value = asciiText(d, valueStart, valueStart + Math.max(0, valueLength))
  const field =
    tag === 'issue'
      ? f['dns.caa.issue']
      : tag === 'issuewild'
        ? f['dns.caa.issuewild']
        : tag === 'iodef'
          ? f['dns.caa.iodef']
          : f['dns.caa.unknown']
  d.value(field, d.at, r.end, value)
  const inner = d.enter()
  d.u8(f['dns.caa.tag_length'])
  r.text(f['dns.caa.tag'], tagLength)
  r.text(f['dns.caa.value'], valueLength)
  d.leave(inner)
}

function wins(r: RecordData): void {
  const { d, f } = r
  d.u32(f['dns.wins.local_flag'])
  d.u32(f['dns.wins.lookup_timeout'])
  d.u32(f['dns.wins.cache_timeout'])
  d.u32(f['dns.wins.nb_wins_servers'])
  while (r.left > 3) d.span(f['dns.wins.wins_server'], 4)
}

function winsReverse(r: RecordData): void {
  const { d, f } = r
  d.u32(f['dns.winsr.local_flag'])
  d.u32(f['dns.winsr.lookup_timeout'])
  d.u32(f['dns.winsr.cache_timeout'])
  r.namedBy(f['dns.winsr.name_result_domain'], 'name result domain ')
}

function proxyForwarded(r: RecordData): void {
  const { d, f } = r
  d.require(1)
  const version = d.peek8() & 0x0f
  d.add(f['dns.xpf.ip_version'], d.at, d.at + 1, version)
  d.skip(1)
  d.u8(f['dns.xpf.protocol'])
  if (version === 4) {
    d.span(f['dns.xpf.source_ipv4'], 4)
    d.span(f['dns.xpf.destination_ipv4'], 4)
  } else {
    d.span(f['dns.xpf.source_ipv6'], 16)
    d.span(f['dns.xpf.destination_ipv6'], 16)
  }
  d.u16(f['dns.xpf.sport'])
  d.u16(f['dns.xpf.dport'])
}

/** Decoders by record type. */
export const RECORDS: readonly (readonly [type: number, decode: RecordDecoder])[] = [
  [1, addressRecord],
  [
    2,
    (r) => {
      r.namedBy(r.f['dns.ns'], 'ns ')
    },
  ],
  [3, quietName((r) => r.f['dns.md'])],
  [4, quietName((r) => r.f['dns.mf'])],
  [
    5,
    (r) => {
      r.namedBy(r.f['dns.cname'], 'cname ')
    },
  ],
  [6, startOfAuthority],
  [7, quietName((r) => r.f['dns.mb'])],
  [8, quietName((r) => r.f['dns.mg'])],
  [9, quietName((r) => r.f['dns.mr'])],
  [
    10,
    (r) => {
      r.sayOwner()
      r.rest(r.f['dns.null'])
    },
  ],
  [11, wellKnownServices],
  [
    12,
    (r) => {
      r.namedBy(r.f['dns.ptr.domain_name'], '')
    },
  ],
  [13, hostInformation],
  [
    14,
    (r) => {
      r.sayOwner()
      r.name(r.f['dns.minfo.r'])
      r.name(r.f['dns.minfo.e'])
    },
  ],
  [15, mailExchange],
  [
    16,
    (r) => {
      texts(r, r.f['dns.txt.length'], r.f['dns.txt'])
    },
  ],
  [
    17,
    (r) => {
      r.sayOwner()
      r.name(r.f['dns.rp.mailbox'])
      r.name(r.f['dns.rp.txt_rr'])
    },
  ],
  [
    18,
    (r) => {
      r.sayOwner()
      r.d.u16(r.f['dns.afsdb.subtype'])
      r.name(r.f['dns.afsdb.hostname'])
    },
  ],
  [
    19,
    (r) => {
      r.sayOwner()
      r.counted(r.f['dns.x25.length'], r.f['dns.x25.psdn_address'])
    },
  ],
  [20, isdn],
  [
    21,
    (r) => {
      r.sayOwner()
      r.d.u16(r.f['dns.rt.subtype'])
      r.name(r.f['dns.rt.intermediate_host'])
    },
  ],
  [
    22,
    (r) => {
      r.sayOwner()
      r.rest(r.f['dns.nsap.rdata'])
    },
  ],
  [23, quietName((r) => r.f['dns.nsap_ptr.owner'])],
  [
    26,
    (r) => {
      r.sayOwner()
      r.d.u16(r.f['dns.px.preference'])
      r.name(r.f['dns.px.map822'])
      r.name(r.f['dns.px.map400'])
    },
  ],
  [
    27,
    (r) => {
      r.sayOwner()
      r.counted(r.f['dns.gpos.longitude_length'], r.f['dns.gpos.longitude'])
      r.counted(r.f['dns.gpos.latitude_length'], r.f['dns.gpos.latitude'])
      r.counted(r.f['dns.gpos.altitude_length'], r.f['dns.gpos.altitude'])
    },
  ],
  [28, address6Record],
  [29, location],
  [33, service],
  [35, namingAuthority],
  [36, keyExchanger],
  [38, address6Chain],
  [
    39,
    (r) => {
      r.namedBy(r.f['dns.dname'], 'dname ')
    },
  ],
  [42, addressPrefixes],
  [
    99,
    (r) => {
      texts(r, r.f['dns.spf.length'], r.f['dns.spf'])
    },
  ],
  [
    104,
    (r) => {
      r.d.u16(r.f['dns.ilnp.nid.preference'])
      r.d.span(r.f['dns.ilnp.nid'], 8)
    },
  ],
  [
    105,
    (r) => {
      r.d.u16(r.f['dns.ilnp.l32.preference'])
      r.d.span(r.f['dns.ilnp.l32'], 4)
    },
  ],
  [
    106,
    (r) => {
      r.d.u16(r.f['dns.ilnp.l64.preference'])
      r.d.span(r.f['dns.ilnp.l64'], 8)
    },
  ],
  [
    107,
    (r) => {
      r.d.u16(r.f['dns.ilnp.lp.preference'])
      r.name(r.f['dns.ilnp.lp'])
    },
  ],
  [
    108,
    (r) => {
      r.d.span(r.f['dns.eui48'], 6)
    },
  ],
  [
    109,
    (r) => {
      r.d.span(r.f['dns.eui64'], 8)
    },
  ],
  [257, certificationAuthority],
  [65281, wins],
  [65282, winsReverse],
  [65422, proxyForwarded],
]
