// State of the detail tree of the selected packet: open nodes (remembered by path across packets), and selection shared with the bytes.
import { useMemo } from 'react'
import type { PacketDetail } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import type { App } from '../../app/app-model'
import type { CaptureSession } from '../../model/capture-session'
import { EXPANDED_LIMIT } from '../../model/settings'
import { patch } from '../../model/store'
import { ancestors, isOpen, rowOfByte, shownRows, subtreeEnd, treePaths } from './tree-model'

/** The tree as the details pane draws it. */
export interface TreeState {
  readonly paths: readonly string[]
  readonly shown: readonly number[]
  isOpen(index: number): boolean
  setOpen(index: number, open: boolean): void
  setSubtreeOpen(index: number, open: boolean): void
}

function remember(app: App, changes: Readonly<Record<string, boolean>>): void {
  const entries = Object.entries({ ...app.settings.get().expanded, ...changes })
  app.settings.update({ expanded: Object.fromEntries(entries.slice(-EXPANDED_LIMIT)) })
}

/** Tree state of a packet. */
export function useTree(packet: PacketDetail | null): TreeState {
  const app = useApp()
  const remembered = useSetting('expanded')
  const paths = useMemo(() => (packet === null ? [] : treePaths(packet.tree)), [packet])
  return useMemo(() => {
    const tree = packet?.tree ?? []
    return {
      paths,
      shown: shownRows(tree, paths, remembered),
      isOpen: (index) => isOpen(tree, index, paths[index] ?? '', remembered),
      setOpen: (index, open) => {
        const path = paths[index]
        if (path !== undefined) remember(app, { [path]: open })
      },
      setSubtreeOpen: (index, open) => {
        const changes: Record<string, boolean> = {}
        for (let at = index; at < subtreeEnd(tree, index); at++) {
          const path = paths[at]
          if (path !== undefined && tree[at]?.parent === true) changes[path] = open
        }
        remember(app, changes)
      },
    }
  }, [app, packet, paths, remembered])
}

/** Opens or closes the whole tree of the selected packet. */
export function setWholeTree(app: App, session: CaptureSession, open: boolean): void {
  const packet = session.detail.get().packet
  if (packet === null) return
  const changes: Record<string, boolean> = {}
  treePaths(packet.tree).forEach((path, index) => {
    if (packet.tree[index]?.parent === true) changes[path] = open
  })
  remember(app, changes)
}

/** Selects a tree row; the bytes pane shows its source and marks its range. */
export function selectField(session: CaptureSession, row: number): void {
  const source = session.detail.get().packet?.tree[row]?.source
  patch(session.field, source === undefined ? { row, cursor: -1 } : { row, source, cursor: -1 })
}

/** Selects a byte: the row that says most about it is selected and, in the tree, its ancestors are opened. */
export function selectByte(app: App, session: CaptureSession, source: number, offset: number): void {
  const packet = session.detail.get().packet
  if (packet === null) return
  const row = rowOfByte(packet.tree, source, offset)
  patch(session.field, { row, source, cursor: offset })
  if (row < 0) return
  const paths = treePaths(packet.tree)
  const changes: Record<string, boolean> = {}
  for (const index of ancestors(packet.tree, row)) {
    const path = paths[index]
    if (path !== undefined && !isOpen(packet.tree, index, path, app.settings.get().expanded)) changes[path] = true
  }
  if (Object.keys(changes).length > 0) remember(app, changes)
}
