// nginx on the loopback with tcpdump beside it: what clients ask is in a capture and in an access log.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** One line of the access log; `body` is what nginx sent behind the head, framing included. */
export interface Logged {
  readonly port: string
  readonly nth: string
  readonly request: string
  readonly status: number
  readonly body: number
  readonly tls: string
}

/** Which of the programs are missing, or the right to capture; '' where a recording can be made. */
export function whyNoRecording(...programs: string[]): string {
  const missing = ['nginx -v', 'tcpdump --version', 'openssl version', ...programs].filter((line) => {
    const [program = '', ...args] = line.split(' ')
    return spawnSync(program, args).status !== 0
  })
  if (missing.length > 0) return `SKIPPED, not installed: ${missing.map((line) => line.split(' ')[0]).join(' ')}`
  return process.getuid?.() === 0 ? '' : 'SKIPPED, only root may capture'
}

/** A TCP port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** A folder with a site, a certificate, the capture and its key log; `start` before anything is asked, `stop` before they are read. */
export class RecordedNginx {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wireglass-nginx-'))
  readonly capture = path.join(this.folder, 'lo.pcap')
  readonly keyLog = path.join(this.folder, 'lo.keylog')
  private readonly children: ChildProcess[] = []
  private dump: ChildProcess | undefined

  /** Starts nginx with these `server` blocks, which listen on `ports`, and captures. `files` are the site's, by name. */
  async start(servers: string, ports: readonly number[], files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    const { folder } = this
    mkdirSync(path.join(folder, 'www'))
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, 'www', name), content)
    writeFileSync(path.join(folder, 'nginx.conf'), configuration(folder, servers))
    spawnSync(
      'openssl',
      `req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout ${folder}/key.pem -out ${folder}/cert.pem`.split(' '),
    )
    const filter = ports.map((port) => `port ${port}`).join(' or '),
      dump = spawn('tcpdump', ['-i', 'lo', '-U', '--immediate-mode', '-B', '65536', '-w', this.capture, filter], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
    this.dump = dump
    this.children.push(spawn('nginx', ['-c', path.join(folder, 'nginx.conf')], { stdio: 'ignore' }), dump)
    await once(dump.stderr, 'data')
    for (let tries = 0; tries < 200 && !listens(ports); tries++) await delay(25)
  }
  /** Ends the capture; what was asked is then in the log. */
  async stop(): Promise<void> {
    await delay(300)
    if (!this.dump) return
    const ended = once(this.dump, 'exit')
    this.dump.kill('SIGINT')
    await ended
  }
  /** The access log's lines. */
  log(): Logged[] {
    return readFileSync(path.join(this.folder, 'access.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Logged)
  }
  /** Ends everything and removes the folder. */
  remove(): void {
    for (const child of this.children) child.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Whether somebody listens on all of these, as the kernel says: a connection would be captured. */
function listens(ports: readonly number[]): boolean {
  const sockets = readFileSync('/proc/net/tcp', 'utf8')
  return ports.every((port) => sockets.includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`))
}

function configuration(folder: string, servers: string): string {
  return `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  log_format asked escape=json '{"port":"$remote_port","nth":"$connection_requests","request":"$request","status":$status,"body":$body_bytes_sent,"tls":"$ssl_protocol"}';
  access_log ${folder}/access.log asked;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  gzip on; gzip_min_length 100; gzip_types text/plain;
  types { text/html html; text/plain txt; application/json json; image/png png; }
  ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3; root ${folder}/www;
  ${servers}
}`
}
