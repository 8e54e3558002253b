// Decode As: a port is read as another protocol, by keyboard, while the capture is open.
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { applyFilter, cellText, expectCount, expectLoaded, filterBox, goToPacket } from './support/packets'

test('a rule is made from what the packet suggests, and taken back', async ({ app, host }) => {
  await dropFile(app, host.sample('page-load'), 'load.pcapng')
  await expectLoaded(app, 406)
  await goToPacket(app, 37)
  expect(await cellText(app, 37, 'Protocol')).toBe('HTTP')
  await app.keyboard.press('Control+Shift+U')
  const dialog = app.getByRole('dialog', { name: 'Decode as' })
  await dialog.getByRole('button', { name: 'TCP port 80, now http' }).press('Enter')
  const protocol = dialog.getByRole('combobox', { name: 'Protocol of rule 1' })
  await protocol.fill('telnett')
  await expect(dialog.getByRole('alert')).toContainText('No protocol has this name')
  await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await protocol.fill('telnet')
  expect(await serious(app)).toEqual([])
  await app.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(() => cellText(app, 37, 'Protocol')).toBe('TELNET')
  await applyFilter(app, 'telnet', 55)
  await app.keyboard.press('Control+Shift+U')
  await dialog.getByRole('button', { name: 'Remove rule 1' }).click()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expectCount(app, 0)
  await expect(filterBox(app)).toHaveValue('telnet')
})
