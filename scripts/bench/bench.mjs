// npm run bench [-- --only terminal|page] [--write]
// Measures the bounds of docs/performance.md: the command line beside tshark and tcptrace, and the browser host from inside the page.
// The captures are made once in the system's temporary folder from ../shared/bench. --write renews the table in docs/performance.md.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { ladderBench } from './ladder-page.mjs'
import { writeLongConnection } from './long-connection.mjs'
import { pageBench } from './page.mjs'
import { terminalBench } from './terminal.mjs'
import { makeTlsCapture } from './tls-capture.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const shared = path.resolve(root, '../shared/bench')
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : ''
const log = (text) => process.stderr.write(`${text}\n`)

if (!existsSync(shared)) {
  log(
    `bench: ${shared} is missing. It holds the generators of the large captures; place the shared material beside the project and run again.`,
  )
  process.exit(1)
}
const folder = path.join(tmpdir(), 'wireglass-bench')
mkdirSync(folder, { recursive: true })
const big = path.join(folder, 'big.pcap'),
  mixed = path.join(folder, 'mixed.pcap'),
  tls = path.join(folder, 'tls.pcap')
if (!existsSync(big)) execFileSync(process.execPath, [path.join(shared, 'gen-capture.mjs'), big, '30000', '1'], { stdio: 'inherit' })
if (!existsSync(mixed)) execFileSync('bash', [path.join(shared, 'mixed.sh'), mixed, '10'], { stdio: ['ignore', 'inherit', 'inherit'] })
if (!existsSync(tls)) makeTlsCapture(folder)
execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { stdio: 'inherit' })

const rows = []
if (only !== 'page') rows.push(...(await terminalBench({ cli: path.join(root, 'out/cli/index.js'), big, mixed, tls, log })))
if (only !== 'terminal') {
  const server = path.join(root, 'out/server/index.js')
  rows.push(...(await pageBench({ server, big, log })))
  for (const kind of ['bulk', 'turns']) {
    const capture = path.join(folder, `long-${kind}.pcap`)
    if (!existsSync(capture)) writeLongConnection(capture, kind, 100_000, 500)
    rows.push(...(await ladderBench({ server, capture, name: `ladder of ${kind}`, log })))
  }
}

const value = (row, number) => (number === undefined ? '' : `${number.toFixed(row.unit === 's' ? 2 : 0)} ${row.unit}`)
const bound = (row) => (row.ratio === undefined ? `at most ${row.bound} ms` : `at least ${row.bound} times`)
const table = [
  '| Case | Wireglass | Other program | Ratio | Bound | Met |',
  '|---|---|---|---|---|---|',
  ...rows.map(
    (r) =>
      `| ${r.name} | ${value(r, r.ours)} | ${value(r, r.theirs)} | ${r.ratio?.toFixed(1) ?? ''} | ${bound(r)} | ${r.met ? 'yes' : 'no'} |`,
  ),
].join('\n')
console.log(table)
if (process.argv.includes('--write')) {
  const file = path.join(root, 'docs/performance.md')
  const text = readFileSync(file, 'utf8')
  const stamp = `Measured ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).`
  writeFileSync(file, text.replace(/<!-- table -->[\s\S]*<!-- end -->/, `<!-- table -->\n${stamp}\n\n${table}\n<!-- end -->`))
}
