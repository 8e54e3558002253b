// Starts browsers and commands with SSLKEYLOGFILE set.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProgramsPort } from '../../engine/service'
import type { RecordedProgram } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import { browserArguments, findBrowsers } from './browsers'

/** How much of what a program complains of is kept. */
const KEPT_WORDS = 2000

/** The port, and what ends the programs that still run. */
export interface NodePrograms extends ProgramsPort {
  readonly dispose: () => void
}

interface Launch {
  readonly child: ChildProcess
  /** Profile to remove afterwards; '' for none. */
  readonly profile: string
}

/** Makes the port; key logs are kept in `folder`, since a capture that was saved needs its log again. */
export function createPrograms(folder: string): NodePrograms {
  const running = new Set<Launch>()
  return {
    browsers: () => Promise.resolve(findBrowsers(process.platform, process.env).map(({ id, name }) => ({ id, name }))),
    newKeyLog() {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}.keylog`)
      writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
      return path
    },
    start: (program, keyLog, ended) =>
      new Promise((resolve, reject) => {
        const launch = launchProgram(program, keyLog)
        const { child, profile } = launch
        let said = ''
        child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
          said = (said + piece).slice(-KEPT_WORDS)
        })
        child.on('spawn', () => {
          running.add(launch)
          resolve()
        })
        child.on('error', (error) => {
          removeProfile(profile)
          reject(new TraceError('program/not-started', `The program could not be started: ${error.message}`))
        })
        child.on('close', (status) => {
          if (!running.delete(launch)) return
          removeProfile(profile)
          ended({ status, said: said.trim() })
        })
      }),
    dispose() {
      for (const { child, profile } of running) {
        child.kill()
        removeProfile(profile)
      }
      running.clear()
    },
  }
}

function launchProgram(program: RecordedProgram, keyLog: string): Launch {
  const env = { ...process.env, SSLKEYLOGFILE: keyLog }
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe']
  if (program.kind === 'command') return { child: spawn(program.line, { shell: true, stdio, env }), profile: '' }
  const browser = findBrowsers(process.platform, process.env).find(({ id }) => id === program.id)
  if (browser === undefined)
    throw new TraceError(
      'program/not-started',
      `The browser "${program.id}" is not installed any more. Choose another one, or start it as a command.`,
    )
  const profile = mkdtempSync(join(tmpdir(), 'wireglass-browser-'))
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  return { child: spawn(browser.path, browserArguments(browser.engine, profile, program.address, asRoot), { stdio, env }), profile }
}

/** A browser's helpers may still write for a moment. */
function removeProfile(profile: string): void {
  if (profile === '') return
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  } catch {
    // It lies in the system's temporary folder, which is emptied anyway.
  }
}
