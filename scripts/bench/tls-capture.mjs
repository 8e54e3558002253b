// Makes the benchmark's TLS capture of about 100 MB from real programs: nginx and curl on the loopback of a network namespace of their own, recorded by
// tcpdump, with curl's key log beside it. For TLS 1.2 and 1.3, AES-GCM and ChaCha20-Poly1305 each: one large download and many short connections.
// Run as root; started by bench.mjs, or alone: node scripts/bench/tls-capture.mjs FOLDER
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PORT = 8443,
  SHORT_CONNECTIONS = 500,
  DOWNLOAD = 17_000_000
const SUITES = [
  ['--tlsv1.2', '--tls-max', '1.2', '--ciphers', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['--tlsv1.2', '--tls-max', '1.2', '--ciphers', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
  ['--tlsv1.3', '--tls13-ciphers', 'TLS_AES_256_GCM_SHA384'],
  ['--tlsv1.3', '--tls13-ciphers', 'TLS_CHACHA20_POLY1305_SHA256'],
]

/** Writes FOLDER/tls.pcap and FOLDER/tls.keylog. Throws with the program's own words where one is missing or fails. */
export function makeTlsCapture(folder) {
  for (const program of ['nginx', 'curl', 'openssl', 'tcpdump', 'ip', 'unshare'])
    if (spawnSync('which', [program]).status !== 0) throw new Error(`${program} is needed for the TLS capture: apt-get install ${program}`)
  execFileSync('unshare', ['--net', process.execPath, fileURLToPath(import.meta.url), folder, '--inside'], { stdio: 'inherit' })
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function prepareSite(work) {
  const site = path.join(work, 'site')
  mkdirSync(path.join(site, 'pages'), { recursive: true })
  writeFileSync(path.join(site, 'large'), randomBytes(DOWNLOAD))
  const pages = Array.from({ length: 20 }, (_, i) => '<p>A short page, as most are.</p>\n'.repeat(10 + i * 25))
  for (let i = 1; i <= SHORT_CONNECTIONS; i++) writeFileSync(path.join(site, 'pages', `${i}.html`), pages[i % pages.length])
  execFileSync(
    'openssl',
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost -keyout key.pem -out certificate.pem'.split(
      ' ',
    ),
    { cwd: work, stdio: 'ignore' },
  )
  writeFileSync(
    path.join(work, 'nginx.conf'),
    `pid ${work}/nginx.pid; error_log ${work}/error.log; user root; worker_processes 1; daemon off;
events { worker_connections 1024; }
http {
  access_log off; types { text/html html; }
  server {
    listen 127.0.0.1:${PORT} ssl; root ${site};
    ssl_certificate ${work}/certificate.pem; ssl_certificate_key ${work}/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
  }
}
`,
  )
}

async function capture(folder) {
  const work = mkdtempSync(path.join(tmpdir(), 'wireglass-bench-tls-'))
  const capturing = path.join(work, 'tls.pcap'),
    keyLog = path.join(work, 'tls.keylog')
  const children = []
  try {
    prepareSite(work)
    // segments as on Ethernet, not the loopback's of 64 KB
    execFileSync('ip', ['link', 'set', 'lo', 'up', 'mtu', '1500', 'gso_max_segs', '1'])
    const server = spawn('nginx', ['-c', path.join(work, 'nginx.conf'), '-e', path.join(work, 'error.log')], { stdio: 'ignore' })
    const recorder = spawn('tcpdump', ['-i', 'lo', '-w', capturing, '-s', '0', '-B', '65536', '-Z', 'root', 'tcp'], { stdio: 'ignore' })
    children.push(server, recorder)
    await sleep(1500)
    const env = { ...process.env, SSLKEYLOGFILE: keyLog }
    const fetchAll = (suite, ...rest) =>
      execFileSync('curl', ['--silent', '--fail', '--insecure', '--http1.1', '--no-sessionid', ...suite, ...rest], { env, stdio: 'ignore' })
    for (const suite of SUITES) {
      fetchAll(suite, '--output', '/dev/null', `https://127.0.0.1:${PORT}/large`)
      fetchAll(
        suite,
        ...['--parallel', '--parallel-max', '8', '--header', 'Connection: close', '--output', path.join(work, 'page-#1')],
        `https://127.0.0.1:${PORT}/pages/[1-${SHORT_CONNECTIONS}].html`,
      )
    }
    await sleep(1000)
    recorder.kill('SIGINT')
    await new Promise((resolve) => recorder.on('close', resolve))
    writeFileSync(path.join(folder, 'tls.keylog'), readFileSync(keyLog))
    execFileSync('cp', [capturing, path.join(folder, 'tls.pcap.part')])
    renameSync(path.join(folder, 'tls.pcap.part'), path.join(folder, 'tls.pcap'))
  } finally {
    for (const child of children) child.kill()
    rmSync(work, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2]
  if (process.argv[3] === '--inside') await capture(folder)
  else makeTlsCapture(folder)
}
