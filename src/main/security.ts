// What no page of ours may do: ask for permissions, navigate away, open windows, embed others. Packet bytes are hostile; should one of them
// ever run as script, it finds nothing to reach.
import { app, shell, type Session, type WebContents } from 'electron'
import { isAppUrl } from './app-protocol'

/** Denies every permission, and loads nothing that is not the page itself. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => {
    callback(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayLoad(details.url) })
  })
  session.on('will-download', (event, item) => {
    // The page saves through the engine; blob: is its own text and pictures.
    if (!item.getURL().startsWith('blob:wireglass://app/')) event.preventDefault()
  })
}

function mayLoad(address: string): boolean {
  return (
    isAppUrl(address) || address.startsWith('blob:wireglass://app/') || address.startsWith('data:image/') || address.startsWith('devtools:')
  )
}

/** Applies to every web contents of the application, whoever creates it. */
export function lockAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents)
  })
}

function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url)
    return { action: 'deny' }
  })
}

/** Hosts that the interface links to: documentation and sources of facts. Text of packets is never a link. */
const LINKED_HOSTS: ReadonlySet<string> = new Set([
  'www.rfc-editor.org',
  'www.iana.org',
  'datatracker.ietf.org',
  'www.wireshark.org',
  'npcap.com',
  'github.com',
])

/** Opens an https address of a known host in the user's browser; anything else is ignored. Answers whether it was opened. */
export function openExternal(address: string): boolean {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return false
  }
  const allowed =
    url.protocol === 'https:' && LINKED_HOSTS.has(url.hostname) && url.username === '' && url.password === '' && url.port === ''
  if (allowed) void shell.openExternal(url.href)
  return allowed
}
