import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DocumentStore } from '../../../src/engine/service'
import { HOST_COMMANDS } from '../../../src/shared/contract'
import * as electron from '../../support/electron-double'

vi.mock('electron', () => import('../../support/electron-double'))
const { runApplication } = await import('../../../src/main/application')
const { MENUS } = await import('../../../src/main/menu')
const { CONNECT_CHANNEL, PORT_CHANNEL, ENGINE_STOPPED_CHANNEL } = await import('../../../src/main/channels')

let out: string
let kept: Map<string, string>
let documents: DocumentStore
const argv = process.argv

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
  mkdirSync(join(out, 'renderer'))
  writeFileSync(join(out, 'renderer', 'index.html'), '<title>page</title>')
  writeFileSync(join(out, 'secret.js'), 'SECRET')
  symlinkSync(join(out, 'secret.js'), join(out, 'renderer', 'link.js'))
  kept = new Map()
  documents = { read: (name) => kept.get(name) ?? null, write: (name, text) => void kept.set(name, text) }
  electron.resetElectron()
  process.argv = ['/opt/wireglass/wireglass']
})
afterEach(() => {
  process.argv = argv
  rmSync(out, { recursive: true, force: true })
})

function begin(): Promise<void> {
  return runApplication({ out, samples: '/samples', icon: undefined }, documents)
}
async function run(): Promise<void> {
  const running = begin()
  electron.app.becomeReady()
  await running
}
function theWindow(): electron.BrowserWindow {
  const window = electron.BrowserWindow.getAllWindows()[0]
  if (window === undefined) throw new Error('no window')
  return window
}
function theEngine(): electron.UtilityProcess {
  const child = electron.forked.at(-1)
  if (child === undefined) throw new Error('no engine')
  return child
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('starting', () => {
  it('opens one sandboxed window on the page and one engine', async () => {
    await run()
    expect(electron.BrowserWindow.created).toHaveLength(1)
    expect(theWindow().loaded).toEqual(['wireglass://app/'])
    expect(theWindow().options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      preload: join(out, 'preload', 'index.cjs'),
    })
    expect(electron.state.sandboxEnforced).toBe(true)
    expect(theEngine().modulePath).toBe(join(out, 'main', 'engine-process.js'))
    expect(theEngine().posted).toEqual([
      { message: { type: 'start', settings: { version: '1.2.3', samplesFolder: '/samples', files: [], restartedAfter: '' } }, ports: [] },
    ])
  })

  it('shows the window when there is something to see', async () => {
    await run()
    expect(theWindow().options['show']).toBe(false)
    expect(theWindow().calls).toEqual([])
    theWindow().emit('ready-to-show')
    expect(theWindow().calls).toEqual(['show'])
  })

  it('opens the files of the command line, and those handed over before it is ready', async () => {
    process.argv = ['/opt/wireglass/wireglass', '--ozone-platform=x11', 'a.pcap', '/b.pcapng']
    const running = begin()
    electron.app.emit('open-file', { preventDefault: () => undefined }, '/c.pcap')
    electron.app.becomeReady()
    await running
    expect(theEngine().posted[0]?.message).toMatchObject({ settings: { files: [join(process.cwd(), 'a.pcap'), '/b.pcapng', '/c.pcap'] } })
    expect(electron.BrowserWindow.created).toHaveLength(1)
  })

  it('passes only what the engine needs of the environment', async () => {
    process.env['WIREGLASS_TEST_SECRET'] = 'x'
    await run()
    delete process.env['WIREGLASS_TEST_SECRET']
    expect(theEngine().options['env']).not.toHaveProperty('WIREGLASS_TEST_SECRET')
    expect(theEngine().options['env']).not.toHaveProperty('NODE_OPTIONS')
  })
})

describe('the capture helper', () => {
  it('is forked when the engine asks, and joined to the engine alone', async () => {
    await run()
    const engine = theEngine()
    engine.emit('message', { type: 'start-helper', id: 7 })
    await settle()
    const helper = theEngine()
    expect(helper).not.toBe(engine)
    expect(helper.modulePath).toBe(join(out, 'helper', 'index.js'))
    expect(helper.posted).toEqual([{ message: { type: 'engine' }, ports: [expect.objectContaining({ name: 'port1' })] }])
    expect(engine.posted.at(-1)).toEqual({ message: { type: 'helper', id: 7 }, ports: [expect.objectContaining({ name: 'port2' })] })
    expect(theWindow().webContents.sent).toEqual([])
    expect(helper.options['env']).not.toHaveProperty('NODE_OPTIONS')
  })

  it('is not taken for an engine when it ends', async () => {
    await run()
    theEngine().emit('message', { type: 'start-helper', id: 1 })
    theEngine().emit('exit', 1)
    expect(electron.forked).toHaveLength(2)
    expect(theWindow().webContents.sent).toEqual([])
  })
})

