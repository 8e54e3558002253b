import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isRunning, processIdentity } from '../../../../src/node/live/process-identity'
import { until } from '../../../support/live-engine'

describe.skipIf(process.platform !== 'linux')('whether a process still runs (skipped where there is no /proc)', () => {
  it('is so of this one, and not of another with its number', () => {
    const identity = processIdentity(process.pid)
    expect(isRunning(process.pid, identity)).toBe(true)
    expect(isRunning(process.pid, `${identity}0`)).toBe(false)
  })

  it('is not so of one that has ended, though nobody asked for its end', async () => {
    // The program that takes the shell's place does not know the shell's child.
    const parent = spawn('sh', ['-c', 'sh -c "sleep 0.3" & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const child = await new Promise<number>((done) =>
        parent.stdout.once('data', (text) => {
          done(Number(text))
        }),
      )
      const identity = processIdentity(child)
      expect(isRunning(child, identity)).toBe(true)
      await until('it has ended', () => /\) Z /.test(readFileSync(`/proc/${child}/stat`, 'latin1')))
      expect(isRunning(child, identity)).toBe(false)
    } finally {
      parent.kill('SIGKILL')
    }
  })
})
