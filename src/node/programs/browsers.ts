// Browsers that log their TLS keys, where they are installed, and how one is started so that it reads SSLKEYLOGFILE: with a profile of its own, since a
// browser that is running already would only open another window.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A browser that was found. */
export interface FoundBrowser {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly engine: 'chromium' | 'firefox'
}

interface KnownBrowser {
  readonly id: string
  readonly name: string
  readonly engine: FoundBrowser['engine']
  /** Names in PATH. */
  readonly commands: readonly string[]
  /** Within /Applications and ~/Applications. */
  readonly mac: string
  /** Within Program Files and the user's programs. */
  readonly windows: string
}

const chromium = (id: string, name: string, commands: readonly string[], mac: string, windows: string): KnownBrowser => ({
  id,
  name,
  engine: 'chromium',
  commands,
  mac,
  windows,
})

const KNOWN: readonly KnownBrowser[] = [
  chromium(
    'chrome',
    'Google Chrome',
    ['google-chrome-stable', 'google-chrome'],
    'Google Chrome.app/Contents/MacOS/Google Chrome',
    'Google\\Chrome\\Application\\chrome.exe',
  ),
  chromium(
    'chromium',
    'Chromium',
    ['chromium', 'chromium-browser'],
    'Chromium.app/Contents/MacOS/Chromium',
    'Chromium\\Application\\chrome.exe',
  ),
  chromium(
    'edge',
    'Microsoft Edge',
    ['microsoft-edge-stable', 'microsoft-edge'],
    'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ),
  chromium(
    'brave',
    'Brave',
    ['brave-browser', 'brave'],
    'Brave Browser.app/Contents/MacOS/Brave Browser',
    'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  ),
  chromium('vivaldi', 'Vivaldi', ['vivaldi-stable', 'vivaldi'], 'Vivaldi.app/Contents/MacOS/Vivaldi', 'Vivaldi\\Application\\vivaldi.exe'),
  {
    id: 'firefox',
    name: 'Firefox',
    engine: 'firefox',
    commands: ['firefox', 'firefox-esr'],
    mac: 'Firefox.app/Contents/MacOS/firefox',
    windows: 'Mozilla Firefox\\firefox.exe',
  },
]

type Environment = Readonly<Record<string, string | undefined>>

/** Where each known browser may be on a system, in the order to look. */
export function browserPlaces(platform: string, env: Environment): readonly (FoundBrowser & { readonly path: string })[] {
  return KNOWN.flatMap(({ id, name, engine, commands, mac, windows }) =>
    placesOf(platform, env, commands, mac, windows).map((path) => ({ id, name, engine, path })),
  )
}

function placesOf(platform: string, env: Environment, commands: readonly string[], mac: string, windows: string): string[] {
  if (platform === 'darwin') return ['/Applications', ...(env['HOME'] ? [`${env['HOME']}/Applications`] : [])].map((one) => `${one}/${mac}`)
  if (platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => (env[name] ? [`${env[name]}\\${windows}`] : []))
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/** The browsers that can be started, each once. */
export function findBrowsers(platform: string, env: Environment): FoundBrowser[] {
  const found = new Map<string, FoundBrowser>()
  for (const place of browserPlaces(platform, env)) if (!found.has(place.id) && isExecutable(place.path)) found.set(place.id, place)
  return [...found.values()]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Arguments for a fresh profile in `profile`. `asRoot`: Chromium's sandbox refuses the superuser. */
export function browserArguments(engine: FoundBrowser['engine'], profile: string, address: string, asRoot: boolean): string[] {
  const page = address === '' ? [] : [address]
  if (engine === 'firefox') return ['-no-remote', '-profile', profile, ...page]
  return [`--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', ...(asRoot ? ['--no-sandbox'] : []), ...page]
}
