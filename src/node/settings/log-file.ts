// The engine's log: internal errors with the ids that users see in messages. It holds no packet bytes.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../../shared/rpc/dispatcher'
import { platformContext, type PlatformContext } from './config-folder'
import { stateFolder } from './state-folder'

const MAX_LOG_BYTES = 1024 * 1024

/** Folder for logs: $XDG_STATE_HOME/wireglass or ~/.local/state/wireglass, ~/Library/Logs/Wireglass, %LOCALAPPDATA%\Wireglass\Logs. */
export function logFolder(context: PlatformContext = platformContext()): string {
  const { env, home } = context
  const override = env['WIREGLASS_CONFIG_DIR']
  if (override !== undefined && override !== '') return override
  switch (context.platform) {
    case 'darwin':
      return join(home, 'Library', 'Logs', 'Wireglass')
    case 'win32':
      return join(stateFolder(context), 'Logs')
    default:
      return stateFolder(context)
  }
}

/** Appends entries to engine.log in a folder; one older file is kept. A log that cannot be written is no reason to fail. */
export function createLogFile(folder: string): (entry: LogEntry) => void {
  const path = join(folder, 'engine.log')
  return ({ id, method, error }) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.1`)
      appendFileSync(path, `${new Date().toISOString()} ${id} ${method}: ${detail}\n`, { mode: 0o600 })
    } catch {
      // Nowhere to write: the message still reaches the user.
    }
  }
}