describe('a second instance', () => {
  it('opens nothing itself', async () => {
    electron.state.firstInstance = false
    await run()
    expect([electron.BrowserWindow.created.length, electron.forked.length, electron.state.quits]).toEqual([0, 0, 1])
  })

  it('has its files opened in the first one, relative to its own folder, and the window comes to the front', async () => {
    await run()
    theWindow().minimized = true
    electron.app.emit('second-instance', {}, ['/opt/wireglass/wireglass', '--no-sandbox', 'x.pcap', '--', '-odd.pcap'], '/home/user')
    expect(theEngine().posted.at(-1)?.message).toEqual({ type: 'open', files: ['/home/user/x.pcap', '/home/user/-odd.pcap'] })
    expect(theWindow().calls).toEqual(['restore', 'show', 'focus'])
    expect(electron.BrowserWindow.created).toHaveLength(1)
  })
})

describe('ending', () => {
  it('follows the last window, and stops the engine without calling it a crash', async () => {
    await run()
    const engine = theEngine()
    theWindow().close()
    electron.app.emit('window-all-closed')
    expect(electron.state.quits).toBe(process.platform === 'darwin' ? 0 : 1)
    electron.app.quit()
    expect(engine.killed).toBe(true)
    expect(electron.forked).toHaveLength(1)
  })

  it('lets a new window open where the application lives on', async () => {
    await run()
    theWindow().close()
    electron.app.emit('activate')
    expect(electron.BrowserWindow.getAllWindows()).toHaveLength(1)
    expect(electron.forked).toHaveLength(1)
  })
})

describe('the window', () => {
  it('comes back where it was', async () => {
    await run()
    theWindow().bounds = { x: 300, y: 200, width: 1000, height: 700 }
    theWindow().maximized = true
    theWindow().close()
    electron.app.emit('activate')
    expect(theWindow().options).toMatchObject({ x: 300, y: 200, width: 1000, height: 700 })
    theWindow().emit('ready-to-show')
    expect(theWindow().maximized).toBe(true)
  })

  it('does not come back where no display shows it, or smaller than can be used', async () => {
    kept.set('window.json', JSON.stringify({ x: 5000, y: 0, width: 10, height: 10, maximized: false }))
    await run()
    expect(theWindow().options).not.toHaveProperty('x')
    expect(theWindow().options).toMatchObject({ width: 800, height: 560 })
  })

  it.each(['', '{', '[]', 'null', '{"width":"1","height":2}', '{"width":-5,"height":9}', '{"width":1e99,"height":1}'])(
    'opens with the damaged state %j',
    async (text) => {
      kept.set('window.json', text)
      await run()
      expect(theWindow().options).toMatchObject({ width: 1440, height: 900 })
    },
  )
})

describe('the page', () => {
  it('cannot navigate, redirect, embed or open windows', async () => {
    await run()
    const page = theWindow().webContents
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'wireglass://app/other.html',
      'javascript:alert(1)',
      'data:text/html,x',
    ]) {
      for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const) {
        expect([event, url, page.tryEvent(event, url)]).toEqual([event, url, false])
      }
      expect(page.tryOpen(url)).toBe(false)
    }
    expect(electron.openedExternally).toEqual([])
  })

  it('may have documentation opened in the browser, over https from known hosts alone', async () => {
    await run()
    const page = theWindow().webContents
    expect(page.tryOpen('https://www.rfc-editor.org/rfc/rfc9293')).toBe(false)
    const refused = [
      'http://www.rfc-editor.org/',
      'https://evil.example/',
      'https://www.rfc-editor.org.evil.example/',
      'https://user:pw@www.rfc-editor.org/',
      'https://www.rfc-editor.org:8443/',
      'smb://www.rfc-editor.org/x',
      'not an address',
      '',
    ]
    for (const url of refused) page.tryOpen(url)
    expect(electron.openedExternally).toEqual(['https://www.rfc-editor.org/rfc/rfc9293'])
  })

  it('is denied every permission and every foreign request', async () => {
    await run()
    const session = electron.session.defaultSession
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'unknown']) {
      let granted: boolean | undefined
      session.permissionRequest?.({}, permission, (answer) => (granted = answer))
      expect([permission, granted]).toEqual([permission, false])
    }
    expect(session.permissionCheck?.()).toBe(false)
    expect(session.devicePermission?.()).toBe(false)
    const cancelled = (url: string): boolean | undefined => {
      let answer: boolean | undefined
      session.requestFilter?.({ url }, ({ cancel }) => (answer = cancel))
      return answer
    }
    for (const url of [
      'https://evil.example/x.js',
      'http://127.0.0.1:1/',
      'file:///etc/passwd',
      'wireglass://evil/x',
      'ws://evil/',
      'data:text/html,x',
      'blob:https://evil/1',
    ]) {
      expect([url, cancelled(url)]).toEqual([url, true])
    }
    for (const url of ['wireglass://app/index.html', 'blob:wireglass://app/1', 'data:image/png;base64,AA'])
      expect([url, cancelled(url)]).toEqual([url, false])
  })

  it('downloads nothing but what it made itself', async () => {
    await run()
    const prevented = (url: string): boolean => {
      let answer = false
      electron.session.defaultSession.emit('will-download', { preventDefault: () => (answer = true) }, { getURL: () => url })
      return answer
    }
    expect([prevented('https://evil.example/x.exe'), prevented('blob:wireglass://app/1')]).toEqual([true, false])
  })
})

