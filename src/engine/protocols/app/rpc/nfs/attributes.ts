// Attributes of files in NFS version 3 (RFC 1813, 2.5 and 2.6), also as NFSACL carries them.
import type { Decoder } from '../../../../dissect/define'
import { displayValue } from '../../../../dissect/format'
import { group } from '../xdr'
import { FILE_TYPES } from './fields'
import type { NfsFields } from './fields'
import { fileHandle } from './handle'

const MODE_BITS = ['suid', 'sgid', 'sticky', 'rusr', 'wusr', 'xusr', 'rgrp', 'wgrp', 'xgrp', 'roth', 'woth', 'xoth'] as const
const MODE_NAMES = [
  'S_ISUID',
  'S_ISGID',
  'S_ISVTX',
  'S_IRUSR',
  'S_IWUSR',
  'S_IXUSR',
  'S_IRGRP',
  'S_IWGRP',
  'S_IXGRP',
  'S_IROTH',
  'S_IWOTH',
  'S_IXOTH',
]

/** Permissions and their twelve bits. */
export function mode(d: Decoder, f: NfsFields): number {
  const at = d.at,
    value = d.u32(f['nfs.mode3'])
  if (d.labels)
    d.label(`Mode: 0${value.toString(8)}${MODE_NAMES.map((name, bit) => ((value >> (11 - bit)) & 1 ? `, ${name}` : '')).join('')}`)
  const outer = d.enter()
  for (const name of MODE_BITS) d.bits(f[`nfs.mode3.${name}`], at, at + 4, value)
  d.leave(outer)
  return value
}

/** A time in seconds and nanoseconds. */
export function time(d: Decoder, f: NfsFields, name: 'atime' | 'mtime' | 'ctime' | 'dtime', label?: string): void {
  d.require(8)
  d.time(f[`nfs.${name}` as 'nfs.atime'], d.peek32(), d.peek32(d.at + 4), d.at, d.at + 8, false)
  if (label && d.labels) d.label(`${label}: ${displayValue(d.tree, d.last)}`)
  const outer = d.enter()
  d.u32(f[`nfs.${name}.sec`])
  d.u32(f[`nfs.${name}.nsec`])
  d.leave(outer)
}

/** Attributes under a row; answers them in short, for the rows above and Info. */
export function attributes(d: Decoder, f: NfsFields, label: string): string {
  return group(d, label, () => {
    const type = d.u32(f['nfs.fattr3.type']),
      permissions = mode(d, f)
    d.u32(f['nfs.fattr3.nlink'])
    const user = d.u32(f['nfs.fattr3.uid']),
      owners = d.u32(f['nfs.fattr3.gid'])
    d.u64(f['nfs.fattr3.size'])
    d.u64(f['nfs.fattr3.used'])
    device(d, f, 'rdev')
    d.u64(f['nfs.fattr3.fsid'])
    d.u64(f['nfs.fattr3.fileid'])
    time(d, f, 'atime')
    time(d, f, 'mtime')
    time(d, f, 'ctime')
    return d.labels || d.summary
      ? `  ${FILE_TYPES[type] ?? 'Unknown Type'} mode: ${(permissions & 0o7777).toString(8).padStart(4, '0')} uid: ${user} gid: ${owners}`
      : ''
  })
}

/** Numbers of a device. */
export function device(d: Decoder, f: NfsFields, label: string): void {
  group(d, label, () => {
    const major = d.u32(f['nfs.specdata1'])
    return `: ${major},${d.u32(f['nfs.specdata2'])}`
  })
}

/** Attributes that a reply may leave out (post_op_attr). */
export function optionalAttributes(d: Decoder, f: NfsFields, label: string): string {
  return group(d, label, () => (d.u32(f['nfs.attributes_follow']) === 1 ? attributes(d, f, 'attributes') : ''))
}

/** A handle that a reply may leave out (post_op_fh3); answers its hash. */
export function optionalHandle(d: Decoder, f: NfsFields, label: string): string {
  let hash = ''
  group(d, label, () => {
    if (d.u32(f['nfs.handle_follow']) === 1) hash = fileHandle(d, f, 'handle')
    return ''
  })
  return hash
}

/** Attributes before and after an operation, by which a client tells whether its cache still holds (wcc_data). */
export function weakConsistency(d: Decoder, f: NfsFields, label: string): void {
  group(d, label, () => {
    group(d, 'before', () => {
      if (d.u32(f['nfs.attributes_follow']) === 1)
        group(d, 'attributes', () => {
          d.u64(f['nfs.wcc_attr.size'])
          time(d, f, 'mtime')
          time(d, f, 'ctime')
          return ''
        })
      return ''
    })
    optionalAttributes(d, f, 'after')
    return ''
  })
}

/** Attributes to be set; each says whether it is (sattr3). */
export function settableAttributes(d: Decoder, f: NfsFields, label: string): void {
  const one = (name: string, value: () => void) =>
    group(d, name, () => {
      const set = d.u32(f['nfs.set_it']) === 1
      if (set) value()
      return set ? ': value follows' : ': no value'
    })
  const moment = (name: 'atime' | 'mtime') =>
    group(d, name, () => {
      const how = d.u32(f['nfs.set_it']),
        words = how === 0 ? "don't change" : how === 1 ? 'set to server time' : how === 2 ? 'set to client time' : 'Unknown'
      if (d.labels) d.label(`set_it: ${words} (${how})`)
      // Wireshark's field of either time is the one of accesses
      if (how === 2) time(d, f, 'atime', name)
      return `: ${words}`
    })
  group(d, label, () => {
    one('mode', () => mode(d, f))
    one('uid', () => d.u32(f['nfs.uid3']))
    one('gid', () => d.u32(f['nfs.gid3']))
    one('size', () => d.u64(f['nfs.set_size']))
    moment('atime')
    moment('mtime')
    return ''
  })
}
