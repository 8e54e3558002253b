// The open dialog's path field.
import { describe, expect, it } from 'vitest'
import type { DirectoryEntry } from '../../../../src/shared/contract'
import { completePath, joinPath, matchingEntries, splitPath } from '../../../../src/renderer/dialogs/open-file/path-completion'
import { listMove } from '../../../../src/renderer/dialogs/open-file/entry-list'

const entry = (name: string, kind: DirectoryEntry['kind'] = 'capture'): DirectoryEntry => ({
  name,
  path: `/data/${name}`,
  kind,
  size: 1,
  modifiedMs: 0,
})
const entries = [entry('captures', 'folder'), entry('client.pcap'), entry('client-2.pcap'), entry('Server.pcap')]

describe('path completion', () => {
  it('splits at the last separator of either platform', () => {
    expect([splitPath('/data/cl'), splitPath('C:\\data\\cl'), splitPath('cl')]).toEqual([
      { folder: '/data/', prefix: 'cl' },
      { folder: 'C:\\data\\', prefix: 'cl' },
      { folder: '', prefix: 'cl' },
    ])
  })
  it('joins with the separator of the folder', () => {
    expect([joinPath('/data', 'x'), joinPath('/', 'x'), joinPath('C:\\data', 'x')]).toEqual(['/data/x', '/x', 'C:\\data\\x'])
  })
  it('ignores case until a capital is typed', () => {
    expect(matchingEntries(entries, 'server').map((item) => item.name)).toEqual(['Server.pcap'])
    expect(matchingEntries(entries, 'Client')).toEqual([])
  })
  it('completes as far as all matches agree', () => {
    expect(completePath('/data/cl', entries)).toBe('/data/client')
  })
  it('completes a single folder with its separator', () => {
    expect(completePath('/data/ca', entries)).toBe('/data/captures/')
  })
  it('leaves a path alone that nothing fits', () => {
    expect(completePath('/data/zz', entries)).toBe('/data/zz')
  })
})

describe('listMove', () => {
  it('stays inside the list and ignores other keys', () => {
    expect([
      listMove('ArrowDown', 3, 4),
      listMove('ArrowUp', 0, 4),
      listMove('PageDown', 0, 4),
      listMove('Home', 3, 4),
      listMove('a', 0, 4),
    ]).toEqual([3, 0, 3, 0, null])
  })
})
