// -G: what the program knows, in tshark's tab-separated form.
import { allFields, allProtocols, fieldByName } from '../engine/service/terminal'
import type { Field } from '../engine/service/terminal'
import { UsageError } from './usage-error'
import type { Output } from './output'

const TYPES: Record<Field['type'], string> = {
  none: 'FT_NONE',
  protocol: 'FT_PROTOCOL',
  bool: 'FT_BOOLEAN',
  char: 'FT_CHAR',
  u8: 'FT_UINT8',
  u16: 'FT_UINT16',
  u24: 'FT_UINT24',
  u32: 'FT_UINT32',
  u40: 'FT_UINT40',
  u48: 'FT_UINT48',
  u56: 'FT_UINT56',
  u64: 'FT_UINT64',
  i8: 'FT_INT8',
  i16: 'FT_INT16',
  i24: 'FT_INT24',
  i32: 'FT_INT32',
  i64: 'FT_INT64',
  float: 'FT_FLOAT',
  double: 'FT_DOUBLE',
  abstime: 'FT_ABSOLUTE_TIME',
  reltime: 'FT_RELATIVE_TIME',
  string: 'FT_STRING',
  bytes: 'FT_BYTES',
  ether: 'FT_ETHER',
  ipv4: 'FT_IPv4',
  ipv6: 'FT_IPv6',
  guid: 'FT_GUID',
  oid: 'FT_OID',
  eui64: 'FT_EUI64',
  framenum: 'FT_FRAMENUM',
  expert: 'FT_NONE',
}
const BASES = {
  dec: 'BASE_DEC',
  hex: 'BASE_HEX',
  oct: 'BASE_OCT',
  'dec-hex': 'BASE_DEC_HEX',
  'hex-dec': 'BASE_HEX_DEC',
  custom: 'BASE_CUSTOM',
} as const

const HELP = `Reports of -G:
  fields      every field: F, label, name, type, protocol, base, mask, (blurb); every protocol: P, title, name
  protocols   title, short name and filter name of every protocol
  values      V, field, number, name of every named value
`

/** Prints a report. Throws UsageError for one that does not exist. */
export function printReport(out: Output, name: string): void {
  switch (name) {
    case 'fields':
      printFields(out)
      break
    case 'protocols':
      for (const protocol of allProtocols()) out.line(`${protocol.title}\t${protocol.short}\t${protocol.name}`)
      break
    case 'values':
      printValues(out)
      break
    case 'help':
    case '?':
      out.text(HELP)
      break
    default:
      throw new UsageError(`Invalid "${name}" option for -G flag, enter -G help for more help.`)
  }
}

function printFields(out: Output): void {
  for (const field of allFields()) {
    if (field.type === 'protocol') {
      out.line(`P\t${field.label}\t${field.name}`)
      continue
    }
    out.line(
      `F\t${field.label}\t${field.name}\t${TYPES[field.type]}\t${fieldByName(field.protocol)?.name ?? field.protocol}\t${base(field)}\t0x${BigInt(field.mask ?? 0).toString(16)}\t`,
    )
  }
}

function base(field: Field): string {
  switch (field.type) {
    case 'bool':
      return String(field.mask === undefined ? 0 : (field.bits ?? 8))
    case 'char':
      return 'BASE_HEX'
    case 'u8':
    case 'u16':
    case 'u24':
    case 'u32':
    case 'u40':
    case 'u48':
    case 'u56':
    case 'u64':
    case 'i8':
    case 'i16':
    case 'i24':
    case 'i32':
    case 'i64':
      return BASES[field.base ?? 'dec']
    default:
      return ''
  }
}

function printValues(out: Output): void {
  for (const field of allFields()) {
    if (field.names) out.line(`T\t${field.name}\t${field.names[0]}\t${field.names[1]}`)
    else if (typeof field.values === 'object') {
      for (const [value, text] of Object.entries(field.values)) out.line(`V\t${field.name}\t${value}\t${text}`)
    }
  }
}
