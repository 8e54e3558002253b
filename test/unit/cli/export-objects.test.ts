import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ObjectExport } from '../../../src/cli/export-objects'
import { fileName, objectName } from '../../../src/cli/object-names'
import { commandLine } from '../../support/command-line'
import { httpCapture } from '../../support/http-captures'
import { openTrace } from '../../support/open-trace'

const root = mkdtempSync(path.join(tmpdir(), 'wireglass-objects-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})
let made = 0

/** A capture of those targets in a folder of its own, and the folder for its objects, which is not there yet. */
function capture(...targets: string[]): { readonly file: string; readonly around: string; readonly folder: string } {
  const around = path.join(root, String(made++)),
    file = path.join(around, 'capture.pcap')
  mkdirSync(around)
  writeFileSync(file, httpCapture(targets))
  return { file, around, folder: path.join(around, 'in', 'objects') }
}

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))

describe('names of objects', () => {
  const named = (target: string | undefined, mediaType = '') => fileName(objectName({ target, frame: 7, mediaType }), 0, 'linux')

  it.each([
    ['/a/b/photo.jpg', 'photo.jpg'],
    ['/list?page=2', 'list%3fpage=2'],
    ['/', '%2f'],
    ['/folder/', 'folder'],
    ['http://host/x?a=b/c', 'c'],
    ['/x:y|z"<>*', 'x%3ay%7cz%22%3c%3e%2a'],
    ['/..\\..\\windows\\win.ini', '..%5c..%5cwindows%5cwin.ini'],
    ['/../../etc/passwd', 'passwd'],
    ['/tab\there', 'tab%09here'],
    ['/shown\0hidden', 'shown'],
    ['', '.'],
  ])('%j is %j', (target, name) => {
    expect(named(target)).toBe(name)
  })

  it('are the packet and the media type where no request was seen', () => {
    expect(named(undefined)).toBe('object7')
    expect(named(undefined, 'text/html')).toBe('object7.text%2fhtml')
  })

  it('get numbers before the extension', () => {
    expect([0, 1, 12].map((nth) => fileName('a.tar.gz', nth, 'linux'))).toEqual(['a.tar.gz', 'a.tar(1).gz', 'a.tar(12).gz'])
    expect(fileName('noextension', 3, 'linux')).toBe('noextension(3)')
    expect(fileName('.hidden', 1, 'linux')).toBe('(1).hidden')
  })

  it('have at most 255 bytes and keep their extension and number', () => {
    const long = 'é'.repeat(300)
    for (const nth of [0, 1, 999]) {
      const name = fileName(`${long}.html`, nth, 'linux')
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
      expect(name).toMatch(nth === 0 ? /^é+\.html$/ : new RegExp(`^é+\\(${nth}\\)\\.html$`))
    }
    expect(fileName(`x.${'y'.repeat(400)}`, 1, 'linux')).toMatch(/^x\.y{250}\(1\)$/)
  })

  it.each(['CON', 'nul.txt', 'com1', 'LPT9.tar.gz', 'aux .c', 'conin$', 'COM²'])('are no device on Windows: %s', (name) => {
    expect(fileName(name, 0, 'win32')).toBe(`_${name}`)
    expect(fileName(name, 0, 'linux')).toBe(name)
  })

  it('end neither with a point nor with a blank on Windows', () => {
    expect(fileName('end.', 0, 'win32')).toBe('end%2e')
    expect(fileName('end ', 0, 'win32')).toBe('end%20')
    expect(fileName('..', 0, 'win32')).toBe('.%2e')
    expect(fileName('console.log', 0, 'win32')).toBe('console.log')
  })
})

