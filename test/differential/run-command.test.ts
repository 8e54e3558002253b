// wireglass run: a command's TLS captured on the loopback, with its keys beside the packets and, where that is asked for, in their file, for us and for tshark.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { helperScript } from '../support/live-engine'
import { tshark, tsharkVersion } from '../support/tshark'

const missing =
  spawnSync('openssl', ['version']).status !== 0
    ? 'openssl is not installed'
    : process.getuid?.() !== 0
      ? 'the right to capture is not there'
      : undefined
const root = path.resolve(import.meta.dirname, '../..')
const PORT = 23_790
/** Says a line, waits for the answer, and ends the connection. */
const COMMAND = `: > answer; (echo secret word; for n in 1 2 3 4 5 6 7 8 9; do grep -q terces answer || sleep 0.3; done; echo Q) | timeout 8 openssl s_client -connect 127.0.0.1:${PORT} -keylogfile "$SSLKEYLOGFILE" > answer 2>&1`

describe.skipIf(missing !== undefined)(`wireglass run${missing === undefined ? '' : `: ${missing}`}`, () => {
  let folder = '',
    server: ChildProcess | undefined
  beforeAll(async () => {
    mkdirSync(path.join(root, 'out'), { recursive: true })
    // the helper's native parts are found from there
    folder = mkdtempSync(path.join(root, 'out/run-'))
    symlinkSync(path.dirname(helperScript()), path.join(folder, 'helper'))
    const outDir = path.join(folder, 'cli')
    await build({ configFile: path.join(root, 'vite.node.config.ts'), mode: 'cli', logLevel: 'error', build: { outDir } })
    const request = 'req -x509 -nodes -newkey rsa:2048 -keyout key.pem -out certificate.pem -days 2 -subj /CN=run.example.test'
    spawnSync('openssl', request.split(' '), { cwd: folder })
    const options = `s_server -accept 127.0.0.1:${PORT} -cert certificate.pem -key key.pem -rev -quiet`
    server = spawn('openssl', options.split(' '), { cwd: folder, stdio: 'ignore' })
    const listening = `0100007F:${PORT.toString(16).toUpperCase()} 00000000:0000 0A`
    while (!readFileSync('/proc/net/tcp', 'latin1').includes(listening)) await pause(20)
  }, 120_000)
  afterAll(() => {
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each([
    ['the packets hold no keys', [], false],
    ['-k: the packets hold the keys', ['-k'], true],
  ] as const)(
    '%s',
    async (_name, options, embedded) => {
      const file = path.join(folder, `run${options.join('')}.pcapng`)
      const run = spawnSync(
        process.execPath,
        [
          ...[path.join(folder, 'cli/index.js'), 'run', '-i', 'lo', '-f', `tcp port ${PORT}`, '-w', file, ...options],
          ...['--', 'sh', '-c', COMMAND],
        ],
        { cwd: folder },
      )
      expect(run).toMatchObject({ status: 0 })
      expect(readFileSync(file.replace('pcapng', 'keylog'), 'latin1')).toContain('CLIENT_TRAFFIC_SECRET_0')
      expect(readFileSync(file, 'latin1').includes('CLIENT_TRAFFIC_SECRET_0')).toBe(embedded)
      const data = ['-r', file, '-d', `tcp.port==${PORT},tls`, '-Y', 'data', '-T', 'fields', '-e', 'data.data'],
        said = embedded ? 'secret word\ndrow terces\n' : ''
      const { stdout } = await commandLine(...data)
      expect(Buffer.from(stdout.replaceAll('\n', ''), 'hex').toString('latin1')).toBe(said)
      if (tsharkVersion !== undefined) expect(tshark(data).stdout).toBe(stdout)
    },
    20_000,
  )
})
