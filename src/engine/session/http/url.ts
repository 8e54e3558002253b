// Addresses of requests (RFC 3986, 5.2; RFC 9112, 3.3), as far as transactions need them: no platform's URL is at hand.

/** Scheme, authority, path and query of an address; undefined for what is none. */
function split(url: string): { readonly scheme: string; readonly authority: string; readonly path: string } | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(url)
  return match ? { scheme: match[1]?.toLowerCase() ?? '', authority: match[2]?.toLowerCase() ?? '', path: match[3] ?? '' } : undefined
}

/** The address that a request asks for. */
export function requestUrl(method: string, target: string, host: string, server: string, isTls: boolean): string {
  if (method === 'CONNECT') return target
  if (split(target)) return target
  return `${isTls ? 'https' : 'http'}://${host === '' ? server : host}${target.startsWith('/') ? target : `/${target}`}`
}

/** Host and port of an address, in lower case; '' for none. */
export function hostOf(url: string): string {
  return split(url)?.authority ?? ''
}

/** Path and query of an address. */
export function pathOf(url: string): string {
  const path = split(url)?.path ?? url
  return path === '' ? '/' : path
}

/** An address without its fragment and without a default port, so that two of the same resource are the same text. */
export function normalUrl(url: string): string {
  const parts = split(url)
  if (!parts) return url
  const port = parts.scheme === 'https' ? ':443' : ':80'
  const authority = parts.authority.endsWith(port) ? parts.authority.slice(0, -port.length) : parts.authority
  return `${parts.scheme}://${authority}${parts.path === '' ? '/' : parts.path}`
}

/** An address as a Location gives it, seen from the address that it was given for. */
export function resolveUrl(base: string, location: string): string {
  if (split(location)) return normalUrl(location)
  const from = split(base)
  if (!from) return location
  const root = `${from.scheme}://${from.authority}`
  if (location.startsWith('//')) return normalUrl(`${from.scheme}:${location}`)
  const path = from.path.replace(/[?#].*$/s, '')
  if (location.startsWith('?')) return normalUrl(root + path + location)
  const [target, query] = [location.replace(/[?#].*$/s, ''), /\?[^#]*/.exec(location)?.[0]],
    joined = target.startsWith('/') ? target : path.slice(0, path.lastIndexOf('/') + 1) + target,
    kept: string[] = []
  for (const part of joined.split('/').slice(1)) {
    if (part === '..') kept.pop()
    else if (part !== '.') kept.push(part)
  }
  return normalUrl(`${root}/${kept.join('/')}${/\/\.{1,2}$/.test(joined) && kept.length > 0 ? '/' : ''}${query ?? ''}`)
}
