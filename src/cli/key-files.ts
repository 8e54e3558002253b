// Files with keys that -o names: key logs (tls.keylog_file, also by its old name) and RSA private keys (rsa_keys, tls.keys_list).
import { readFileSync } from 'node:fs'
import type { KeyLog } from '../engine/service/terminal'
import { UsageError } from './options'

/** Reads them into the capture's secrets. Throws UsageError where a file cannot be read. */
export function loadKeys(keyLog: KeyLog, preferences: ReadonlyMap<string, string>): void {
  for (const name of ['tls.keylog_file', 'ssl.keylog_file']) {
    const file = preferences.get(name)
    if (file) keyLog.addText(read(file, 'key log').toString('utf8'))
  }
  for (const file of keyFiles(preferences)) keyLog.privateKeys.push(read(file, 'private key').toString('utf8'))
}

/** Paths in tshark's forms: `uat:rsa_keys:"FILE","PASSWORD"`, a bare path, and ADDRESS,PORT,PROTOCOL,FILE;… of tls.keys_list. */
function keyFiles(preferences: ReadonlyMap<string, string>): string[] {
  const files: string[] = [],
    rsa = preferences.get('rsa_keys'),
    table = preferences.get('uat')
  if (rsa) files.push(rsa)
  const quoted = table === undefined ? null : /^rsa_keys:"([^"]+)"/.exec(table)
  if (quoted?.[1]) files.push(quoted[1])
  const list = preferences.get('tls.keys_list') ?? preferences.get('ssl.keys_list')
  for (const entry of list?.split(';') ?? []) {
    const file = entry.split(',')[3]?.trim()
    if (file) files.push(file)
  }
  return files
}

function read(file: string, what: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`The ${what} "${file}" could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
