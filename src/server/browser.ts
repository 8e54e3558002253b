// Opening the user's browser.
import { spawn } from 'node:child_process'

/** The command that opens a link on this system, or undefined where there is no display to open it on. */
export function browserCommand(
  link: string,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): { command: string; args: string[] } | undefined {
  if (env['CI'] !== undefined && env['CI'] !== '') return undefined
  switch (platform) {
    case 'darwin':
      return { command: 'open', args: [link] }
    case 'win32':
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', link] }
    default: {
      const display = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
      return display ? { command: 'xdg-open', args: [link] } : undefined
    }
  }
}

/** Opens a link in the user's browser; where that fails, the printed address remains. */
export function openBrowser(link: string): void {
  const how = browserCommand(link, process.platform, process.env)
  if (how === undefined) return
  const child = spawn(how.command, how.args, { stdio: 'ignore', detached: true })
  child.on('error', () => {
    // There is no such program: the user opens the printed address.
  })
  child.unref()
}
