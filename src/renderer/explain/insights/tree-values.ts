// Reads other values of the same packet, which the sums of a card are made of.
import type { TreeRow } from '../../../shared/contract'

/** Values of one packet's tree by field name. */
export interface TreeValues {
  /** First value of a field, or undefined. */
  text(field: string): string | undefined
  /** First value as a number (decimal or 0x), or undefined. */
  number(field: string): number | undefined
}

/**
 * Values near `row`: where a field occurs more than once (tunnels, quoted packets), the occurrence in the same layer as the row wins, else the
 * last one before it.
 */
export function treeValues(tree: readonly TreeRow[], row: number): TreeValues {
  const text = (field: string): string | undefined => {
    const layer = layerOf(tree, row)
    for (let index = layer.start; index < layer.end; index++) if (tree[index]?.field === field) return tree[index]?.value
    for (let index = layer.start - 1; index >= 0; index--) if (tree[index]?.field === field) return tree[index]?.value
    return tree.find((other) => other.field === field)?.value
  }
  return {
    text,
    number: (field) => {
      const value = text(field)
      if (value === undefined || value === '') return undefined
      const number = Number(value)
      return Number.isFinite(number) ? number : undefined
    },
  }
}

/** The range of rows that belong to the top-level layer of a row. */
export function layerOf(tree: readonly TreeRow[], row: number): { readonly start: number; readonly end: number } {
  let start = Math.min(Math.max(row, 0), Math.max(0, tree.length - 1))
  while (start > 0 && (tree[start]?.depth ?? 0) > 0) start--
  let end = start + 1
  while (end < tree.length && (tree[end]?.depth ?? 0) > 0) end++
  return { start, end }
}
