// Whether a process of an earlier moment still runs. A number alone would not do: the system gives it to another process later.
import { readFileSync } from 'node:fs'

/** What tells a process from all others, also from later ones with the same number; without start times the number is all there is. Empty for one that
 *  has ended. */
export function processIdentity(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The name in field 2 may hold spaces and parentheses; field 22 is the start time in ticks since the system started (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A process that has ended keeps its entry until its parent asks for it, which not every parent does.
    if (state === 'Z' || state === 'X') return ''
    return `${boot}:${fields[18] ?? ''}`
  } catch {
    return ''
  }
}

/** True when the process that had this number and identity is still there. */
export function isRunning(pid: number, identity: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process is there too.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return processIdentity(pid) === identity
}
