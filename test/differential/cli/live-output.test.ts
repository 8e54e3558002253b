// Capturing as tshark does: the two run side by side on the same packets, and are then told to stop or stop by themselves. What they print, the count at
// the end, the file they leave and their status are compared; so are pipes that bring a capture, half of one, or none.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildCommandLine } from '../../support/built-command-line'
import { sendDatagrams, until } from '../../support/live-engine'
import { isGapless, sequenceIn } from '../../support/sequence'
import { NO_TSHARK, tshark, tsharkVersion } from '../../support/tshark'

const CAPTURES = path.resolve(import.meta.dirname, '../../captures')
const FILE = path.join(CAPTURES, 'tcp-states/refused.pcap')
const FIELDS = ['-T', 'fields', '-e', 'frame.number', '-e', 'udp.srcport', '-e', 'udp.length', '-e', 'data.data']
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const reason = tsharkVersion === undefined ? NO_TSHARK : isRoot ? '' : 'capturing needs root'

let folder: string
let program: string
let port = 46_900
const running: ChildProcess[] = []

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly count: string
  readonly stderr: string
}

/** One of the two programs while it captures. */
class Capturing {
  stdout = ''
  stderr = ''
  readonly child: ChildProcess
  private readonly end: Promise<number | null>

  constructor(command: string, args: readonly string[]) {
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } })
    running.push(this.child)
    this.child.stdout?.on('data', (text) => (this.stdout += String(text)))
    this.child.stderr?.on('data', (text) => (this.stderr += String(text)))
    this.end = new Promise((done) => this.child.on('close', done))
  }

  async ended(): Promise<Ended> {
    const status = await this.end
    return { status, stdout: this.stdout, count: /\d+ packets? captured/.exec(this.stderr)?.[0] ?? '', stderr: this.stderr }
  }
}

/** Starts both on the loopback; resolves when both capture. */
async function both(args: readonly string[], ours: readonly string[] = args): Promise<readonly [Capturing, Capturing]> {
  const live = ['-n', '-i', 'lo', '-f', `udp port ${port}`]
  const pair = [new Capturing('tshark', [...live, ...args]), new Capturing(process.execPath, [program, ...live, ...ours])] as const
  await until('tshark captures', () => pair[0].stderr.includes('Capture started'))
  await until('Wireglass captures', () => pair[1].stderr.includes('Capturing on'))
  return pair
}

