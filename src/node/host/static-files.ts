// The page's files for both hosts that have a page: which request path is which file, and the headers that go with it. A path that tries
// anything but naming a file below the root is refused, before and after symbolic links are followed.
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file of the page. */
export interface StaticFile {
  readonly path: string
  readonly type: string
  readonly size: number
}

/**
 * The file that a request path names, 'refused' for a path that is not plainly one, 'missing' for one that is not there.
 * `rawPath` is as it came: percent-encoded, with or without query; '/' is index.html.
 */
export async function findStaticFile(root: string, rawPath: string): Promise<StaticFile | 'refused' | 'missing'> {
  const segments = plainSegments(rawPath)
  if (segments === undefined) return 'refused'
  const name = segments.length === 0 ? 'index.html' : segments.join(sep)
  const type = TYPES[extname(name).toLowerCase()]
  if (type === undefined) return 'missing'
  try {
    const realRoot = await realpath(root)
    const path = await realpath(join(realRoot, name))
    if (!path.startsWith(realRoot + sep)) return 'refused'
    const found = await stat(path)
    return found.isFile() ? { path, type, size: found.size } : 'missing'
  } catch {
    return 'missing'
  }
}

/** The decoded parts of a path, or undefined when any is not a plain name. */
function plainSegments(rawPath: string): string[] | undefined {
  if (!rawPath.startsWith('/')) return undefined
  const path = rawPath.slice(1).split(/[?#]/, 1)[0] ?? ''
  if (path === '') return []
  const segments: string[] = []
  for (const raw of path.split('/')) {
    let segment: string
    try {
      segment = decodeURIComponent(raw)
    } catch {
      return undefined
    }
    // Our own files need no more than this; whatever else there is (.., hidden files, separators, NUL, devices, streams) is a trick.
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(segment) || segment.includes('..')) return undefined
    segments.push(segment)
  }
  return segments
}

/**
 * Headers of every answer. `connect` lists what the page may connect to beside its own origin. No inline script or style, no eval, no remote
 * content, no framing, no sharing with other origins.
 */
export function securityHeaders(connect: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
    'Cache-Control': 'no-store',
  }
}
