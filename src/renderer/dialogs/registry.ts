// All dialogs by name. A dialog is opened with app.openDialog(name, props); its component gets those props and onClose. To add one: add its
// props here, its component to DIALOGS, and (for the user to reach it) a command. Components load when they are first opened.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { ExportScope } from '../../shared/contract'

/** Props of each dialog, besides onClose. */
export interface DialogProps {
  /** Command palette; `text` is what it starts with, for example "#" for packets. */
  palette: { readonly text: string }
  /** Go to a packet number. */
  'go-to': object
  /** All shortcuts. */
  keys: object
  /** File chooser of the browser host. */
  'open-file': object
  /** Save or export packets. `salvage` starts with "all" and explains that the file is damaged. */
  save: { readonly captureId: number; readonly scope?: ExportScope['what']; readonly salvage?: boolean }
  /** Marks or comments would be lost by closing. */
  'close-unsaved': { readonly captureId: number }
  /** `filter` begins a new rule for it. */
  'color-rules': { readonly filter?: string }
  columns: object
  comment: { readonly captureId: number; readonly number: number }
  settings: { readonly page?: string }
  /** What the file says about itself. */
  properties: { readonly captureId: number }
  about: object
}
export type DialogName = keyof DialogProps

/** Component of a dialog. */
export type DialogComponent<N extends DialogName> = ComponentType<DialogProps[N] & { readonly onClose: () => void }>

type Registry = { readonly [N in DialogName]?: LazyExoticComponent<DialogComponent<N>> }

/** Components of the dialogs; a name without one cannot be opened yet, and commands that need it do not show. */
export const DIALOGS: Registry = {
  palette: lazy(async () => ({ default: (await import('../app/palette')).Palette })),
  'go-to': lazy(async () => ({ default: (await import('../app/go-to-dialog')).GoToDialog })),
  keys: lazy(async () => ({ default: (await import('../app/keys-dialog')).KeysDialog })),
  'open-file': lazy(async () => ({ default: (await import('./open-file/open-file-dialog')).OpenFileDialog })),
  save: lazy(async () => ({ default: (await import('./save/save-dialog')).SaveDialog })),
  'close-unsaved': lazy(async () => ({ default: (await import('./save/close-unsaved-dialog')).CloseUnsavedDialog })),
  'color-rules': lazy(async () => ({ default: (await import('./color-rules/color-rules-dialog')).ColorRulesDialog })),
  columns: lazy(async () => ({ default: (await import('./columns/columns-dialog')).ColumnsDialog })),
  comment: lazy(async () => ({ default: (await import('./comment-dialog')).CommentDialog })),
  settings: lazy(async () => ({ default: (await import('./settings/settings-dialog')).SettingsDialog })),
  properties: lazy(async () => ({ default: (await import('./properties-dialog')).PropertiesDialog })),
  about: lazy(async () => ({ default: (await import('./about-dialog')).AboutDialog })),
}

/** True when the dialog exists. */
export function hasDialog(name: DialogName): boolean {
  return DIALOGS[name] !== undefined
}
