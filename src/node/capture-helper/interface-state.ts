// Whether an interface is switched on, as the system sees it.
import { readFileSync } from 'node:fs'

/** Flag of netdevice(7). */
const IFF_UP = 1

/** Whether the system says that an interface is there but down; only Linux tells cheaply. */
export function isSwitchedOff(name: string): boolean {
  if (process.platform !== 'linux' || name.includes('/')) return false
  try {
    return (Number(readFileSync(`/sys/class/net/${name}/flags`, 'latin1')) & IFF_UP) === 0
  } catch {
    // "any" and libpcap's other inventions; one that is gone is told by libpcap.
    return false
  }
}
