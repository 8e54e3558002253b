// wireglass://app/: the page's files under a scheme of their own, so that nothing is loaded from file:// and the page has an origin.
import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { findStaticFile, securityHeaders } from '../node/host/static-files'

/** Scheme of the page. */
export const APP_SCHEME = 'wireglass'
/** Origin of the page. */
export const APP_ORIGIN = `${APP_SCHEME}://app`

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the page's files from `root` to a session. */
export function serveAppProtocol(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, (request) => answer(request, root))
}

/** True for an address of the page itself. */
export function isAppUrl(address: string): boolean {
  try {
    const url = new URL(address)
    // Node knows no origin for schemes that are not the web's, so scheme and host are compared instead.
    return url.protocol === `${APP_SCHEME}:` && url.host === 'app' && url.username === '' && url.password === ''
  } catch {
    return false
  }
}

async function answer(request: Request, root: string): Promise<Response> {
  const headers = securityHeaders()
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('Only GET and HEAD.', { status: 405, headers })
  if (!isAppUrl(request.url)) return new Response('This address is not served here.', { status: 403, headers })
  // Taken from the text, not from URL, which would already have removed "..".
  const path = request.url.slice(APP_ORIGIN.length)
  const file = await findStaticFile(root, path === '' ? '/' : path)
  if (file === 'refused') return new Response('This is not the path of a file of the page.', { status: 400, headers })
  if (file === 'missing') return new Response('There is no such file.', { status: 404, headers })
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file.path))
  return new Response(body, { status: 200, headers: { ...headers, 'Content-Type': file.type } })
}
