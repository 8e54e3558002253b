// The command line run inside the test, with its output collected.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { main } from '../../src/cli/main'
import { Output } from '../../src/cli/output'

/** What a run printed and answered. */
export interface Run {
  readonly stdout: string
  readonly bytes: Uint8Array
  readonly stderr: string
  readonly status: number
}

/** Runs the command line with these arguments. */
export async function commandLine(...args: readonly string[]): Promise<Run> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-cli-')),
    file = path.join(folder, 'stdout'),
    descriptor = openSync(file, 'w'),
    messages: string[] = []
  try {
    const status = await main(args, { out: new Output(descriptor), complain: (message) => messages.push(message), version: '0.0.0' })
    const bytes = readFileSync(file)
    return { stdout: bytes.toString('utf8'), bytes, stderr: messages.join('\n'), status }
  } finally {
    closeSync(descriptor)
    rmSync(folder, { recursive: true })
  }
}

const root = path.resolve(import.meta.dirname, '../..')

/** Path of a sample capture. */
export function sample(name: string): string {
  return path.join(root, 'resources/samples', name)
}
