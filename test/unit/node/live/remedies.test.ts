// The commands of the permission doctor, run as they are told, on a copy of this system: a mount namespace in which /etc, /usr/local/lib and dumpcap are
// copies. Afterwards an ordinary user may capture, and one outside of the group may not.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackendState, HelperMessage } from '../../../../src/node/capture-helper/messages'
import { CAPABLE_NODE } from '../../../../src/node/live/helper-link'
import { remediesFor, thisSystem } from '../../../../src/node/live/permission-doctor'
import { helperForEverybody } from '../../../support/live-engine'

const has = (program: string): boolean => spawnSync('which', [program]).status === 0
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const missing = ['unshare', 'setpriv', 'setcap', 'groupadd', 'usermod'].filter((program) => !has(program))
const reason = !isRoot ? 'needs root' : missing.length > 0 ? `needs ${missing.join(', ')}` : ''
const skipped = reason === '' ? '' : ` (skipped: ${reason})`

let folder: string
let script: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-remedies-'))
  if (reason === '') script = helperForEverybody(folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const system = { ...thisSystem(process.execPath), user: 'nobody' }

/** Runs the commands of a remedy on the copy; answers the back ends as the helper of two users finds them, of whom one was let in. */
function afterwards(id: string, program: string): { member: readonly BackendState[]; stranger: readonly BackendState[] } {
  const known: BackendState[] = [{ name: 'libpcap', version: '1', permitted: false, problem: null }]
  const commands = remediesFor(known, system).find((one) => one.id === id)?.commands ?? []
  expect(commands.length).toBeGreaterThan(2)
  writeFileSync(join(folder, 'question'), `${JSON.stringify({ id: 1, call: 'backends', params: {} })}\n`)
  // Its input stays open until it has answered, for up to 20 s: without one it ends.
  const ask = (user: string): string => {
    const answer = `${folder}/answers/${user}`
    const input = `{ cat ${folder}/question; for i in $(seq 200); do test -s ${answer} && break; sleep 0.1; done; }`
    const helper = `test -x ${program} && ${input} | ${program} ${script} > ${answer}`
    return `setpriv --reuid=${user} --regid=65534 --init-groups sh -c '${helper}' && cat ${answer} || echo '{}'`
  }
  const lines = [
    'set -e',
    `rm -rf ${folder}/answers && mkdir -m 777 ${folder}/answers`,
    `cp -a /etc ${folder}/etc && mount --bind ${folder}/etc /etc`,
    'mount -t tmpfs -o mode=755 none /usr/local/lib',
    ...(system.dumpcap === undefined ? [] : [`cp ${system.dumpcap} ${folder}/dumpcap && mount --bind ${folder}/dumpcap ${system.dumpcap}`]),
    ...commands.map((command) => command.replace(/^sudo /, '')),
    ask('nobody'),
    ask('daemon'),
  ]
  const { stdout, stderr, status } = spawnSync('unshare', ['--mount', 'sh', '-c', lines.join('\n')], {
    encoding: 'utf8',
    env: plainEnvironment(),
  })
  rmSync(join(folder, 'etc'), { recursive: true, force: true })
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  const [member = [], stranger = []] = stdout
    .trim()
    .split('\n')
    .map((line) => {
      const said = JSON.parse(line) as Partial<HelperMessage>
      return said.type === 'answer' ? (said as { readonly result: readonly BackendState[] }).result : []
    })
  return { member, stranger }
}

/** Without what this test run adds to the environment. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: folder }
}

const permitted = (states: readonly BackendState[], name: string): boolean => states.some((one) => one.name === name && one.permitted)

describe.skipIf(reason !== '')(`after the commands of the permission doctor${skipped}`, () => {
  it('a member of the group captures through the helper, others may not run it', () => {
    const { member, stranger } = afterwards('helper-capability', CAPABLE_NODE)
    expect(permitted(member, 'libpcap')).toBe(true)
    expect(stranger).toEqual([])
  })

  it.skipIf(system.dumpcap === undefined)(
    'a member of the group captures with dumpcap, others do not (skipped where there is no dumpcap)',
    () => {
      const { member, stranger } = afterwards('dumpcap-group', process.execPath)
      expect(permitted(member, 'dumpcap')).toBe(true)
      expect(stranger.length).toBeGreaterThan(0)
      expect(permitted(stranger, 'dumpcap')).toBe(false)
    },
  )
})
