// node scripts/code-cache.mjs PROGRAM: keeps the bytecode of a built program.script beside it, for scripts/cli-launcher.cjs. The program is run over
// the samples first, so that the functions which every run needs are among what is kept.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import v8 from 'node:v8'
import { Script } from 'node:vm'

const file = path.resolve(process.argv[2] ?? 'out/cli/program.script')
const samples = path.resolve(import.meta.dirname, '../resources/samples')
// What ran once would be thrown away. Bytecode is for the flags that were set when it was kept, so they are put back before.
v8.setFlagsFromString('--no-flush-bytecode')
const script = new Script(readFileSync(file, 'latin1'), { filename: file })
const program = { exports: {} }
script.runInThisContext()(program.exports, createRequire(file), program, file, path.dirname(file))
const runs = [
  ['-q', '-z', 'conv,tcp'],
  ['-T', 'fields', '-e', 'frame.number', '-e', 'ip.src', '-e', 'tcp.seq', '-e', 'udp.port', '-e', 'frame.time_relative'],
  ['-V'],
  ['-T', 'json', '-Y', 'tcp or udp'],
]
for (const sample of readdirSync(samples).filter((name) => name.endsWith('.pcapng')))
  for (const options of runs) await program.exports.start(['-r', path.join(samples, sample), ...options])
v8.setFlagsFromString('--flush-bytecode')
writeFileSync(`${file}.cache`, script.createCachedData())
