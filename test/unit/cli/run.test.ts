import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { captureFiles } from '../../support/corpus'
import { commandLine, sample } from '../../support/command-line'

const DNS = sample('dns-resolver.pcapng'),
  TCP = sample('tcp-client-closes.pcapng')
const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-run-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const lines = (text: string) => text.split('\n').filter((line) => line !== '')

describe('fields', () => {
  const fields = ['-T', 'fields', '-e', 'frame.number', '-e', 'ip.addr', '-e', 'tcp.port', '-e', 'dns.qry.name']

  it('are printed with header, quotes, separator and aggregator', async () => {
    const { stdout } = await commandLine(
      '-r',
      TCP,
      '-Y',
      'tcp',
      ...fields,
      '-E',
      'header=y',
      '-E',
      'quote=d',
      '-E',
      'separator=;',
      '-E',
      'aggregator=/s',
    )
    const [head, first] = lines(stdout)
    expect(head).toBe('frame.number;ip.addr;tcp.port;dns.qry.name')
    expect(first).toMatch(/^"\d+";"\S+ \S+";"\d+ \d+";$/)
  })

  it('are the first or last occurrence on request', async () => {
    const print = async (occurrence: string) =>
      lines((await commandLine('-r', TCP, '-Y', 'tcp', ...fields, '-E', `occurrence=${occurrence}`)).stdout)[0]?.split('\t')[1]
    const [all = '', first, last] = [await print('a'), await print('f'), await print('l')]
    expect([first, last]).toEqual(all.split(','))
  })

  it.each(captureFiles('tunnels', 'ip', 'link').filter((file) => /gre|frag|pppoe|teredo|icmp|samples/.test(file)))(
    'are the same from the index and from dissection where headers repeat: %s',
    async (file) => {
      const wanted = ['frame.number', 'ip.src', 'ipv6.dst', 'tcp.srcport', 'tcp.seq', 'tcp.len', 'udp.port', 'frame.time_relative']
      const print = async (fields: readonly string[]) =>
        lines((await commandLine('-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field]))).stdout)
      // frame.protocols is not in the index: every packet is dissected for it
      expect(await print(wanted)).toEqual((await print([...wanted, 'frame.protocols'])).map((line) => line.replace(/\t[^\t]*$/, '')))
    },
  )

  it('are the same from the index and from dissection', async () => {
    const names = [
      'frame.number',
      'frame.len',
      'frame.cap_len',
      'frame.time_epoch',
      'frame.time_relative',
      'frame.time_delta',
      'ip.src',
      'ip.dst',
      'ip.addr',
      'ipv6.src',
      'tcp.srcport',
      'tcp.port',
      'udp.port',
      'tcp.stream',
      'udp.stream',
      'tcp.len',
      'tcp.seq',
      'tcp.nxtseq',
      'tcp.ack',
      'tcp.seq_raw',
      'tcp.flags',
      'tcp.flags.syn',
      'tcp.window_size_value',
    ]
    for (const file of [DNS, TCP, sample('tcp-bulk-loss.pcapng'), sample('tcp-simultaneous-open.pcapng')]) {
      const args = ['-r', file, '-T', 'fields', '-E', 'quote=s', ...names.flatMap((name) => ['-e', name])]
      const [index, tree] = [await commandLine(...args), await commandLine(...args, '-2')]
      expect(lines(index.stdout)).toEqual(lines(tree.stdout))
    }
  })

  it('that do not exist are named', async () => {
    const { status, stderr, stdout } = await commandLine('-r', TCP, '-T', 'fields', '-e', 'no.such', '-e', 'ip.src', '-e', 'nor.this')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('no.such')
    expect(stderr).toContain('nor.this')
    expect(stderr).not.toContain('ip.src')
  })
})

describe('a filter', () => {
  it('selects what is printed', async () => {
    const { stdout } = await commandLine('-r', TCP, '-Y', 'tcp.flags.syn == 1 && tcp.flags.ack == 0', '-T', 'fields', '-e', 'tcp.flags')
    expect(lines(stdout)).toEqual(['0x0002'])
  })

  it('that is wrong is shown with its place', async () => {
    const { status, stderr, stdout } = await commandLine('-r', TCP, '-Y', 'tcp.prot == 80')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('tcp.port')
    expect(stderr).toContain('\n    tcp.prot == 80\n    ^~~~~~~~')
  })

  it('measures "displayed" times from the packets that passed', async () => {
    const { stdout } = await commandLine(
      '-r',
      TCP,
      '-Y',
      'frame.number == 2 or frame.number == 5',
      '-T',
      'fields',
      '-e',
      'frame.time_delta_displayed',
      '-e',
      'frame.time_relative',
    )
    const [first = [], second = []] = lines(stdout).map((line) => line.split('\t').map(Number))
    expect(first[0]).toBe(0)
    expect(second[0]).toBeCloseTo((second[1] ?? 0) - (first[1] ?? 0), 9)
  })
})

describe('-w', () => {
  it('writes the selected packets, readable again', async () => {
    const file = path.join(folder, 'some.pcapng')
    const written = await commandLine('-r', DNS, '-Y', 'dns.flags.response == 1', '-w', file)
    expect([written.status, written.stdout]).toEqual([0, ''])
    const [kept, wanted] = [
      await commandLine('-r', file, '-T', 'fields', '-e', 'dns.id'),
      await commandLine('-r', DNS, '-Y', 'dns.flags.response == 1', '-T', 'fields', '-e', 'dns.id'),
    ]
    expect(lines(kept.stdout)).toEqual(lines(wanted.stdout))
    expect(lines(kept.stdout).length).toBeGreaterThan(0)
  })

  it('writes pcap with the first packets to standard output', async () => {
    const { bytes } = await commandLine('-r', DNS, '-c', '3', '-F', 'pcap', '-w', '-')
    const file = path.join(folder, 'three.pcap')
    writeFileSync(file, bytes)
    expect(lines((await commandLine('-r', file)).stdout)).toHaveLength(3)
  })

  it('to a folder that does not exist is an error', async () => {
    const { status, stderr } = await commandLine('-r', DNS, '-w', path.join(folder, 'no/such/file'))
    expect(status).toBe(2)
    expect(stderr).toContain('no/such')
  })
})

describe('exit status 2', () => {
  it('comes after the packets before the damage, and the message says where it is', async () => {
    const file = path.join(folder, 'cut.pcapng')
    writeFileSync(file, readFileSync(TCP))
    truncateSync(file, readFileSync(TCP).length - 150)
    const whole = lines((await commandLine('-r', TCP)).stdout),
      cut = await commandLine('-r', file)
    expect(cut.status).toBe(2)
    expect(lines(cut.stdout).length).toBeGreaterThan(0)
    expect(whole.slice(0, lines(cut.stdout).length)).toEqual(lines(cut.stdout))
    expect(cut.stderr).toMatch(/offset|packet/)
  })

  it('is the answer to a file that is missing or no capture', async () => {
    const text = path.join(folder, 'text.txt')
    writeFileSync(text, 'just text, nothing captured here\n')
    for (const file of [path.join(folder, 'missing.pcap'), text]) {
      const { status, stdout, stderr } = await commandLine('-r', file)
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toContain(path.basename(file))
    }
  })
})

describe('statistics', () => {
  it('list conversations, largest first', async () => {
    const { stdout } = await commandLine('-r', DNS, '-q', '-z', 'conv,udp')
    const totals = lines(stdout)
      .filter((line) => line.includes('<->'))
      .map((line) => Number(line.split(/\s+/).at(-5)))
    expect(totals.length).toBeGreaterThan(0)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  })

  it('that do not exist are refused with what does', async () => {
    const { status, stderr } = await commandLine('-r', DNS, '-q', '-z', 'flow,tcp')
    expect(status).toBe(1)
    expect(stderr).toContain('conv,tcp')
  })
})

describe('reports', () => {
  it('list every field with its type', async () => {
    const { stdout } = await commandLine('-G', 'fields')
    expect(stdout).toContain('F\tSource Port\ttcp.srcport\tFT_UINT16\ttcp\tBASE_DEC\t0x0\t\n')
    expect(stdout).toContain('P\tAddress Resolution Protocol\tarp\n')
  })

  it('that do not exist are refused', async () => {
    expect((await commandLine('-G', 'nothing')).status).toBe(1)
  })
})

describe('two passes', () => {
  it('let a request name its later response', async () => {
    const args = ['-r', DNS, '-Y', 'dns.flags.response == 0', '-T', 'fields', '-e', 'dns.response_in']
    const [once, twice] = [await commandLine(...args), await commandLine('-2', ...args)]
    expect(lines(once.stdout)).toEqual([])
    expect(lines(twice.stdout).length).toBeGreaterThan(0)
  })
})
