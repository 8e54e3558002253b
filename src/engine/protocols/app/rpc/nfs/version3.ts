// Arguments and results of NFS version 3, by procedure (RFC 1813, 3.3).
import type { Decoder } from '../../../../dissect/define'
import { group, list, opaque } from '../xdr'
import { attributes, device, optionalAttributes, optionalHandle, settableAttributes, time, weakConsistency } from './attributes'
import { FILE_TYPES } from './fields'
import type { NfsFields } from './fields'
import { fileHandle } from './handle'
import { status3Name } from './status'

/** What a message says of itself in Info and in its row, where the two differ. */
export interface Words {
  readonly info: string
  readonly row?: string
}
const NONE: Words = { info: '' }

/** The handle that most calls begin with; `row` is how the message's own row names it. */
function ofFile(d: Decoder, f: NfsFields, label: string, row = 'FH'): Words {
  const hash = fileHandle(d, f, label)
  return { info: `, FH: ${hash}`, row: ` ${row}: ${hash}` }
}

/** A directory and a name in it. */
function inDirectory(d: Decoder, f: NfsFields, label: string): string {
  let text = ''
  group(d, label, () => {
    const hash = fileHandle(d, f, 'dir')
    text = `DH: ${hash}/${opaque(d, f, f['nfs.name'], 'Name')}`
    return ''
  })
  return text
}

const named = (text: string, more = ''): Words => ({ info: `, ${text}${more}`, row: ` ${text}${more}` })
const plain = (text: string): Words => ({ info: text })

const RIGHTS = ['read', 'lookup', 'modify', 'extend', 'delete', 'execute'] as const
const RIGHT_LETTERS = ['RD', 'LU', 'MD', 'XT', 'DL', 'XE']
const RIGHT_LABELS = ['0x001 READ', '0x002 LOOKUP', '0x004 MODIFY', '0x008 EXTEND', '0x010 DELETE', '0x020 EXECUTE']

function letters(rights: number): string {
  return RIGHT_LETTERS.filter((_, bit) => (rights >> bit) & 1).join(' ')
}

/** Bits of rights, for those asked for. */
function rights(d: Decoder, f: NfsFields, asked: number, allowed: number, isCall: boolean): void {
  const at = d.at - 4,
    outer = d.enter()
  RIGHTS.forEach((name, bit) => {
    if (!((asked >> bit) & 1)) return
    d.bits(f[`nfs.access_${name}`], at, at + 4, allowed)
    if (!d.labels) return
    const place = '........'.split('')
    place[7 - bit] = String((allowed >> bit) & 1)
    const words = isCall ? 'allowed?' : (allowed >> bit) & 1 ? 'allowed' : '*Access Denied*'
    d.label(`${place.slice(0, 4).join('')} ${place.slice(4).join('')} = ${RIGHT_LABELS[bit]}: ${words}`)
  })
  d.leave(outer)
}

function accessCall(d: Decoder, f: NfsFields): Words {
  const { info } = ofFile(d, f, 'object'),
    asked = d.unsigned(f['nfs.access_check'], 4)
  rights(d, f, asked, asked, true)
  return { info: `${info}, [Check: ${letters(asked)}]` }
}

function accessReply(d: Decoder, f: NfsFields, asked: number): Words {
  optionalAttributes(d, f, 'obj_attributes')
  const allowed = d.unsigned(f['nfs.access_rights'], 4)
  rights(d, f, asked, allowed, false)
  const denied = asked & ~allowed
  return {
    info: `${denied ? `, [Access Denied: ${letters(denied)}]` : ''}${asked & allowed ? `, [Allowed: ${letters(asked & allowed)}]` : ''}`,
  }
}

const STABLE = ['UNSTABLE', 'DATA_SYNC', 'FILE_SYNC']
const stable = (how: number) => STABLE[how] ?? `Stable: ${how}`

function writeCall(d: Decoder, f: NfsFields): Words {
  const file = ofFile(d, f, 'file'),
    offset = d.u64(f['nfs.offset3']),
    count = d.u32(f['nfs.count3']),
    how = d.u32(f['nfs.write.stable']),
    text = ` Offset: ${offset} Len: ${count} ${stable(how)}`
  early(d, 'Call', file, text)
  opaque(d, f, f['nfs.data'], 'Data', false)
  return NONE
}

function createCall(d: Decoder, f: NfsFields): Words {
  const where = inDirectory(d, f, 'where'),
    how = d.u32(f['nfs.createmode'])
  if (how === 2) verifier(d, f)
  else settableAttributes(d, f, 'obj_attributes')
  return named(where, ` Mode: ${['UNCHECKED', 'GUARDED', 'EXCLUSIVE'][how] ?? `Unknown: ${how}`}`)
}

