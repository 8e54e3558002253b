import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listDirectory, looksLikeCapture } from '../../../../src/node/files/directory-listing'
import { fileError } from '../../../../src/node/files/file-error'
import { createOutputFile } from '../../../../src/node/files/output-file'
import { createSamples, findSamplesFolder } from '../../../../src/node/files/samples'
import { createUploadSpool, MAX_UPLOADS } from '../../../../src/node/files/upload-spool'
import { findStaticFile } from '../../../../src/node/host/static-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})
const path = (...names: string[]): string => join(folder, ...names)
const code = (run: () => unknown): string => {
  try {
    run()
    return 'no error'
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

describe('listing a folder', () => {
  it('shows folders, then captures by name as a person counts; other and hidden files only when asked', async () => {
    mkdirSync(path('sub'))
    mkdirSync(path('.hidden'))
    for (const name of ['b10.pcap', 'b9.pcap', 'a.pcapng.gz', 'notes.txt', '.secret.pcap']) writeFileSync(path(name), 'x')
    const listing = await listDirectory(folder, false)
    expect(listing).toMatchObject({ path: folder, parent: dirname(folder) })
    expect(listing.entries.map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ['sub', 'folder', 0],
      ['a.pcapng.gz', 'capture', 1],
      ['b9.pcap', 'capture', 1],
      ['b10.pcap', 'capture', 1],
    ])
    const all = await listDirectory(folder, true)
    expect(all.entries.map(({ name }) => name)).toEqual([
      '.hidden',
      'sub',
      '.secret.pcap',
      'a.pcapng.gz',
      'b9.pcap',
      'b10.pcap',
      'notes.txt',
    ])
  })

  it('begins at home, leaves broken links out and lists the folder of a file', async () => {
    expect((await listDirectory('', false)).path).toBe(homedir())
    expect((await listDirectory('/', false)).parent).toBeNull()
    symlinkSync(path('nothing'), path('broken.pcap'))
    writeFileSync(path('a.pcap'), '')
    expect((await listDirectory(path('a.pcap'), true)).entries.map(({ name }) => name)).toEqual(['a.pcap'])
  })

  it('says what is wrong with a path', async () => {
    await expect(listDirectory(path('none'), false)).rejects.toMatchObject({ code: 'io/not-found', where: { file: path('none') } })
    await expect(listDirectory('a\0b', false)).rejects.toMatchObject({ code: 'io/not-found' })
  })

  it('knows captures by name', () => {
    for (const name of ['a.pcap', 'A.PCAPNG', 'x.cap', 'x.pcap.gz', 'x.pcapng.zst', 'x.pcap1', 'x.pcap.1', 'trace.snoop', 'x.dmp.lz4'])
      expect([name, looksLikeCapture(name)]).toEqual([name, true])
    for (const name of ['pcap', 'a.pcap.txt', 'a.gz', 'cap.doc', 'x.recap']) expect([name, looksLikeCapture(name)]).toEqual([name, false])
  })
})

describe('saving a file', () => {
  const write = (target: string, text: string, overwrite: boolean): void => {
    const { file } = createOutputFile(target, overwrite)
    file.write(Buffer.from(text))
    file.commit()
  }

  it('puts it in place only at the end, and keeps the mode of a file that it replaces', () => {
    writeFileSync(path('a.pcap'), 'old')
    chmodSync(path('a.pcap'), 0o600)
    const { file } = createOutputFile(path('a.pcap'), true)
    file.write(Buffer.from('new'))
    expect(readFileSync(path('a.pcap'), 'utf8')).toBe('old')
    file.commit()
    expect(readFileSync(path('a.pcap'), 'utf8')).toBe('new')
    expect(statSync(path('a.pcap')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['a.pcap'])
  })

  it('leaves the old file and nothing else when it is given up', () => {
    writeFileSync(path('a.pcap'), 'old')
    const { file } = createOutputFile(path('a.pcap'), true)
    file.write(Buffer.from('half'))
    file.abort()
    file.abort()
    expect(readdirSync(folder)).toEqual(['a.pcap'])
    expect(readFileSync(path('a.pcap'), 'utf8')).toBe('old')
    expect(() => {
      file.write(Buffer.from('more'))
    }).toThrow('is finished')
  })

  it('replaces nothing without leave, also not a file that appeared meanwhile', () => {
    writeFileSync(path('a.pcap'), 'old')
    expect(code(() => createOutputFile(path('a.pcap'), false))).toBe('io/exists')
    const { file } = createOutputFile(path('b.pcap'), false)
    file.write(Buffer.from('mine'))
    writeFileSync(path('b.pcap'), 'theirs')
    expect(
      code(() => {
        file.commit()
      }),
    ).toBe('io/exists')
    expect(readFileSync(path('b.pcap'), 'utf8')).toBe('theirs')
    expect(readdirSync(folder).toSorted()).toEqual(['a.pcap', 'b.pcap'])
    write(path('c.pcap'), 'new', false)
    expect(readFileSync(path('c.pcap'), 'utf8')).toBe('new')
  })

  it('follows a link to the file behind it', () => {
    writeFileSync(path('real.pcap'), 'old')
    symlinkSync(path('real.pcap'), path('link.pcap'))
    write(path('link.pcap'), 'new', true)
    expect(readFileSync(path('real.pcap'), 'utf8')).toBe('new')
    expect(readdirSync(folder).toSorted()).toEqual(['link.pcap', 'real.pcap'])
  })

  it('says why it cannot', () => {
    expect(code(() => createOutputFile(folder, true))).toBe('io/is-directory')
    expect(code(() => createOutputFile(path('no', 'such', 'folder.pcap'), true))).toBe('io/not-found')
    expect(code(() => createOutputFile('/dev/null', true))).toBe('io/write')
    expect(code(() => createOutputFile('a\0', true))).toBe('io/not-found')
    expect(fileError(Object.assign(new Error('x'), { code: 'ENOSPC' }), '/a', 'write')).toMatchObject({
      code: 'io/no-space',
      message: expect.stringContaining('Free some space'),
    })
    expect(fileError(new Error('odd'), '/a', 'read')).toMatchObject({ code: 'io/read', message: 'Cannot read /a: odd' })
  })
})

describe('uploads', () => {
  it('arrive in pieces, are handed over whole and removed', () => {
    const spool = createUploadSpool(folder)
    const id = spool.start('a.pcap', 6)
    expect(spool.piece(id, Buffer.from('abc').toString('base64'))).toBe(3)
    expect(spool.piece(id, Buffer.from('def').toString('base64'))).toBe(6)
    const file = spool.finish(id)
    expect([
      file.name,
      readFileSync(file.path, 'utf8'),
      statSync(file.path).mode & 0o777,
      statSync(dirname(file.path)).mode & 0o777,
    ]).toEqual(['a.pcap', 'abcdef', 0o600, 0o700])
    file.remove()
    expect(existsSync(file.path)).toBe(false)
    spool.start('b.pcap', 6)
    spool.dispose()
    expect(readdirSync(folder)).toEqual([])
  })

  it('never choose where they are stored', () => {
    const spool = createUploadSpool(folder)
    const file = spool.finish(spool.start('../../../etc/passwd', 0))
    expect(dirname(dirname(file.path))).toBe(folder)
    spool.dispose()
  })

  it('are refused when they are more than announced, less, too many or too large for the disk', () => {
    const spool = createUploadSpool(folder)
    const more = spool.start('more', 1)
    expect(code(() => spool.piece(more, Buffer.from('ab').toString('base64')))).toBe('rpc/bad-argument')
    expect(code(() => spool.piece(more, ''))).toBe('rpc/bad-argument')
    const less = spool.start('less', 5)
    expect(code(() => spool.finish(less))).toBe('rpc/bad-argument')
    expect(code(() => spool.start('huge', Number.MAX_SAFE_INTEGER))).toBe('io/no-space')
    for (let count = 0; count < MAX_UPLOADS; count++) spool.start(`${count}`, 1)
    expect(code(() => spool.start('one more', 1))).toBe('rpc/busy')
    spool.dispose()
  })
})

describe('sample captures', () => {
  it('are found by id among those that ship, never by path', async () => {
    writeFileSync(path('page-load.pcapng'), 'xyz')
    writeFileSync(path('README.md'), '')
    const samples = createSamples(folder)
    expect(await samples.list()).toEqual([{ id: 'page-load', file: 'page-load.pcapng', size: 3, packets: 0 }])
    expect(await samples.find('page-load')).toEqual({ path: path('page-load.pcapng'), name: 'page-load.pcapng' })
    for (const id of ['../page-load', 'README', '', 'page-load.pcapng'])
      await expect(samples.find(id)).rejects.toMatchObject({ code: 'io/not-found' })
    expect(await createSamples(path('none')).list()).toEqual([])
  })

  it('are found wherever the program was put', () => {
    mkdirSync(path('resources', 'samples'), { recursive: true })
    mkdirSync(path('out', 'server'), { recursive: true })
    expect(findSamplesFolder(path('out', 'server'))).toBe(path('resources', 'samples'))
  })
})

describe('a file of the page', () => {
  it('is served only with a type that is known', async () => {
    writeFileSync(path('index.html'), '')
    writeFileSync(path('a.exe'), '')
    mkdirSync(path('dir.js'))
    expect(await findStaticFile(folder, '/')).toMatchObject({ type: 'text/html; charset=utf-8' })
    expect(await findStaticFile(folder, '/?x=../..')).toMatchObject({ type: 'text/html; charset=utf-8' })
    expect(await findStaticFile(folder, '/a.exe')).toBe('missing')
    expect(await findStaticFile(folder, '/dir.js')).toBe('missing')
    expect(await findStaticFile(path('none'), '/')).toBe('missing')
  })
})