describe.skipIf(reason !== '')(`capturing beside tshark ${reason}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wireglass-live-output-'))
    program = await buildCommandLine(folder)
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL')
    port++
  })

  const stopped = async (pair: readonly Capturing[], signal: NodeJS.Signals): Promise<Ended[]> => {
    // tshark looks at its file twice a second.
    await new Promise((done) => setTimeout(done, 1000))
    for (const one of pair) one.child.kill(signal)
    return Promise.all(pair.map((one) => one.ended()))
  }

  test.each([
    ['SIGINT', 3],
    ['SIGINT', 1],
    ['SIGINT', 0],
    ['SIGTERM', 2],
    ['SIGHUP', 2],
  ] as const)('%s ends it after %i packets: the same packets, count and status', async (signal, count) => {
    const pair = await both(FIELDS)
    await sendDatagrams(port, count)
    const [theirs, ours] = await stopped(pair, signal)
    expect(ours).toMatchObject({ status: theirs?.status, stdout: theirs?.stdout, count: theirs?.count })
    expect(ours?.count).toBe(`${count} packet${count === 1 ? '' : 's'} captured`)
  })

  const options = [
    ['-q'],
    ['-q', ...FIELDS],
    ['-q', '-x'],
    ['-q', '-z', 'io,phs'],
    ['-q', '-z', 'conv,udp'],
    ['-Y', 'udp.length > 200', ...FIELDS],
  ]
  test.each(options.map((args) => ({ text: args.join(' '), args })))('prints the same with $text', async ({ args }) => {
    const pair = await both(args)
    await sendDatagrams(port, 2)
    await sendDatagrams(port, 2, 300)
    const [theirs, ours] = await stopped(pair, 'SIGINT')
    // Times since the first packet are each program's own.
    const plain = (text = ''): string => text.replace(/ +\d+\.\d+ +\d+\.\d+$/gm, '')
    expect({ status: ours?.status, stdout: plain(ours?.stdout) }).toEqual({ status: theirs?.status, stdout: plain(theirs?.stdout) })
  })

  test('-Q keeps the count to itself', async () => {
    const quiet = new Capturing(process.execPath, [program, '-n', '-i', 'lo', '-f', `udp port ${port}`, '-Q', '-l', ...FIELDS])
    const sending = setInterval(() => void sendDatagrams(port, 1), 100)
    await until('a packet is printed', () => quiet.stdout.includes('\n'))
    clearInterval(sending)
    quiet.child.kill('SIGINT')
    expect(await quiet.ended()).toMatchObject({ status: 0, stderr: '' })
  })

  test('-l prints each packet as it comes', async () => {
    const pair = await both(['-l', ...FIELDS])
    for (let sent = 1; sent <= 3; sent++) {
      await sendDatagrams(port, 1)
      for (const one of pair) await until(`packet ${sent} is printed`, () => one.stdout.split('\n').length === sent + 1)
    }
    const [theirs, ours] = await stopped(pair, 'SIGINT')
    expect(ours?.stdout).toBe(theirs?.stdout)
  })

  test('Ctrl+C closes the file: the same packets, with statistics, and nothing is damaged', async () => {
    const files = ['theirs', 'ours'].map((name) => path.join(folder, `${name}-${port}.pcapng`))
    const [theirFile = '', ourFile = ''] = files
    const pair = await both(['-w', theirFile], ['-w', ourFile])
    await sendDatagrams(port, 20)
    const [theirs, ours] = await stopped(pair, 'SIGINT')
    expect(ours).toMatchObject({ status: theirs?.status, stdout: '', count: '20 packets captured' })
    expect(isGapless(sequenceIn(ourFile))).toBe(true)
    const read = (file: string): object => {
      const { status, stdout, stderr } = tshark(['-n', '-r', file, ...FIELDS])
      return { status, stdout, complaints: stderr.includes('cut short') }
    }
    expect(read(ourFile)).toEqual(read(theirFile))
    const statistics = ({ stdout }: { readonly stdout: string }): boolean =>
      stdout.includes('Number of packets = 20') && stdout.includes('Name = lo')
    expect(statistics(spawnSync('capinfos', [ourFile], { encoding: 'utf8' }))).toBe(true)
  })

  test.each([
    ['-c', '2'],
    ['-a', 'packets:2'],
  ])('%s %s ends it', async (...args) => {
    const pair = await both([...args, ...FIELDS])
    await sendDatagrams(port, 5)
    const [theirs, ours] = await Promise.all(pair.map((one) => one.ended()))
    expect(ours).toMatchObject({ status: theirs?.status, stdout: theirs?.stdout, count: theirs?.count })
  })

  test('an interface that is taken away ends both; here that is a failure, in tshark it is not', async () => {
    const name = `wgo${process.pid % 10_000}`
    execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`])
    try {
      execFileSync('ip', ['link', 'set', name, 'up'])
      const pair = [new Capturing('tshark', ['-n', '-i', name]), new Capturing(process.execPath, [program, '-n', '-i', name])]
      await until('both capture', () => pair.every((one) => one.stderr.includes('Capturing on')) && pair[0]?.stderr.includes('started'))
      execFileSync('ip', ['link', 'del', name])
      const [theirs, ours] = await Promise.all(pair.map((one) => one.ended()))
      expect(theirs).toMatchObject({ status: 0, stderr: expect.stringContaining('no longer attached') as string })
      expect(ours).toMatchObject({ status: 2, stderr: expect.stringContaining('The interface went away') as string })
    } finally {
      spawnSync('ip', ['link', 'del', name])
    }
  })

  const whole = readFileSync(FILE)
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['what is no capture', Buffer.from('this is not a capture, whatever it may be')],
    ['half a header', whole.subarray(0, 10)],
    ['a header alone', whole.subarray(0, 24)],
    ['a whole capture', whole],
    ['a capture that ends within a packet', whole.subarray(0, -10)],
    ['microseconds in pcapng', readFileSync(path.resolve(CAPTURES, '../../resources/samples/tcp-refused.pcapng'))],
  ])('a pipe that brings %s', (_what, input) => {
    const args = [
      '-n',
      '-i',
      '-',
      '-T',
      'fields',
      '-e',
      'frame.number',
      '-e',
      'frame.time_epoch',
      '-e',
      'frame.time_relative',
      '-e',
      'ip.src',
    ]
    const theirs = spawnSync('tshark', args, { input, encoding: 'utf8' })
    const ours = spawnSync(process.execPath, [program, ...args], { input, encoding: 'utf8' })
    expect({ status: ours.status, stdout: ours.stdout }).toEqual({ status: theirs.status, stdout: theirs.stdout })
    if (ours.status !== 0) expect(ours.stderr).toMatch(/pipe/)
  })

  test('a pipe that brings two interfaces', () => {
    const merged = path.join(folder, 'two.pcapng')
    execFileSync('mergecap', ['-I', 'none', '-w', merged, FILE, path.join(CAPTURES, 'tcp-states/lost-syn.pcap')])
    const args = ['-n', '-T', 'fields', '-e', 'frame.number', '-e', 'frame.interface_id', '-e', 'frame.time_epoch', '-e', 'ip.src']
    const input = readFileSync(merged)
    const theirs = spawnSync('tshark', [...args, '-i', '-'], { input, encoding: 'utf8' })
    const ours = spawnSync(process.execPath, [program, ...args, '-i', '-'], { input, encoding: 'utf8' })
    expect({ status: ours.status, stdout: ours.stdout }).toEqual({ status: theirs.status, stdout: theirs.stdout })
    expect(ours.stdout).toContain('\t1\t')
  })
})
