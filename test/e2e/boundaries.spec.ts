// Message boundaries of a real HTTP connection, and by another rule.
import { serious } from './support/axe'
import { dropFile } from './support/drop'
import { expect, test } from './support/host'
import { expectLoaded } from './support/packets'

test('messages of a keep-alive connection lie on its segments', async ({ app, host }) => {
  await dropFile(app, host.sample('page-load'), 'load.pcapng')
  await expectLoaded(app, 406)
  await app.getByRole('button', { name: 'Conversations', exact: true }).click()
  await app.getByRole('tab', { name: 'Boundaries' }).click()
  await expect(app.getByText(/^\d+ messages, \d+ segments, [\d,]+ bytes/)).toBeVisible()
  await expect(app.getByText('Fits: no bytes left over.')).toBeVisible()
  await app.getByRole('button', { name: 'Message 2' }).click()
  await expect(app.getByRole('button', { name: 'Message 2' })).toHaveAttribute('aria-pressed', 'true')
  for (const colorScheme of ['dark', 'light'] as const) {
    await app.emulateMedia({ colorScheme })
    await expect(app.locator('html')).toHaveAttribute('data-theme', colorScheme)
    expect(await serious(app), colorScheme).toEqual([])
  }
  await app.getByRole('radio', { name: /^Fixed length/ }).check()
  await app.getByRole('textbox', { name: 'Bytes of a message' }).fill('100')
  await expect(app.getByText('Read 100 bytes, that is one message.')).toBeVisible()
  await expect(app.getByText(/\d+ coalesced segments/)).toBeVisible()
})
