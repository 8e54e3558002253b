// wireglass run -- COMMAND: starts a command with SSLKEYLOGFILE set and captures while it runs, so that its TLS can be read afterwards.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { KeyLog, saveCapture } from '../engine/service/terminal'
import { openSource } from '../node/capture-source/open-source'
import { createOutputFile } from '../node/files/output-file'
import { TraceError } from '../shared/errors'
import { checkLiveOptions, startLive } from './live'
import { parseOptions } from './options'
import type { Output } from './output'
import { UsageError } from './usage-error'

/** What --help says of this command. */
export const RUN_USAGE = `Usage: wireglass run [-i INTERFACE] [-f FILTER] [-w FILE.pcapng] [-k] -- COMMAND [ARGUMENTS]

Starts COMMAND with SSLKEYLOGFILE set, captures until it ends, and writes two files: the packets, and the keys that COMMAND logged
(FILE.pcapng and FILE.keylog). Programs that log keys: browsers, curl, Python and Node.js with their switches, whatever uses NSS, or OpenSSL by its
own choice. A browser has to be started anew: give it a profile of its own.

  -i INTERFACE    where to capture (default: any)
  -f FILTER       capture filter
  -w FILE         packets (default: run.pcapng)
  -k              write the keys into FILE, too: whoever gets it can decrypt its TLS
`

/** The last packets are still on their way when a command ends. */
const LINGER_MS = 400

/** Runs "wireglass run ARGUMENTS". Answers the exit status of the command. */
export async function runCommand(
  args: readonly string[],
  out: Output,
  complain: (message: string) => void,
  version: string,
): Promise<number> {
  const dashes = args.indexOf('--')
  const own = dashes < 0 ? args : args.slice(0, dashes)
  if (own.some((arg) => arg === '-h' || arg === '--help')) {
    out.text(RUN_USAGE)
    out.flush()
    return 0
  }
  const [command, ...rest] = dashes < 0 ? [] : args.slice(dashes + 1)
  if (command === undefined)
    throw new UsageError('run: which command? Write it behind two dashes: wireglass run -- curl https://example.org')
  const embeds = own.includes('-k'),
    values = ownOptions(own.filter((arg) => arg !== '-k'))
  const file = resolve(values.get('-w') ?? 'run.pcapng')
  const keyLog = `${file.replace(/\.[A-Za-z0-9]{1,8}$/, '')}.keylog`
  const filter = values.get('-f')
  const options = parseOptions(['-i', values.get('-i') ?? 'any', ...(filter === undefined ? [] : ['-f', filter]), '-w', file, '-Q'])
  checkLiveOptions(options)
  // an older log would pass for this run's
  rmSync(keyLog, { force: true })
  const live = await startLive(options, `Wireglass ${version}`, complain)
  try {
    const status = await runToEnd(command, rest, keyLog)
    await pause(LINGER_MS)
    live.stop()
    const { packets, problem } = await live.ended
    if (problem) throw new TraceError('live/helper-stopped', problem.message)
    const secrets = new KeyLog()
    const keys = existsSync(keyLog) ? readFileSync(keyLog) : Buffer.alloc(0)
    secrets.addText(keys.toString('utf8'))
    if (embeds && secrets.size > 0) await embed(file, keys)
    complain(`${packets} packets in ${file}, ${secrets.size} secrets in ${keyLog}`)
    if (secrets.size === 0) complain('The command logged no key: it does not heed SSLKEYLOGFILE, or used no TLS.')
    return status
  } finally {
    live.dispose()
  }
}

/** Writes the packets again with the keys before them. */
async function embed(path: string, keyLog: Uint8Array): Promise<void> {
  const source = await openSource(path),
    { file } = createOutputFile(path, true)
  try {
    saveCapture(source, file, { format: 'pcapng', keyLog })
    file.commit()
  } finally {
    file.abort()
    source.close()
  }
}

function ownOptions(args: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = [args[at], args[at + 1]]
    if (!['-i', '-f', '-w'].includes(name))
      throw new UsageError(`run: unknown option "${name}"; known: -i -f -w -k, and the command behind --`)
    if (value === undefined) throw new UsageError(`run: ${name} needs a value`)
    values.set(name, value)
  }
  return values
}

function runToEnd(command: string, args: readonly string[], keyLog: string): Promise<number> {
  // Ctrl+C is for the command; the capture ends after it.
  const ignore = (): void => undefined
  process.on('SIGINT', ignore)
  return new Promise<number>((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, SSLKEYLOGFILE: keyLog } })
    child.on('error', (error) => {
      fail(new UsageError(`run: ${command} could not be started: ${error.message}`))
    })
    child.on('exit', (code, signal) => {
      done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  }).finally(() => {
    process.off('SIGINT', ignore)
  })
}
