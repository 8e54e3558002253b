// Accessibility of the real screens: axe finds nothing serious, the list is a grid with right counts, and selection is announced.
import { serious } from './support/axe'
import { expect, test } from './support/host'
import { applyFilter, details, expectLoaded, goToPacket, packetList, packetRow, runCommand } from './support/packets'

test('the start screen', async ({ app }) => {
  await expect(app.getByRole('button', { name: /page-load\.pcapng/ })).toBeVisible()
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await serious(app), colorScheme).toEqual([])
  }
})

test.describe('with a capture', () => {
  test.use({ files: ['page-load'] })

  test.beforeEach(async ({ app }) => {
    await expectLoaded(app, 406)
  })

  test('the packets view, dark and light', async ({ app }) => {
    await goToPacket(app, 37)
    for (const colorScheme of ['dark', 'light'] as const) {
      await app.emulateMedia({ colorScheme })
      await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
      expect(await serious(app), colorScheme).toEqual([])
    }
  })

  test('the packets view in Chinese, with the explain panel', async ({ app }) => {
    await runCommand(app, 'Language: 简体中文')
    await app.keyboard.press('e')
    await expect(app.locator('[data-pane=inspector]')).toBeVisible()
    expect(await serious(app)).toEqual([])
  })

  test('a narrow window', async ({ app }) => {
    await app.setViewportSize({ width: 1024, height: 700 })
    await expect(app.getByRole('radio', { name: 'Bytes', exact: true })).toBeVisible()
    expect(await serious(app)).toEqual([])
  })

  test('every dialog', async ({ app }) => {
    test.setTimeout(90_000)
    await app.emulateMedia({ colorScheme: 'dark' })
    const dialogs: readonly (readonly [name: string, open: () => Promise<void>])[] = [
      ['Command palette', () => app.keyboard.press('Control+k')],
      ['Go to packet', () => app.keyboard.press('Control+g')],
      ['Open a capture', () => app.keyboard.press('Control+o')],
      ['Save packets', () => app.keyboard.press('Control+s')],
      ['Comments on packet 1', () => app.keyboard.press('Control+Alt+c')],
      ['Settings', () => app.keyboard.press('Control+Shift+,')],
      ['Keyboard shortcuts', () => app.keyboard.press('?')],
      ['Columns', () => runCommand(app, 'Columns…')],
      ['Colour rules', () => runCommand(app, 'Colour rules…')],
      ['Capture file properties', () => runCommand(app, 'Capture file properties…')],
    ]
    for (const [name, open] of dialogs) {
      await test.step(name, async () => {
        await packetList(app).focus()
        await open()
        const dialog = app.getByRole('dialog', { name })
        await expect(dialog).toBeVisible()
        if (name === 'Colour rules') await dialog.getByRole('radio', { name: 'Wireshark classic' }).click()
        // The page below is held against axe by the other tests.
        expect(await serious(app, '[role=dialog]'), name).toEqual([])
        await app.keyboard.press('Escape')
        await expect(dialog).toBeHidden()
      })
    }
  })

  test('the list is a grid whose counts follow the filter', async ({ app }) => {
    await expect(packetList(app)).toHaveAttribute('aria-rowcount', '407')
    await expect(packetList(app)).toHaveAttribute('aria-colcount', '7')
    await expect(packetRow(app, 1)).toHaveAttribute('aria-rowindex', '2')
    await applyFilter(app, 'arp', 7)
    await expect(packetList(app)).toHaveAttribute('aria-rowcount', '8')
    await packetList(app).press('End')
    await expect(packetRow(app, 406)).toHaveAttribute('aria-rowindex', '8')
    const active = await packetList(app).getAttribute('aria-activedescendant')
    await expect(app.locator(`[id="${active ?? ''}"]`)).toHaveAttribute('aria-rowindex', '8')
  })

  test('the selected packet is announced', async ({ app }) => {
    await packetList(app).focus()
    await app.keyboard.press('ArrowDown')
    await expect(app.locator('[aria-live=polite]', { hasText: 'Packet 2, ARP, 10.77.0.53 is at 5e:30:1e:64:8e:22' })).toHaveCount(1)
  })

  test('the tree says levels and open nodes', async ({ app }) => {
    await goToPacket(app, 37)
    await details(app).focus()
    await app.keyboard.press('Home')
    await app.keyboard.press('ArrowRight')
    await app.keyboard.press('ArrowRight')
    const row = details(app).locator('[aria-selected=true]')
    await expect(row).toHaveAttribute('aria-level', '2')
    await expect(details(app)).toHaveAttribute('aria-activedescendant', (await row.getAttribute('id')) ?? '')
  })

  test('nothing moves where less motion is asked for', async ({ app }) => {
    await app.emulateMedia({ reducedMotion: 'reduce' })
    await app.keyboard.press('Control+k')
    await expect(app.getByRole('dialog')).toBeVisible()
    const moving = await app.evaluate(
      () => document.getAnimations().filter((item) => Number(item.effect?.getComputedTiming().duration ?? 0) > 1).length,
    )
    expect(moving).toBe(0)
  })
})
