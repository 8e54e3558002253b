// Packets as text for the clipboard: summary lines, the detail tree, hexadecimal dumps, JSON.
import type { PacketDetail } from '../../shared/contract'

/** The detail tree, indented by four spaces a level as tshark -V prints it. */
export function treeText(detail: PacketDetail): string {
  return detail.tree.map((row) => `${'    '.repeat(row.depth)}${row.label}\n`).join('')
}

/** Offset, 16 bytes in hexadecimal and as ASCII, a line each. */
export function hexDump(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 16) {
    const line = bytes.subarray(at, at + 16)
    const digits = Array.from(line, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const printable = Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    text += `${at.toString(16).padStart(4, '0')}  ${digits.padEnd(47)}  ${printable}\n`
  }
  return text
}

/** The tree as nested objects: field name to value, or to the object of its children; a name that repeats becomes a list. */
export function treeJson(detail: PacketDetail): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  const path: Record<string, unknown>[] = [root]
  for (const row of detail.tree) {
    const parent = path[row.depth] ?? root
    const name = row.field === '' ? row.label : row.field
    if (row.parent) {
      const children: Record<string, unknown> = {}
      if (row.value !== '') put(parent, name, row.value)
      put(parent, row.value === '' ? name : `${name}_tree`, children)
      path[row.depth + 1] = children
      path.length = row.depth + 2
    } else put(parent, name, row.value === '' ? row.label : row.value)
  }
  return { number: detail.number, protocol: detail.protocol, info: detail.info, layers: root }
}

function put(target: Record<string, unknown>, name: string, value: unknown): void {
  const before = Object.hasOwn(target, name) ? target[name] : undefined
  const next = before === undefined ? value : Array.isArray(before) ? [...(before as unknown[]), value] : [before, value]
  // Names come from packets where a row has no field; "__proto__" must stay a plain key.
  Object.defineProperty(target, name, { value: next, enumerable: true, configurable: true, writable: true })
}