describe('--export-objects', () => {
  it('keeps every hostile name inside the folder', async () => {
    const { file, around, folder } = capture(
      '/..',
      '/../../outside',
      '/a/..',
      '/.',
      `${root}/absolute`,
      '/..%2fescaped',
      '/..\\other',
      '/x\0/../y',
      '/',
    )
    const { status, stderr, stdout } = await commandLine('-q', '-r', file, '--export-objects', `http,${folder}`)
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: '' })
    expect(contents(folder)).toEqual({
      '.(1).': 'body 0',
      outside: 'body 1',
      '.(2).': 'body 2',
      '(1).': 'body 3',
      absolute: 'body 4',
      '..%2fescaped': 'body 5',
      '..%5cother': 'body 6',
      x: 'body 7',
      '%2f': 'body 8',
    })
    expect(readdirSync(around).sort()).toEqual(['capture.pcap', 'in'])
    expect(readdirSync(path.join(around, 'in'))).toEqual(['objects'])
  })

  it('never overwrites and never follows a link', async () => {
    const { file, around, folder } = capture('/kept.txt', '/link', '/folder')
    mkdirSync(path.join(folder, 'folder'), { recursive: true })
    writeFileSync(path.join(folder, 'kept.txt'), 'mine')
    symlinkSync(path.join(around, 'elsewhere'), path.join(folder, 'link'))
    expect((await commandLine('-q', '-r', file, '--export-objects', `http,${folder}`)).status).toBe(0)
    expect(readFileSync(path.join(folder, 'kept.txt'), 'utf8')).toBe('mine')
    expect(readFileSync(path.join(folder, 'kept(1).txt'), 'utf8')).toBe('body 0')
    expect(lstatSync(path.join(folder, 'link')).isSymbolicLink()).toBe(true)
    expect(existsSync(path.join(around, 'elsewhere'))).toBe(false)
    expect(readFileSync(path.join(folder, 'link(1)'), 'utf8')).toBe('body 1')
    expect(readFileSync(path.join(folder, 'folder(1)'), 'utf8')).toBe('body 2')
  })

  it('takes what -c and -R choose, whatever -Y says, and prints beside it', async () => {
    const { file, folder } = capture('/a', '/b', '/c')
    const exported = async (...args: string[]) => {
      rmSync(folder, { recursive: true, force: true })
      const { stdout } = await commandLine('-r', file, '--export-objects', `http,${folder}`, ...args)
      return [readdirSync(folder).sort(), stdout.split('\n').filter(Boolean).length]
    }
    expect(await exported()).toEqual([['a', 'b', 'c'], 6])
    expect(await exported('-Y', 'frame.number == 1')).toEqual([['a', 'b', 'c'], 1])
    expect(await exported('-c', '4')).toEqual([['a', 'b'], 4])
    expect(await exported('-2', '-R', 'frame.number > 2')).toEqual([['b', 'c'], 4])
    expect(await exported('-T', 'fields', '-e', 'frame.number')).toEqual([['a', 'b', 'c'], 6])
  })

  it('makes an empty folder where there is nothing', async () => {
    const { file, folder } = capture()
    expect((await commandLine('-q', '-r', file, '--export-objects', `http,${folder}`)).status).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('stops at its limits and says so', () => {
    const { file, folder } = capture('/a', '/b', '/a')
    const trace = openTrace(file)
    const objects = new ObjectExport(trace, folder, { files: 2, bytes: 100 })
    for (let number = 1; number <= trace.packets; number++) {
      trace.dissect(number, { summary: false, labels: false })
      objects.write()
    }
    expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
    expect(objects.leftOut).toMatch(/objects not written: 1;.* 2 files/)
  })

  it.each([
    [['smb,DIR'], /"smb".*available in this version: http/],
    [['help'], /available in this version: http/],
    [['http'], /folder is missing/],
    [['http,'], /folder is missing/],
    [['http,DIR', '--export-objects', 'http,DIR2'], /given for http already/],
  ])('refuses %j', async (args, message) => {
    const { file } = capture('/a')
    const { status, stderr } = await commandLine('-q', '-r', file, '--export-objects', ...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(message)
  })

  it('says why the folder cannot be made', async () => {
    const { file } = capture('/a')
    const { status, stderr } = await commandLine('-q', '-r', file, '--export-objects', `http,${file}/below`)
    expect(status).toBe(2)
    expect(stderr).toContain(`${file}/below`)
  })
})
