// Times the command line beside tshark and tcptrace on the same files in the same run, with hyperfine, and reads peak memory from /proc.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const FIELDS = ['frame.number', 'ip.src', 'tcp.srcport', 'tcp.seq', 'tcp.flags', 'tcp.len', 'frame.time_relative'].flatMap((f) => ['-e', f])

/** What is compared: our arguments, the other program, and how many times as fast we must be (memory: how many times as small). */
function cases(big, mixed, tls) {
  const conversations = (file) => ['-r', file, '-q', '-z', 'conv,tcp']
  const fields = (file) => ['-r', file, '-T', 'fields', ...FIELDS]
  const filtered = (file, filter) => ['-r', file, '-Y', filter, '-T', 'fields', '-e', 'frame.number']
  const keys = ['-o', `tls.keylog_file:${tls.replace(/\.pcap$/, '.keylog')}`]
  const requests = [...filtered(tls, 'http.request'), '-e', 'http.request.uri', ...keys]
  const indexed = [...conversations(tls), ...keys]
  return [
    { name: 'conv,tcp big', args: conversations(big), other: ['tshark', ...conversations(big)], speed: 12 },
    { name: 'conv,tcp big beside tcptrace', args: conversations(big), other: ['tcptrace', '-n', big], speed: 1 },
    { name: '-T fields big', args: fields(big), other: ['tshark', ...fields(big)], speed: 8, memory: 4 },
    { name: 'conv,tcp mixed', args: conversations(mixed), other: ['tshark', ...conversations(mixed)], speed: 6 },
    {
      name: '-Y http.request big',
      args: filtered(big, 'http.request'),
      other: ['tshark', ...filtered(big, 'http.request')],
      speed: 25,
      memory: 4,
    },
    {
      name: '-Y uri contains big',
      args: filtered(big, 'http.request.uri contains "x=77"'),
      other: ['tshark', ...filtered(big, 'http.request.uri contains "x=77"')],
      speed: 25,
    },
    {
      name: '-Y payload contains big',
      args: filtered(big, 'tcp.payload contains "path"'),
      other: ['tshark', ...filtered(big, 'tcp.payload contains "path"')],
      speed: 25,
    },
    { name: 'conv,tcp tls with key log', args: indexed, other: ['tshark', ...indexed], speed: 8 },
    { name: '-Y http.request tls with key log', args: requests, other: ['tshark', ...requests], speed: 8 },
    { name: '-T fields mixed', args: fields(mixed), other: ['tshark', ...fields(mixed)], speed: 8 },
  ]
}

/** Peak resident memory of one run in bytes, sampled from VmHWM (the kernel's own high-water mark). */
async function peakMemory([command, ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] })
  let peak = 0
  const sample = () => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024)
    } catch {
      // the process has ended between two samples
    }
  }
  const timer = setInterval(sample, 20)
  await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  return peak
}

/** Median of the wall-clock seconds of a command. */
export function median(command, runs) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-bench-'))
  const json = path.join(folder, 'times.json')
  const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  execFileSync(
    'hyperfine',
    ['--runs', String(runs), '--warmup', '0', '--ignore-failure', '--export-json', json, `${line} >/dev/null 2>&1`],
    { stdio: 'ignore' },
  )
  const seconds = JSON.parse(readFileSync(json, 'utf8')).results[0].median
  rmSync(folder, { recursive: true })
  return seconds
}

/** Runs all terminal cases; returns rows {name, ours, theirs, ratio, bound, met}. */
export async function terminalBench({ cli, big, mixed, tls, log }) {
  for (const program of ['hyperfine', 'tshark', 'tcptrace'])
    if (spawnSync('which', [program]).status !== 0) throw new Error(`${program} is needed for the benchmark: apt-get install ${program}`)
  const rows = []
  const theirs = new Map()
  for (const item of cases(big, mixed, tls)) {
    const ours = ['node', cli, ...item.args]
    const key = item.other.join(' ')
    log(`${item.name}…`)
    const our = median(ours, 3)
    if (!theirs.has(key)) theirs.set(key, median(item.other, 1))
    const other = theirs.get(key)
    rows.push({
      name: item.name,
      unit: 's',
      ours: our,
      theirs: other,
      ratio: other / our,
      bound: item.speed,
      met: other / our >= item.speed,
    })
    if (item.memory) {
      const [a, b] = [await peakMemory(ours), await peakMemory(item.other)]
      rows.push({
        name: `${item.name}: peak memory`,
        unit: 'MB',
        ours: a / 1e6,
        theirs: b / 1e6,
        ratio: b / a,
        bound: item.memory,
        met: b / a >= item.memory,
      })
    }
  }
  return rows
}
