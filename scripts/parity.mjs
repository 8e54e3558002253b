// Writes docs/parity.md: how the field values agree with tshark's, by protocol, with every known difference and its reason.
//   npm run parity [-- CAPTURE_OR_FOLDER...]      default: ../shared/corpus ../shared/truth
// Needs tshark, the built command line (npm run build) and ../shared/oracle. The reasons are kept by hand in docs/parity-notes/*.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const shared = path.resolve(root, '../shared')
const oracle = path.join(shared, 'oracle/compare.mjs')
const notes = path.join(root, 'docs/parity-notes')
/** Not dissected to tshark's depth yet: their fields are not part of the comparison. */
const LEFT_OUT = /^(quic|http3)\./
/** Fields below this share of equal values are listed one by one. */
const LISTED_BELOW = 0.9995

if (!existsSync(oracle)) {
  console.error(`parity: ${oracle} is missing. It belongs to the shared material beside the project; place it there and run again.`)
  process.exit(1)
}
const captures = process.argv.length > 2 ? process.argv.slice(2) : [path.join(shared, 'corpus'), path.join(shared, 'truth')]
const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-parity-'))
const json = path.join(folder, 'result.json')
const list = path.join(folder, 'fields.txt')
writeFileSync(
  list,
  readFileSync(path.join(shared, 'oracle/fields.txt'), 'utf8')
    .split('\n')
    .filter((name) => !LEFT_OUT.test(name))
    .join('\n'),
)
const run = spawnSync(process.execPath, [oracle, '--fields', list, '--worst', '0', '--json', json, ...captures], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
})
const summary = run.stdout.trim().split('\n').at(-1) ?? ''
if (!existsSync(json)) {
  console.error(`parity: the comparison failed: ${run.stderr.trim() || run.stdout.trim()}`)
  process.exit(1)
}
const { overall, failures, fields } = JSON.parse(readFileSync(json, 'utf8'))
rmSync(folder, { recursive: true })

const version = execFileSync('tshark', ['--version'], { encoding: 'utf8' }).split('\n')[0]
const byProtocol = new Map()
for (const [name, field] of Object.entries(fields)) {
  const protocol = name.split('.')[0]
  const row = byProtocol.get(protocol) ?? byProtocol.set(protocol, { fields: 0, exact: 0, score: 0, values: 0, equal: 0 }).get(protocol)
  row.fields++
  row.score += field.score
  row.exact += field.score === 1 ? 1 : 0
  row.values += field.want + field.extra
  row.equal += field.equal
}
const percent = (share) => `${(share * 100).toFixed(2)} %`
const differing = Object.entries(fields).filter(([, field]) => field.score < LISTED_BELOW)
const reasons = existsSync(notes)
  ? readdirSync(notes)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => readFileSync(path.join(notes, name), 'utf8').trim())
  : []

const text = `# Parity with tshark

Written by \`npm run parity\`; the reasons below are kept in docs/parity-notes/. Compared with ${version}, as
\`-n -T fields\` over ${captures.map((c) => `\`${path.relative(root, path.resolve(c))}\``).join(' and ')}. A field's score is the share of frames in which both print the same; the
overall score is the mean over the fields that occur, so that a rare field weighs as much as a common one.

**${summary}**

| Protocol | Fields that occur | Exact | Mean score | Values | Equal |
|---|---|---|---|---|---|
${[...byProtocol]
  .sort()
  .map(
    ([name, r]) => `| ${name} | ${r.fields} | ${r.exact} | ${percent(r.score / r.fields)} | ${r.values} | ${percent(r.equal / r.values)} |`,
  )
  .join('\n')}

${failures.length ? `## Failures\n\n${failures.map((f) => `- ${f.replaceAll(shared, '../shared')}`).join('\n')}\n` : 'No failure: no crash, no hang, the same number of frames in every capture.\n'}
## Fields that differ

| Field | Score | Frames | Missing here | Other value | Only here | For example |
|---|---|---|---|---|---|---|
${differing.map(([name, f]) => `| ${name} | ${percent(f.score)} | ${f.want + f.extra} | ${f.missing} | ${f.wrong} | ${f.extra} | ${f.files[0] ?? ''} |`).join('\n')}

## Why

${reasons.join('\n\n')}
`
writeFileSync(path.join(root, 'docs/parity.md'), text)
console.log(`docs/parity.md: overall ${overall.toFixed(2)} %, ${failures.length} failures`)
