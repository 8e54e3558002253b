// All dialogs by name. A dialog is opened with app.openDialog(name, props); its component gets those props and onClose. To add one: add its
// props here, its component to DIALOGS in components.ts, and (for the user to reach it) a command.
import type { ExportScope } from '../../shared/contract'

/** Props of each dialog, besides onClose. */
export interface DialogProps {
  /** Command palette; `text` is what it starts with, for example "#" for packets. */
  palette: { readonly text: string }
  /** Go to a packet number. */
  'go-to': object
  /** All shortcuts. */
  keys: object
  /** File chooser of the browser host; what is chosen opens in front, or `behind` what is shown. */
  'open-file': { readonly behind: boolean }
  /** Save or export packets. `salvage` starts with "all" and explains that the file is damaged. */
  save: { readonly captureId: number; readonly scope?: ExportScope['what']; readonly salvage?: boolean }
  /** Marks or comments would be lost by closing. */
  'close-unsaved': { readonly captureId: number }
  /** `filter` begins a new rule for it. */
  'color-rules': { readonly filter?: string }
  columns: object
  comment: { readonly captureId: number; readonly number: number }
  /** Rules of Decode As; `number` is the packet whose keys are suggested, 0 for none. */
  'decode-as': { readonly captureId: number; readonly number: number }
  /** Keys for decryption. */
  'decryption-keys': object
  settings: { readonly page?: string }
  /** Names the filter `text` and keeps it as a button. */
  'save-filter': { readonly text: string }
  /** What the file says about itself. */
  properties: { readonly captureId: number }
  about: object
  /** What may capture here, and what would have to be done. */
  'capture-permission': object
  /** A browser or command to start with its keys logged, and to capture. */
  'record-program': object
  /** The file to capture into is there already. */
  'replace-capture': { readonly path: string }
  /** Packets would be lost by capturing again. */
  'restart-capture': object
}
export type DialogName = keyof DialogProps
