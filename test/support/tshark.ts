// The oracle: the installed tshark. Tests that need it skip with a visible reason where it is absent.
import { spawnSync } from 'node:child_process'

/** First line of `tshark --version`, or undefined where tshark is not installed. */
export const tsharkVersion: string | undefined = (() => {
  const run = spawnSync('tshark', ['--version'], { encoding: 'utf8' })
  return run.status === 0 ? run.stdout.split('\n')[0] : undefined
})()

/** Reason for a skip, printed by the runner. */
export const NO_TSHARK = 'tshark is not installed (apt-get install tshark)'

/** Runs tshark and returns what it printed, whatever its exit status. */
export function tshark(args: readonly string[]): { stdout: string; stderr: string; status: number | null } {
  const run = spawnSync('tshark', args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  return { stdout: run.stdout, stderr: run.stderr, status: run.status }
}
