import { describe, expect, it } from 'vitest'
import type { TreeRow } from '../../../../../src/shared/contract'
import {
  ancestors,
  findTyped,
  labelParts,
  rowOfByte,
  shownRows,
  subtreeEnd,
  treePaths,
} from '../../../../../src/renderer/views/packets/tree-model'
import { fakeDetail, fakePacket } from '../../../../support/fake-engine/packets'

const http = fakeDetail(fakePacket(8, 423, 5), []).tree
const at = (tree: readonly TreeRow[], field: string): number => tree.findIndex((row) => row.field === field)

describe('detail tree', () => {
  it('opens the application layer only, until the user decides otherwise', () => {
    const paths = treePaths(http)
    const shown = shownRows(http, paths, {})
    const labels = shown.map((index) => http[index]?.field)
    expect(labels.slice(0, 5)).toEqual(['frame', 'eth', 'ip', 'tcp', 'http'])
    expect(labels).toContain('http.host')
    expect(labels).not.toContain('tcp.flags')
  })

  it('remembers open nodes by field path, so another packet opens the same ones', () => {
    const other = fakeDetail(fakePacket(10, 423, 5), []).tree
    const remembered = { tcp: true, 'tcp/tcp.flags': true, http: false }
    const shown = shownRows(other, treePaths(other), remembered).map((index) => other[index]?.field)
    expect(shown).toContain('tcp.flags.push')
  })

  it('hides everything below a closed node, whatever is open inside it', () => {
    const shown = shownRows(http, treePaths(http), { 'tcp/tcp.flags': true, http: false })
    expect(shown).toHaveLength(5)
  })

  it('knows the extent and the ancestors of a row', () => {
    const tcp = at(http, 'tcp')
    expect(http[subtreeEnd(http, tcp)]?.field).toBe('http')
    expect(ancestors(http, at(http, 'tcp.flags.push')).map((index) => http[index]?.field)).toEqual(['tcp.flags', 'tcp'])
  })

  it('finds the smallest field that holds a byte', () => {
    expect(http[rowOfByte(http, 0, 48)]?.field).toBe('tcp.window_size_value')
    expect(http[rowOfByte(http, 0, 66)]?.field).toBe('http.request.method')
    expect(http[rowOfByte(http, 0, 70)]?.field).toBe('http.request.line')
    expect(http[rowOfByte(http, 0, 20)]?.field).toBe('ip')
  })

  it('finds nothing outside the packet or in another source', () => {
    expect(rowOfByte(http, 0, 5000)).toBe(-1)
    expect(rowOfByte(http, 3, 20)).toBe(-1)
  })

  it('jumps to the row whose text begins with what was typed', () => {
    const shown = shownRows(http, treePaths(http), {})
    const hit = findTyped(http, shown, shown[0] ?? 0, 'Connection')
    expect(http[hit]?.field).toBe('http.connection')
    expect(findTyped(http, shown, 0, 'Zebra')).toBe(-1)
  })

  it('emphasises the protocol name without changing the text', () => {
    for (const row of http) expect(labelParts(row).join('')).toBe(row.label)
    expect(labelParts(http[at(http, 'eth')] ?? http[0] ?? ({} as TreeRow))[0]).toBe('Ethernet II')
  })
})
