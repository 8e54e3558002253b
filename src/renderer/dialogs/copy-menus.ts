// Entries that the context menus of packet list, tree and bytes offer for copying and exporting.
import type { PacketDetail, TreeRow } from '../../shared/contract'
import type { App } from '../app/app-model'
import { COMMANDS } from '../app/commands/commands'
import type { CaptureSession } from '../model/capture-session'
import type { MenuItem } from '../ui/menu'

/** Copying the selected packets. */
export function packetCopyItems(app: App, _session: CaptureSession): readonly MenuItem[] {
  const command = COMMANDS.find('packet.copy-summary')
  return command === undefined
    ? []
    : [{ id: command.id, label: app.t(command.title), icon: command.icon, onSelect: () => COMMANDS.run(command.id, app) }]
}

/** Copying a field of the tree: its text, value, filter or bytes. */
export function fieldCopyItems(_app: App, _session: CaptureSession, _packet: PacketDetail, _row: TreeRow): readonly MenuItem[] {
  return []
}

/** Copying a range of bytes of a byte source. */
export function byteCopyItems(_app: App, _session: CaptureSession, _bytes: Uint8Array, _start: number, _end: number): readonly MenuItem[] {
  return []
}
