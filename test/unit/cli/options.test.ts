import { describe, expect, it } from 'vitest'
import { parseOptions } from '../../../src/cli/options'
import { UsageError } from '../../../src/cli/usage-error'

describe('options', () => {
  it('may be grouped, attached or apart', () => {
    expect(
      parseOptions(['-nVx', '-rfile.pcap', '-c', '5', '-Tfields', '-eip.src', '-E', 'header=y', '--display-filter=tcp', '--print']),
    ).toMatchObject({
      details: true,
      bytes: true,
      file: 'file.pcap',
      count: 5,
      format: 'fields',
      fields: ['ip.src'],
      displayFilter: 'tcp',
      summaryToo: true,
      fieldSettings: { header: true },
    })
  })

  it('end at the first other word, and the rest is the filter', () => {
    expect(parseOptions(['-r', 'x', 'tcp', 'and', '-c'])).toMatchObject({ displayFilter: 'tcp and -c', count: Infinity })
    expect(() => parseOptions(['-r', 'x', '-Y', 'ip', 'tcp'])).toThrow('both')
  })

  it.each([
    ['/t', '\t'],
    ['/s', ' '],
    [',', ','],
    ['\x01', '\x01'],
    ['ab', 'a'],
  ])('take %j as a separator', (given, separator) => {
    expect(parseOptions(['-T', 'fields', '-e', 'ip.src', '-E', `separator=${given}`]).fieldSettings.separator).toBe(separator)
  })

  it('read -d, -o, -O, -j and -t', () => {
    const options = parseOptions([
      '-d',
      'tcp.port==8000-8010,http',
      '-o',
      'tcp.desegment_tcp_streams:FALSE',
      '-O',
      'ip,tcp',
      '-T',
      'json',
      '-J',
      'ip tcp',
      '-t',
      'ud',
    ])
    expect(options.decodeAs).toEqual([{ table: 'tcp.port', selector: '8000-8010', protocol: 'http' }])
    expect(options.preferences.get('tcp.desegment_tcp_streams')).toBe('FALSE')
    expect(options.detailProtocols).toEqual(['ip', 'tcp'])
    expect(options.layers).toEqual({ names: ['ip', 'tcp'], withChildren: true })
    expect(options.time).toBe('ud')
  })

  it.each([
    ['-Z'],
    ['--foo'],
    ['-T'],
    ['-T', 'foo'],
    ['-T', 'fields'],
    ['-e', 'ip.src'],
    ['-E', 'x=y'],
    ['-E', 'header=maybe'],
    ['-t', 'zzz'],
    ['-u', 'x'],
    ['-c', '0'],
    ['-c', 'x'],
    ['-R', 'tcp'],
    ['-N', 'y'],
    ['-o', 'nothing'],
    ['-d', 'nothing'],
    ['-F', 'foo'],
    ['-j', 'ip'],
    ['--hexdump', 'what'],
    ['--color=x'],
  ])('are refused: %j %j', (...args) => {
    expect(() => parseOptions(args)).toThrow(UsageError)
  })

  it('keep capture options before the first -i as defaults, after an -i for that interface', () => {
    const { capture } = parseOptions([
      '-f',
      'tcp',
      '-i',
      'lo',
      '-s',
      '96',
      '-i',
      '2',
      '-f',
      'udp',
      '-p',
      '-a',
      'duration:5',
      '-b',
      'filesize:10',
    ])
    expect(capture.interfaces).toMatchObject([
      { name: 'lo', filter: 'tcp', snapLength: 96, promiscuous: true },
      { name: '2', filter: 'udp', snapLength: 262_144, promiscuous: false },
    ])
    expect(capture.stop).toEqual({ seconds: 5 })
    expect(capture.ring).toEqual({ bytes: 10_000 })
  })

  it.each([
    ['-a', 'foo:1'],
    ['-b', 'files'],
    ['-s', 'abc'],
    ['-B', '0'],
  ])('refuse %s %s', (...args) => {
    expect(() => parseOptions(args)).toThrow(UsageError)
  })
})
