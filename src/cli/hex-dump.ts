// -x: bytes in hexadecimal and ASCII, 16 a line.
import type { TreeBuffer } from '../engine/service/terminal'
import type { Options } from './options'
import type { Output } from './output'

const DIGITS = '0123456789abcdef'

/** Prints the byte sources of a packet. */
export function printHexDump(out: Output, tree: TreeBuffer, settings: Options['hexdump']): void {
  const sources = settings.frameOnly ? tree.sources.slice(0, 1) : tree.sources
  for (const source of sources) {
    if (sources.length > 1) out.line(`${source.name} (${source.bytes.length} byte${source.bytes.length === 1 ? '' : 's'}):`)
    dump(out, source.bytes, settings)
  }
}

function dump(out: Output, bytes: Uint8Array, settings: Options['hexdump']): void {
  const width = bytes.length > 0xffff ? 8 : 4
  for (let at = 0; at < bytes.length; at += 16) {
    let line = `${at.toString(16).padStart(width, '0')}  `,
      ascii = ''
    for (let i = 0; i < 16; i++) {
      const byte = bytes[at + i]
      if (byte === undefined) {
        line += '   '
        if (settings.delimit) ascii += ' '
        continue
      }
      line += `${DIGITS.charAt(byte >> 4)}${DIGITS.charAt(byte & 15)} `
      ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
    }
    if (settings.ascii) line += settings.delimit ? `  |${ascii}|` : `  ${ascii}`
    out.line(settings.ascii ? line : line.trimEnd())
  }
}
