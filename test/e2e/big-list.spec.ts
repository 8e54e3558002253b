// A capture of a million packets, indexed by the real engine: the list is scaled, and every way of scrolling lands exactly on rows.
import { closeSync, openSync, writeSync } from 'node:fs'
import { expect, settle, test } from './support/host'
import { expectCount, expectSelected, expectShown, goToPacket, packetList, packetRow, statusBar } from './support/packets'
import { openPath } from './support/tasks'

const PACKETS = 1_000_000
const ROW = 22

/** Writes a pcap of packets that hold an ARP request each, a microsecond apart. 58 MB. */
function writeCapture(file: string): void {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
  const request = Buffer.from('ffffffffffff02000000000108060001080006040001020000000001c0000201000000000000c0000202', 'hex')
  const record = Buffer.concat([Buffer.alloc(16), request])
  record.writeUInt32LE(1_700_000_000, 0)
  record.writeUInt32LE(request.length, 8)
  record.writeUInt32LE(request.length, 12)
  const batch = 10_000
  const target = openSync(file, 'w')
  writeSync(target, header)
  for (let first = 0; first < PACKETS; first += batch) {
    const records = Buffer.alloc(record.length * batch)
    for (let index = 0; index < batch; index++) {
      record.writeUInt32LE(first + index, 4)
      record.copy(records, index * record.length)
    }
    writeSync(target, records)
  }
  closeSync(target)
}

test('every row of a million is reached exactly', async ({ app, host }) => {
  test.setTimeout(120_000)
  const file = `${host.folder}/million.pcap`
  writeCapture(file)
  await openPath(app, settle(file))
  await expect(statusBar(app)).toContainText('Loaded in', { timeout: 60_000 })
  await expectCount(app, PACKETS)

  await test.step('End, Page Up and arrow keys', async () => {
    await packetList(app).press('End')
    await expectSelected(app, PACKETS)
    await expect(packetRow(app, PACKETS)).toBeInViewport({ ratio: 1 })
    await app.keyboard.press('ArrowUp')
    await expectSelected(app, PACKETS - 1)
  })

  await test.step('Home and Page Down', async () => {
    await app.keyboard.press('Home')
    await expectSelected(app, 1)
    await app.keyboard.press('PageDown')
    const first = await selectedNumber()
    await app.keyboard.press('PageDown')
    await expect.poll(selectedNumber).toBe(2 * first - 1)
    await app.keyboard.press('PageUp')
    await expect.poll(selectedNumber).toBe(first)
  })

  await test.step('a jump into the middle', async () => {
    await goToPacket(app, 654_321)
    await expect(packetRow(app, 654_321)).toBeInViewport({ ratio: 1 })
    await app.keyboard.press('ArrowDown')
    await expectSelected(app, 654_322)
    await expectShown(app, 654_322)
  })

  await test.step('the wheel moves by rows', async () => {
    const before = await topRow()
    await packetList(app).hover()
    await app.mouse.wheel(0, 10 * ROW)
    await expect.poll(topRow).toBe(before + 10)
  })

  await test.step('the thumb reaches both ends and rows stay in place', async () => {
    const bar = await app.getByRole('scrollbar', { name: 'Position in the list' }).boundingBox()
    if (bar === null) throw new Error('no scroll bar')
    await app.mouse.move(bar.x + 7, bar.y + bar.height / 2)
    await app.mouse.down()
    await app.mouse.move(bar.x + 7, bar.y + bar.height + 80, { steps: 8 })
    await expect(packetRow(app, PACKETS)).toBeInViewport({ ratio: 1 })
    await app.mouse.move(bar.x + 7, bar.y - 80, { steps: 8 })
    await app.mouse.up()
    await expect(packetRow(app, 1)).toBeInViewport({ ratio: 1 })
    expect(await topRow()).toBe(1)
  })

  await test.step('no element is higher than Chromium draws', async () => {
    const tallest = await app.evaluate(() =>
      Math.max(...[...document.querySelectorAll('*')].map((element) => element.getBoundingClientRect().height)),
    )
    expect(tallest).toBeLessThan(33_554_400)
    expect(tallest).toBeLessThan(PACKETS * ROW)
  })

  async function selectedNumber(): Promise<number> {
    const row = packetList(app).locator('[role=row][aria-selected=true]')
    return Number(await row.getAttribute('aria-rowindex')) - 1
  }

  /** Number of the first row that is wholly on screen. */
  async function topRow(): Promise<number> {
    return packetList(app).evaluate((list) => {
      const head = list.querySelector('[role=columnheader]')?.getBoundingClientRect().bottom ?? 0
      const rows = [...list.querySelectorAll<HTMLElement>('[role=row][id]')]
      const first = rows.find((row) => row.getBoundingClientRect().top >= head - 1)
      return Number(first?.getAttribute('aria-rowindex') ?? 0) - 1
    })
  }
})
