// Native file dialogs on behalf of the engine.
import { dialog, type BrowserWindow, type FileFilter } from 'electron'

const CAPTURES: readonly string[] = ['pcapng', 'pcap', 'cap', 'dmp', 'ntar', 'snoop', 'gz', 'zst', 'lz4']

/** Names and filters in a dialog follow the format that will be written. */
const SAVE_FILTERS: Readonly<Record<string, FileFilter>> = {
  pcapng: { name: 'pcapng', extensions: ['pcapng'] },
  pcap: { name: 'pcap', extensions: ['pcap'] },
  'pcap-ns': { name: 'pcap (nanoseconds)', extensions: ['pcap'] },
}

/** Asks for a capture to open; null when the user cancels. Without a window the dialog stands alone. */
export async function askForCapture(window: BrowserWindow | undefined): Promise<string | null> {
  const options = {
    properties: ['openFile' as const],
    filters: [
      { name: 'Captures', extensions: [...CAPTURES] },
      { name: '*', extensions: ['*'] },
    ],
  }
  const { canceled, filePaths } = await (window === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to save; the dialog itself confirms replacing a file. null when the user cancels. */
export async function askWhereToSave(window: BrowserWindow | undefined, suggestedName: string, format: string): Promise<string | null> {
  const filter = SAVE_FILTERS[format]
  const options = {
    // A suggestion is a name, never a path.
    defaultPath: suggestedName.replace(/[/\\\0]/g, '_'),
    filters: [...(filter === undefined ? [] : [filter]), { name: '*', extensions: ['*'] }],
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  }
  const { canceled, filePath } = await (window === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  return canceled || filePath === '' ? null : filePath
}
