// Components of the dialogs. They load when they are first opened. Only the dialog host imports this file, so that a dialog may import anything.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { DialogName, DialogProps } from './registry'

type DialogComponent<N extends DialogName> = ComponentType<DialogProps[N] & { readonly onClose: () => void }>

type Registry = { readonly [N in DialogName]: LazyExoticComponent<DialogComponent<N>> }

/** Component of each dialog. */
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
  'save-filter': lazy(async () => ({ default: (await import('./save-filter-dialog')).SaveFilterDialog })),
  'decode-as': lazy(async () => ({ default: (await import('./decode-as-dialog')).DecodeAsDialog })),
  'decryption-keys': lazy(async () => ({ default: (await import('./decryption-keys-dialog')).DecryptionKeysDialog })),
  settings: lazy(async () => ({ default: (await import('./settings/settings-dialog')).SettingsDialog })),
  properties: lazy(async () => ({ default: (await import('./properties-dialog')).PropertiesDialog })),
  'capture-permission': lazy(async () => ({ default: (await import('./live/capture-permission-dialog')).CapturePermissionDialog })),
  'record-program': lazy(async () => ({ default: (await import('./live/record-program-dialog')).RecordProgramDialog })),
  'replace-capture': lazy(async () => ({ default: (await import('./live/replace-capture-dialog')).ReplaceCaptureDialog })),
  'restart-capture': lazy(async () => ({ default: (await import('./live/restart-capture-dialog')).RestartCaptureDialog })),
  about: lazy(async () => ({ default: (await import('./about-dialog')).AboutDialog })),
}
