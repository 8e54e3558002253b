// Help for capture filters: what display-filter language means in libpcap's, and the command that captures on another machine.

const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/\b(tcp|udp)\.port\s*(?:==|eq)?\s*(\d+)/g, '$1 port $2'],
  [/\b(tcp|udp)\.(src|dst)port\s*(?:==|eq)?\s*(\d+)/g, '$1 $2 port $3'],
  [/\bip(?:v6)?\.addr\s*(?:==|eq)?\s*([\w.:/]+)/g, 'host $1'],
  [/\bip(?:v6)?\.(src|dst)\s*(?:==|eq)?\s*([\w.:/]+)/g, '$1 host $2'],
  [/\beth\.addr\s*(?:==|eq)?\s*([\w:]+)/g, 'ether host $1'],
  [/\beth\.(src|dst)\s*(?:==|eq)?\s*([\w:]+)/g, 'ether $1 $2'],
]
const FIELD = /\b(?:tcp|udp|ipv6|ip|eth|http|dns|tls|arp|icmp|frame)\.[a-z_.]+/

/** The same in libpcap's language, where a text speaks of display-filter fields and can be said; else null. `field` is what gave it away. */
export function asCaptureFilter(text: string): { readonly field: string; readonly filter: string | null } | null {
  const field = FIELD.exec(text)?.[0]
  if (field === undefined) return null
  const filter = REWRITES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
  return { field, filter: FIELD.test(filter) ? null : filter }
}

/** What to capture on a host that is reached with ssh. */
export interface RemoteCapture {
  /** user@host, or a name of ~/.ssh/config. */
  readonly target: string
  readonly interface: string
  readonly filter: string
}

/** A command for a POSIX shell whose output is a capture. The connection's own packets are left out, or each would make another. */
export function remoteCommand({ target, interface: name, filter }: RemoteCapture): string {
  const own = 'not port 22'
  const wanted = filter.trim() === '' ? own : `${own} and (${filter.trim()})`
  const remote = `tcpdump -i ${shellWord(name === '' ? 'any' : name)} -s 0 -U -w - ${innerWord(wanted)}`
  return `ssh ${shellWord(target === '' ? 'user@host' : target)} ${shellWord(remote)}`
}

/** A word inside quotes: where nothing in it is special, in double ones, which is easier to read. */
function innerWord(text: string): string {
  return /^[^"$`\\!']*$/.test(text) ? `"${text}"` : shellWord(text)
}

/** A word of a POSIX shell's command line. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
