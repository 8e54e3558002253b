// Recording a program with its TLS keys in the browser host: a command and a browser against a TLS server of the test.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { serious } from './support/axe'
import { expect, test, withHost } from './support/host'
import { applyFilter, packetList, statusBar } from './support/packets'

test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'capturing on the loopback needs root')

let server: Server
let origin: string
test.beforeAll(async ({}, info) => {
  const folder = info.outputPath('certificate')
  mkdirSync(folder, { recursive: true })
  execFileSync(
    'openssl',
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout k -out c'.split(' '),
    {
      cwd: folder,
      stdio: 'ignore',
    },
  )
  server = createServer({ key: readFileSync(`${folder}/k`), cert: readFileSync(`${folder}/c`) }, (_request, response) => {
    response.end('<h1>secret page</h1>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Opens the recorder; what others send meanwhile on a busy machine stays out of the capture. */
const recorder = async (page: Page): Promise<void> => {
  await page.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await page.getByRole('textbox', { name: 'Capture filter' }).fill(`tcp port ${new URL(origin).port}`)
  await page.getByText('Record a program and decrypt its TLS').click()
}

test('a command is recorded: its requests are read in the clear, and the capture ends with it', async ({ app }) => {
  await recorder(app)
  await app.getByRole('textbox', { name: 'Command' }).fill(`curl -sk ${origin}/by-command -o /dev/null; sleep 2`)
  await app.getByRole('textbox', { name: 'Command' }).press('Enter')
  await expect(statusBar(app)).toContainText('Capturing on lo')
  await expect(packetList(app)).toContainText('GET /by-command HTTP/1.1')
  await expect(app.getByText(/^\d+ secrets logged\.$/)).toBeVisible()
  await expect(statusBar(app)).not.toContainText('Capturing')
  expect(await serious(app)).toEqual([])
  await applyFilter(app, 'tls && http.request.uri == "/by-command"', 1)
})

test('a command that fails says why', async ({ app }) => {
  await recorder(app)
  await app.getByRole('textbox', { name: 'Command' }).fill('no-such-program-here')
  await app.getByRole('button', { name: 'Record', exact: true }).click()
  await expect(app.getByText('no-such-program-here ended with status 127')).toBeVisible()
  await expect(app.getByText(/not found/)).toBeVisible()
})

test('a browser is recorded with one click, in a profile of its own', async ({ page }, info) => {
  const folder = info.outputPath('home')
  const browser = info.project.use.launchOptions?.executablePath ?? chromium.executablePath()
  const programs = path.join(folder, 'bin')
  mkdirSync(programs, { recursive: true })
  // the browser of this machine, without a display to show itself on
  writeFileSync(
    path.join(programs, 'chromium'),
    `#!/bin/sh\nexec '${browser}' --headless --disable-gpu --disable-background-networking --ignore-certificate-errors --dump-dom --timeout=4000 "$@" >/dev/null\n`,
  )
  chmodSync(path.join(programs, 'chromium'), 0o755)
  const before = process.env['PATH'] ?? ''
  process.env['PATH'] = `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`
  try {
    await withHost(folder, [], async (url) => {
      await page.goto(url)
      await recorder(page)
      await page.getByRole('textbox', { name: 'Page to open' }).fill('secret.example')
      await expect(page.getByText('Write the whole address')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Record Chromium' })).toBeDisabled()
      await page.getByRole('textbox', { name: 'Page to open' }).fill(`${origin}/by-browser`)
      await page.getByRole('button', { name: 'Record Chromium' }).click()
      await expect(packetList(page)).toContainText('GET /by-browser HTTP/1.1', { timeout: 20_000 })
    })
  } finally {
    process.env['PATH'] = before
  }
})

test('the dialog offers the same, and says where no browser is found', async ({ page }, info) => {
  const before = process.env['PATH'] ?? ''
  // node alone
  process.env['PATH'] = path.dirname(process.execPath) === '/usr/bin' ? '/usr/sbin' : path.dirname(process.execPath)
  try {
    await withHost(info.outputPath('home'), [], async (url) => {
      await page.goto(url)
      await expect(page.getByRole('heading', { name: 'Start a capture' })).toBeVisible()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('>Record a browser')
      await expect(page.getByRole('option', { name: /Record a browser or program with its TLS keys/ })).toBeVisible()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Record a program and decrypt its TLS' })
      await expect(dialog.getByText(/No browser that logs its keys was found/)).toBeVisible()
      expect(await serious(page)).toEqual([])
    })
  } finally {
    process.env['PATH'] = before
  }
})
