// What grows with a capture beside the list, and where packets come from beside one interface: several at once, and a FIFO.
import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { sendDatagrams } from '../support/live-engine'
import { expect, test } from './support/host'
import { applyFilter, expectCount, packetList, statusBar } from './support/packets'

test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'capturing on the loopback needs root')

let server: Server
let port: number
const sockets: Socket[] = []
test.beforeAll(async () => {
  server = createServer((request, response) => response.end(`<p>${request.url ?? ''}</p>`))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
test.afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** A connection that stays open. */
async function open(): Promise<(target: string) => Promise<void>> {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'connect')
  return async (target) => {
    socket.write(`GET ${target} HTTP/1.1\r\nHost: growing.example\r\n\r\n`)
    await once(socket, 'data')
  }
}

const view = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

test('conversations, follow, ladder and statistics grow with the capture', async ({ app }) => {
  await app.getByRole('checkbox', { name: 'lo', exact: true }).check()
  await app.getByRole('textbox', { name: 'Capture filter' }).fill(`tcp port ${String(port)}`)
  await app.getByRole('button', { name: /^Start on lo/ }).click()
  await expect(statusBar(app)).toContainText('Capturing on lo')
  const ask = await open()
  await ask('/one')
  await expect(packetList(app)).toContainText('GET /one')

  await view(app, 'Conversations')
  const table = app.getByRole('grid', { name: 'Conversations' })
  await expect(table.getByRole('row').last()).toContainText(/\b1 conversation/)
  const other = await open()
  await other('/other')
  await expect(table.getByRole('row').last()).toContainText(/\b2 conversations/)

  await table.focus()
  await app.keyboard.press('Home')
  await app.keyboard.press('f')
  const said = app.getByRole('region', { name: 'What the two sides said' })
  await expect(said).toContainText('GET /one')
  await ask('/two')
  await expect(said).toContainText('GET /two')

  await view(app, 'Sequence')
  const ladder = app.getByRole('listbox', { name: /Sequence diagram/ })
  await expect(
    ladder
      .getByRole('option')
      .filter({ hasText: 'GET /two' })
      .or(ladder.getByRole('option', { name: /GET \/two/ }))
      .first(),
  ).toBeVisible()
  await ask('/three')
  await expect(ladder.getByRole('option', { name: /GET \/three/ }).first()).toBeVisible()

  await view(app, 'Statistics')
  const http = app.getByRole('row', { name: /^Filter: HTTP / }).getByRole('cell')
  await expect(http.filter({ hasText: /^8$/ })).toBeVisible()
  await ask('/four')
  await expect(http.filter({ hasText: /^10$/ })).toBeVisible()
  await expect(statusBar(app)).toContainText('Capturing on lo')
})

test('two interfaces are captured at once', async ({ app }) => {
  const name = `wgt${String(process.pid % 10_000)}`
  execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`])
  try {
    for (const end of [name, `${name}p`]) execFileSync('ip', ['link', 'set', end, 'up'])
    await app.reload()
    await app.getByRole('checkbox', { name: /^Show inactive/ }).check()
    await app.getByRole('checkbox', { name: 'lo', exact: true }).check()
    await app.getByRole('checkbox', { name, exact: true }).check()
    await app.getByRole('textbox', { name: 'Capture filter' }).fill('udp port 46680')
    await app.getByRole('button', { name: /^Start on lo, wgt/ }).click()
    await expect(statusBar(app)).toContainText(`Capturing on lo, ${name}`)
    await sendDatagrams(46_680, 3)
    // The kernel sends what is broadcast on the veth pair to its other end.
    execFileSync('ip', ['address', 'add', '10.214.9.1/24', 'dev', name])
    execFileSync(process.execPath, [
      '-e',
      `const s = require('node:dgram').createSocket('udp4'); s.bind(0, '10.214.9.1', () => { s.setBroadcast(true); s.send('over the pair', 46680, '10.214.9.255', () => s.close()) })`,
    ])
    await expectCount(app, 4)
    await applyFilter(app, `frame.interface_name == "${name}"`, 1)
    await applyFilter(app, 'frame.interface_name == "lo"', 3)
  } finally {
    spawnSync('ip', ['link', 'del', name])
  }
})

test('a FIFO is an interface: packets show as they are written', async ({ app, host }) => {
  const fifo = path.join(host.folder, 'packets.fifo')
  execFileSync('mkfifo', [fifo])
  const capture = readFileSync(path.resolve(import.meta.dirname, '../captures/tcp-states/client-closes.pcap'))
  await app.getByText('Pipe or remote host').click()
  await app.getByRole('textbox', { name: /^Pipe, FIFO/ }).fill(fifo)
  await app.getByRole('button', { name: 'Read from the pipe' }).click()
  const writer = createWriteStream(fifo)
  try {
    await expect(statusBar(app)).toContainText(`Capturing on ${fifo}`)
    // Two packets: each a record's head of 16 bytes with its captured length, and its bytes.
    let end = 24
    for (let packet = 0; packet < 2; packet++) end += 16 + capture.readUInt32LE(end + 8)
    writer.write(capture.subarray(0, end))
    await expectCount(app, 2)
    writer.end(capture.subarray(end))
    await expect(statusBar(app)).not.toContainText('Capturing')
    await expectCount(app, 12)
  } finally {
    writer.destroy()
  }
})
