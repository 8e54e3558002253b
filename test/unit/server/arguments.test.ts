import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src/server/arguments'
import { browserCommand } from '../../../src/server/browser'

describe('the command line of the browser host', () => {
  it('takes a port, files and standard input', () => {
    expect(parseArguments([])).toEqual({ port: 0, open: true, files: [] })
    expect(parseArguments(['--port', '8080', 'a.pcap', '-'])).toEqual({ port: 8080, open: true, files: ['a.pcap', '-'] })
    expect(parseArguments(['--port=9', '--no-open'])).toEqual({ port: 9, open: false, files: [] })
    expect(parseArguments(['--', '--port'])).toEqual({ port: 0, open: true, files: ['--port'] })
  })

  it('says what is wrong', () => {
    expect(parseArguments(['--port'])).toContain('--port needs a number')
    expect(parseArguments(['--port', '65536'])).toContain('"65536"')
    expect(parseArguments(['--port', '-1'])).toContain('"-1"')
    expect(parseArguments(['--listen'])).toContain('Unknown option --listen')
    expect(parseArguments(['-', '-'])).toContain('only once')
    expect(parseArguments(['-h'])).toBe('')
  })
})

describe('opening a browser', () => {
  it('needs a display and is not done by a build server', () => {
    expect(browserCommand('http://x/', 'linux', {})).toBeUndefined()
    expect(browserCommand('http://x/', 'linux', { DISPLAY: ':0' })).toEqual({ command: 'xdg-open', args: ['http://x/'] })
    expect(browserCommand('http://x/', 'linux', { WAYLAND_DISPLAY: 'wayland-0' })?.command).toBe('xdg-open')
    expect(browserCommand('http://x/', 'linux', { DISPLAY: ':0', CI: '1' })).toBeUndefined()
    expect(browserCommand('http://x/', 'darwin', {})).toEqual({ command: 'open', args: ['http://x/'] })
    expect(browserCommand('http://x/', 'win32', {})?.command).toBe('rundll32')
  })
})
