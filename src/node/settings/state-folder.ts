// Where the platform keeps what a program wants to find again but nobody edits: logs, captures that were not saved.
import { isAbsolute, join } from 'node:path'
import { platformContext, type PlatformContext } from './config-folder'

/** Folder for state: $XDG_STATE_HOME/wireglass or ~/.local/state/wireglass, ~/Library/Application Support/Wireglass, %LOCALAPPDATA%\Wireglass. */
export function stateFolder(context: PlatformContext = platformContext()): string {
  const { env, home } = context
  const override = env['WIREGLASS_CONFIG_DIR']
  if (override !== undefined && override !== '') return override
  switch (context.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Wireglass')
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Wireglass')
    default: {
      const base = env['XDG_STATE_HOME']
      return join(base !== undefined && isAbsolute(base) ? base : join(home, '.local', 'state'), 'wireglass')
    }
  }
}