describe('the protocol wireglass:', () => {
  async function load(url: string, method = 'GET'): Promise<Response> {
    const handler = electron.protocol.handlers.get('wireglass')
    if (handler === undefined) throw new Error('not registered')
    // Requests reach the handler with their address as written; Request would tidy it up.
    return handler({ url, method } as Request)
  }

  it('is a secure standard scheme without further powers', async () => {
    await run()
    expect(electron.protocol.privileged).toEqual([
      { scheme: 'wireglass', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('serves the page with a strict policy', async () => {
    await run()
    const answer = await load('wireglass://app/')
    expect([answer.status, await answer.text()]).toEqual([200, '<title>page</title>'])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await load('wireglass://app/none.js')).status).toBe(404)
    expect((await load('wireglass://app/', 'POST')).status).toBe(405)
  })

  const tricks = [
    'wireglass://app/../secret.js',
    'wireglass://app/%2e%2e/secret.js',
    'wireglass://app/..%2fsecret.js',
    'wireglass://app/..%5csecret.js',
    'wireglass://app/..\\secret.js',
    'wireglass://app//etc/passwd',
    'wireglass://app/link.js',
    'wireglass://app/index.html%00.js',
    'wireglass://app/%',
    'wireglass://app/C:/secret.js',
    'wireglass://evil/index.html',
    'wireglass://user@app/index.html',
    'wireglass://app.evil/',
    'file:///etc/passwd',
    'nonsense',
  ]
  it.each(tricks)('refuses %s', async (url) => {
    await run()
    const answer = await load(url)
    expect([400, 403, 404]).toContain(answer.status)
    expect(await answer.text()).not.toContain('SECRET')
  })
})

describe('the line between page and engine', () => {
  interface Sender {
    sender: electron.WebContents
    senderFrame: { url: string } | null
  }
  const connect = (event: Partial<Sender> = {}): void => {
    const page = theWindow().webContents
    electron.ipcMain.emit(CONNECT_CHANNEL, { sender: page, senderFrame: page.mainFrame, ...event })
  }

  it('is a port of its own', async () => {
    await run()
    connect()
    expect(theEngine().posted.at(-1)).toMatchObject({ message: { type: 'page' }, ports: [{ name: 'port1' }] })
    expect(theWindow().webContents.sent).toMatchObject([{ channel: PORT_CHANNEL, ports: [{ name: 'port2' }] }])
  })

  it('is refused to other frames, other contents and other pages', async () => {
    await run()
    const before = theEngine().posted.length
    connect({ senderFrame: null })
    connect({ senderFrame: { url: 'wireglass://app/' } })
    connect({ sender: new electron.WebContents() })
    theWindow().webContents.mainFrame.url = 'https://evil.example/'
    connect()
    theWindow().webContents.mainFrame.url = 'wireglass://evil/'
    connect()
    expect(theEngine().posted).toHaveLength(before)
    expect(theWindow().webContents.sent).toEqual([])
  })

  it('is offered again after the engine died, and the page is told', async () => {
    process.argv = ['/opt/wireglass/wireglass', '/a.pcap']
    await run()
    connect()
    theEngine().emit('exit', 139)
    expect(electron.forked).toHaveLength(2)
    expect(theEngine().posted[0]?.message).toMatchObject({ type: 'start', settings: { files: [], restartedAfter: 'exit code 139' } })
    expect(theWindow().webContents.sent.at(-1)).toMatchObject({ channel: ENGINE_STOPPED_CHANNEL, message: { restarted: true } })
    connect()
    expect(theEngine().posted.at(-1)).toMatchObject({ message: { type: 'page' } })
  })

  it('is given up when the engine dies again and again', async () => {
    await run()
    connect()
    for (let count = 0; count < 6; count++) theEngine().emit('exit', 139)
    expect(electron.forked).toHaveLength(6)
    expect(theWindow().webContents.sent.at(-1)).toMatchObject({ channel: ENGINE_STOPPED_CHANNEL, message: { restarted: false } })
    const sent = theWindow().webContents.sent.length
    connect()
    expect(theWindow().webContents.sent).toHaveLength(sent)
  })
})

describe('dialogs', () => {
  it('are shown over the window and answered to the engine', async () => {
    await run()
    electron.dialogScript.open = { canceled: false, filePaths: ['/home/user/x.pcap'] }
    theEngine().emit('message', { type: 'open-dialog', id: 7 })
    await settle()
    expect(theEngine().posted.at(-1)?.message).toEqual({ type: 'dialog-result', id: 7, path: '/home/user/x.pcap' })
    expect(electron.dialogScript.asked[0]).toMatchObject({ kind: 'open', window: theWindow(), options: { properties: ['openFile'] } })
  })

  it('answer null when the user cancels or when they cannot be shown', async () => {
    await run()
    theEngine().emit('message', { type: 'open-dialog', id: 1 })
    await settle()
    electron.dialogScript.fail = true
    theEngine().emit('message', { type: 'save-dialog', id: 2, suggestedName: 'a', format: 'pcap' })
    await settle()
    expect(
      theEngine()
        .posted.slice(-2)
        .map(({ message }) => message),
    ).toEqual([
      { type: 'dialog-result', id: 1, path: null },
      { type: 'dialog-result', id: 2, path: null },
    ])
  })

  it('suggest a name, never a path, and the format as filter', async () => {
    await run()
    electron.dialogScript.save = { canceled: false, filePath: '/tmp/y.pcap' }
    theEngine().emit('message', { type: 'save-dialog', id: 3, suggestedName: '../../etc/passwd', format: 'pcap' })
    await settle()
    expect(electron.dialogScript.asked[0]?.options).toMatchObject({
      defaultPath: '.._.._etc_passwd',
      filters: [{ extensions: ['pcap'] }, { extensions: ['*'] }],
    })
    expect(theEngine().posted.at(-1)?.message).toEqual({ type: 'dialog-result', id: 3, path: '/tmp/y.pcap' })
  })

  it('of an engine that died meanwhile are not answered to the new one', async () => {
    await run()
    theEngine().emit('message', { type: 'open-dialog', id: 9 })
    theEngine().emit('exit', 1)
    await settle()
    expect(theEngine().posted.map(({ message }) => message)).not.toContainEqual(expect.objectContaining({ type: 'dialog-result' }))
  })
})

describe('menus', () => {
  const items = (): electron.MenuItem[] => (electron.Menu.current?.items ?? []).flatMap((menu) => menu.submenu ?? [])

  it('send their command to the page by way of the engine, each command once', async () => {
    await run()
    const commands = items().filter((item) => item.id !== undefined)
    for (const item of commands) item.click?.()
    const sent = theEngine().posted.flatMap(({ message }) =>
      typeof message === 'object' && message !== null && 'command' in message ? [message.command] : [],
    )
    expect(sent.toSorted()).toEqual(HOST_COMMANDS.toSorted())
  })

  it('send only commands that the page has', () => {
    const folder = join(import.meta.dirname, '../../../src/renderer/app/commands')
    const source = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('')
    for (const command of HOST_COMMANDS) expect(source).toContain(`id: '${command}'`)
  })

  it('show the keys without taking them from the page', async () => {
    await run()
    for (const item of items()) if (item.accelerator !== undefined) expect([item.id, item.registerAccelerator]).toEqual([item.id, false])
    expect(items().find((item) => item.id === 'file.open')?.accelerator).toBe('CmdOrCtrl+O')
  })

  it('are complete in both languages and follow the interface, then the system', async () => {
    for (const menu of MENUS) {
      for (const row of [menu, ...menu.items]) if (row !== '-') expect(row.label.every((text) => text !== '')).toBe(true)
    }
    kept.set('settings.json', '{"language":"zh"}')
    await run()
    expect(electron.Menu.current?.items.map((item) => item.label)).toContain(process.platform === 'darwin' ? '文件' : '文件(&F)')
  })

  it.each([
    ['{"language":"system"}', 'zh-TW', '文件'],
    ['{', 'de', 'File'],
    ['7', 'zh', '文件'],
    ['{"language":"en"}', 'zh', 'File'],
  ])('with settings %s on a %s system', async (settings, locale, expected) => {
    kept.set('settings.json', settings)
    electron.state.locale = locale
    await run()
    expect(electron.Menu.current?.items.map((item) => (item.label ?? '').replace(/[&]|\(.*/g, ''))).toContain(expected)
  })
})