function makeNodeCall(d: Decoder, f: NfsFields): Words {
  const where = inDirectory(d, f, 'where'),
    type = d.u32(f['nfs.type'])
  if (type === 3 || type === 4) {
    settableAttributes(d, f, 'dev_attributes')
    device(d, f, 'spec')
  } else if (type === 6 || type === 7) settableAttributes(d, f, 'pipe_attributes')
  const more = ` ${FILE_TYPES[type] ?? 'Unknown type'}`
  return named(where.replace('DH', 'FH'), more)
}

/** Arguments of a call. */
export function readCall3(d: Decoder, f: NfsFields, procedure: number): Words {
  switch (procedure) {
    case 1:
      return ofFile(d, f, 'object')
    case 2: {
      const file = ofFile(d, f, 'object')
      settableAttributes(d, f, 'new_attributes')
      group(d, 'guard', () => {
        if (d.u32(f['nfs.sattrguard3']) === 1) time(d, f, 'ctime')
        return ''
      })
      return file
    }
    case 3:
      return named(inDirectory(d, f, 'what'))
    case 4:
      return accessCall(d, f)
    case 5:
      return ofFile(d, f, 'symlink')
    case 6: {
      const file = ofFile(d, f, 'file'),
        text = ` Offset: ${d.u64(f['nfs.offset3'])} Len: ${d.u32(f['nfs.count3'])}`
      return { info: file.info + text, row: file.row + text }
    }
    case 7:
      return writeCall(d, f)
    case 8:
      return createCall(d, f)
    case 9: {
      const where = inDirectory(d, f, 'where')
      settableAttributes(d, f, 'attributes')
      return named(where)
    }
    case 10: {
      const where = inDirectory(d, f, 'where')
      settableAttributes(d, f, 'symlink_attributes')
      return named(`From ${where} To ${opaque(d, f, f['nfs.symlink.to'], 'To')}`)
    }
    case 11:
      return makeNodeCall(d, f)
    case 12:
    case 13:
      return named(inDirectory(d, f, 'object'))
    case 14:
      return named(`From ${inDirectory(d, f, 'from')} To ${inDirectory(d, f, 'to')}`)
    case 15: {
      const hash = fileHandle(d, f, 'file')
      return named(`From DH: ${hash} To ${inDirectory(d, f, 'link')}`)
    }
    case 16:
    case 17: {
      const directory = ofFile(d, f, 'dir')
      d.u64(f['nfs.cookie3'])
      verifier(d, f)
      if (procedure === 16) d.u32(f['nfs.count3'])
      else {
        d.u32(f['nfs.count3_dircount'])
        d.u32(f['nfs.count3_maxcount'])
      }
      return directory
    }
    case 18:
    case 19:
    case 20:
      return ofFile(d, f, 'object', 'DH')
    case 21: {
      const file = ofFile(d, f, 'file')
      d.u64(f['nfs.offset3'])
      d.u32(f['nfs.count3'])
      return file
    }
    default:
      if (d.left > 0) d.data()
      return NONE
  }
}

function verifier(d: Decoder, f: NfsFields): void {
  d.span(f['nfs.verifier'], 8)
  if (d.labels) d.label('Verifier: Opaque Data')
}

/** A new file, or why there is none. */
function createReply(d: Decoder, f: NfsFields, isOk: boolean): void {
  if (isOk) {
    optionalHandle(d, f, 'obj')
    optionalAttributes(d, f, 'obj_attributes')
  }
  weakConsistency(d, f, 'dir_wcc')
}

/** Entries of a directory, with their attributes and handles in READDIRPLUS. */
function entries(d: Decoder, f: NfsFields, isPlus: boolean): Words {
  const kind = isPlus ? 'nfs.readdirplus.entry' : 'nfs.readdir.entry3',
    names: string[] = []
  optionalAttributes(d, f, 'dir_attributes')
  verifier(d, f)
  list(d, f, () => {
    d.range(f['nfs.readdir.entry'], d.at, d.readable)
    const row = d.last,
      outer = d.enter()
    d.u64(f[`${kind}.fileid`])
    const name = opaque(d, f, f[`${kind}.name`], 'Name')
    if (d.labels) d.tree.labels[row] = `Entry: name ${name}`
    if (d.summary) d.appendInfo(` ${name}`)
    names.push(name)
    d.u64(f[`${kind}.cookie`])
    if (isPlus) {
      optionalAttributes(d, f, 'name_attributes')
      optionalHandle(d, f, 'name_handle')
    }
    d.leave(outer, d.at)
  })
  d.u32(f['nfs.readdir.eof'])
  return NONE
}

