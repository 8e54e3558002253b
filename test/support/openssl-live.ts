// What tests need that make live connections of OpenSSL: certificates, programs with what they print, and a capture of the loopback.
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0

/** Why no connection can be made and captured here; undefined where one can. */
export const noLiveOpenssl = !has('openssl', 'version')
  ? 'openssl is not installed'
  : !has('tcpdump', '--version') || process.getuid?.() !== 0
    ? 'tcpdump with the right to capture is not there'
    : undefined

/** Waits until something is so, at most `ms` milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  for (let end = Date.now() + ms; Date.now() < end && !(await condition());) await pause(15)
}

/** A program with what it has printed on both its outputs, one byte a character. */
export interface Started {
  output: string
  ended: boolean
  readonly child: ChildProcessWithoutNullStreams
  type(text: string): void
}

/** Starts a program in a folder. */
export function started(folder: string, program: string, ...args: string[]): Started {
  const child = spawn(program, args, { cwd: folder }),
    state: Started = {
      output: '',
      ended: false,
      child,
      type: (text) => {
        child.stdin.write(text)
      },
    }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (state.output += piece.toString('latin1')))
  child.stdin.on('error', () => undefined)
  child.on('close', () => (state.ended = true))
  return state
}

/** Makes rsa.pem, rsa.key, ec.pem and ec.key for a host in a folder. */
export function makeCertificates(folder: string, host: string): void {
  const make = (name: string, ...key: string[]) =>
    spawnSync(
      'openssl',
      [
        ...['req', '-x509', '-nodes', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2'],
        ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
      ],
      { cwd: folder },
    )
  make('rsa', '-newkey', 'rsa:2048')
  make('ec', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
}

/** Captures the loopback to live.pcap in a folder while connections are made, `atOnce` at a time. */
export async function recorded<T>(
  folder: string,
  filter: string,
  cases: readonly T[],
  atOnce: number,
  connect: (one: T) => Promise<void>,
): Promise<string> {
  const file = path.join(folder, 'live.pcap'),
    dump = started(folder, 'tcpdump', '-i', 'lo', '-w', file, '-U', '--immediate-mode', '-B', '8192', '-Z', 'root', filter)
  await until(() => dump.output.includes('listening'))
  const queue = [...cases]
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await connect(next)
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, worker))
    await pause(300)
  } finally {
    dump.child.kill('SIGINT')
    await until(() => dump.ended)
  }
  return file
}
