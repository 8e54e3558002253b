// Golden cases: each test/golden/<protocol>.txt holds cases of a title line (# …), frames in hexadecimal (a blank line between frames), a line ==>, and
// the tree of the last frame from that protocol's row on, as the window shows it. UPDATE_GOLDEN=1 rewrites the trees; read the diff.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { dissectAll } from '../support/dissect'

interface Case {
  readonly title: string
  readonly hex: string
  readonly expected: string
}

function readCases(text: string): Case[] {
  return text
    .split(/^(?=# )/m)
    .filter((part) => part.startsWith('# '))
    .map((part) => {
      const [head = '', expected = ''] = part.split(/^==>\n/m), [title = '', ...lines] = head.split('\n')
      return { title: title.slice(2), hex: lines.join('\n').trim(), expected: expected.trimEnd() }
    })
}

function treeOf(hex: string, protocol: string): string {
  const frames = hex.split(/\n\s*\n/).map((digits) => new Uint8Array(Buffer.from(digits.replace(/\s+/g, ''), 'hex')))
  return (dissectAll(frames).at(-1)?.rows(protocol) ?? []).join('\n')
}

const folder = import.meta.dirname
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const protocol = path.basename(file, '.txt'), cases = readCases(readFileSync(path.join(folder, file), 'utf8'))
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(path.join(folder, file), cases.map(({ title, hex }) => `# ${title}\n${hex}\n==>\n${treeOf(hex, protocol)}\n`).join('\n'))
  }
  describe(protocol, () => {
    test.each(readCases(readFileSync(path.join(folder, file), 'utf8')).map((one) => [one.title, one] as const))('%s', (_, { hex, expected }) => {
      expect(treeOf(hex, protocol)).toBe(expected)
    })
  })
}
