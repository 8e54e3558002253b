// Replay of a Telnet session: real timing, steps, seeking; what is on the screen is what the server drew.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { segmentCapture } from '../support/tcp-segments'
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'

type Said = readonly [fromServer: boolean, milliseconds: number, bytes: Uint8Array | string]

/** A Telnet connection that begins with the client's SYN. */
function telnetCapture(said: readonly Said[]): Uint8Array {
  const next: [number, number] = [1, 1]
  const segments = said.map(([fromServer, milliseconds, payload]) => {
    const side = fromServer ? 1 : 0
    const sequence = next[side]
    next[side] += payload.length
    return { fromServer, sequence, acknowledgment: next[fromServer ? 0 : 1], flags: 24, payload, time: milliseconds * 1000, serverPort: 23 }
  })
  return segmentCapture([{ sequence: 0, flags: 2, time: 0, serverPort: 23 }, ...segments])
}

test('a session is replayed, and hostile sequences draw nothing', async ({ app, host }) => {
  const file = path.join(host.folder, 'session.pcap')
  writeFileSync(
    file,
    telnetCapture([
      [true, 1, Uint8Array.of(255, 253, 31)],
      [false, 100, Uint8Array.of(255, 251, 31, 255, 250, 31, 0, 60, 0, 20, 255, 240)],
      [true, 500, '\u001b]0;evil title\u0007login: '],
      [false, 1500, 'guest\r\n'],
      [true, 1600, 'guest\r\n\u001b]52;c;aGFja2Vk\u0007\u001b[1;32mwelcome\u001b[0m\r\n$ '],
    ]),
  )
  await dropFile(app, file, 'session.pcap')
  await expect(app.getByRole('row').nth(1)).toBeVisible()
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await app.getByRole('tab', { name: 'Follow' }).click()
  await app.getByRole('radio', { name: 'Terminal replay' }).click()
  const screen = app.getByRole('img', { name: 'Terminal, 60 by 20' })
  await expect(screen).toBeVisible()
  await screen.focus()
  await app.keyboard.press('End')
  await expect(screen).toContainText('login: guest')
  await expect(screen).toContainText('welcome')
  await expect(screen).not.toContainText('evil')
  expect(await app.title()).not.toContain('evil')
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await serious(app), colorScheme).toEqual([])
  }
  await app.keyboard.press('Home')
  await expect(screen).not.toContainText('login')
  await app.getByRole('radio', { name: '16×' }).click()
  await app.getByRole('button', { name: 'Play' }).click()
  await expect(screen).toContainText('welcome')
  await expect(app.getByRole('button', { name: 'Play' })).toBeVisible()
})
