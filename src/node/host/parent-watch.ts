// Notices that the process which started this one is gone, also where neither a pipe nor a port tells of it.

const LOOK_EVERY_MS = 500

/** Calls `onGone` once, at most half a second after the parent has ended. It keeps nothing running. Windows keeps the number of a parent that is gone,
 *  so nothing is noticed there; closed pipes and ports are. */
export function whenParentGone(onGone: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    // An orphan is given to another process, so the number changes.
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, LOOK_EVERY_MS)
  timer.unref()
}