function systemInformation(d: Decoder, f: NfsFields): void {
  for (const name of ['rtmax', 'rtpref', 'rtmult', 'wtmax', 'wtpref', 'wtmult', 'dtpref'] as const) d.u32(f[`nfs.fsinfo.${name}`])
  d.u64(f['nfs.fsinfo.maxfilesize'])
  time(d, f, 'dtime')
  const at = d.at,
    value = d.u32(f['nfs.fsinfo.properties'])
  const row = d.last,
    outer = d.enter()
  for (const [name, mask, words] of [
    ['setattr', 0x10, 'SETATTR can set time on server'],
    ['pathconf', 0x08, 'PATHCONF'],
    ['symlinks', 0x02, 'File System supports symbolic links'],
    ['hardlinks', 0x01, 'File System supports hard links'],
  ] as const) {
    d.bits(f[`nfs.fsinfo.properties.${name}`], at, at + 4, value)
    if (d.labels && value & mask) d.appendLabel(`, ${words}`, row)
  }
  d.leave(outer)
}

/** Puts words into Info and the row before data that may be cut. */
export function early(d: Decoder, direction: string, file: Words, text: string): void {
  if (d.summary) d.appendInfo(file.info + text)
  if (d.labels) d.appendLabel(`, ${direction === 'Call' ? 'WRITE Call' : 'READ Reply'}${file.row ?? ''}${text}`, d.layerNode)
}

/** Results of a call; `asked` are the rights that an ACCESS call asked for. */
export function readReply3(d: Decoder, f: NfsFields, procedure: number, asked: number): Words {
  const at = d.at,
    status = d.u32(f['nfs.status3']),
    isOk = status === 0
  d.add(f['nfs.status'], at, at + 4, status)
  d.hide()
  const text = ` Error: ${status3Name(status) ?? `Unknown error: ${status}`}`,
    error: Words = isOk ? NONE : { info: text, row: ` ${text}` }
  switch (procedure) {
    case 1:
      return isOk ? plain(attributes(d, f, 'obj_attributes')) : error
    case 2:
      weakConsistency(d, f, 'obj_wcc')
      return error
    case 3: {
      let words = error
      if (isOk) {
        const hash = fileHandle(d, f, 'object')
        words = { info: `, FH: ${hash}`, row: ` FH: ${hash}` }
        optionalAttributes(d, f, 'obj_attributes')
      }
      optionalAttributes(d, f, 'dir_attributes')
      return words
    }
    case 4:
      if (isOk) return accessReply(d, f, asked)
      optionalAttributes(d, f, 'obj_attributes')
      return error
    case 5:
      optionalAttributes(d, f, 'symlink_attributes')
      return isOk ? plain(` Path: ${opaque(d, f, f['nfs.readlink.data'], 'Data')}`) : error
    case 6: {
      optionalAttributes(d, f, 'file_attributes')
      if (!isOk) return error
      const text = ` Len: ${d.u32(f['nfs.count3'])}`
      d.u32(f['nfs.read.eof'])
      early(d, 'Reply', NONE, text)
      opaque(d, f, f['nfs.data'], 'Data', false)
      return NONE
    }
    case 7: {
      weakConsistency(d, f, 'file_wcc')
      if (!isOk) return error
      const count = d.u32(f['nfs.count3']),
        how = d.u32(f['nfs.write.committed'])
      verifier(d, f)
      return plain(` Len: ${count} ${stable(how)}`)
    }
    case 8:
    case 9:
    case 10:
    case 11:
      createReply(d, f, isOk)
      return error
    case 12:
    case 13:
      weakConsistency(d, f, 'dir_wcc')
      return error
    case 14:
      weakConsistency(d, f, 'fromdir_wcc')
      weakConsistency(d, f, 'todir_wcc')
      return error
    case 15:
      optionalAttributes(d, f, 'file_attributes')
      weakConsistency(d, f, 'linkdir_wcc')
      return error
    case 16:
    case 17:
      if (isOk) return entries(d, f, procedure === 17)
      optionalAttributes(d, f, 'dir_attributes')
      return error
    case 18:
      optionalAttributes(d, f, 'obj_attributes')
      if (!isOk) return error
      for (const name of ['tbytes', 'fbytes', 'abytes', 'tfiles', 'ffiles', 'afiles'] as const) d.u64(f[`nfs.fsstat3_resok.${name}`])
      d.u32(f['nfs.fsstat.invarsec'])
      return NONE
    case 19:
      optionalAttributes(d, f, 'obj_attributes')
      if (isOk) systemInformation(d, f)
      return error
    case 20:
      optionalAttributes(d, f, 'obj_attributes')
      if (!isOk) return error
      d.u32(f['nfs.pathconf.linkmax'])
      d.u32(f['nfs.pathconf.name_max'])
      for (const name of ['no_trunc', 'chown_restricted', 'case_insensitive', 'case_preserving'] as const) d.u32(f[`nfs.pathconf.${name}`])
      return NONE
    case 21:
      weakConsistency(d, f, 'file_wcc')
      if (isOk) verifier(d, f)
      return error
    default:
      return error
  }
}
