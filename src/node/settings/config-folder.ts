// Where the platform keeps a program's settings.
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** What the choice depends on; process.env and process.platform unless a test says otherwise. */
export interface PlatformContext {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** The context of this process. */
export function platformContext(): PlatformContext {
  return { platform: process.platform, env: process.env, home: homedir() }
}

/**
 * Folder for settings: $XDG_CONFIG_HOME/wireglass or ~/.config/wireglass, ~/Library/Application Support/Wireglass, %APPDATA%\Wireglass.
 * WIREGLASS_CONFIG_DIR overrides all. A relative XDG_CONFIG_HOME is invalid and ignored (XDG Base Directory Specification).
 */
export function configFolder(context: PlatformContext = platformContext()): string {
  const { env, home } = context
  const override = env['WIREGLASS_CONFIG_DIR']
  if (override !== undefined && override !== '') return override
  switch (context.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Wireglass')
    case 'win32':
      return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Wireglass')
    default: {
      const base = env['XDG_CONFIG_HOME']
      return join(base !== undefined && isAbsolute(base) ? base : join(home, '.config'), 'wireglass')
    }
  }
}
