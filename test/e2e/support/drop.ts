// Dropping files on the window, as a file manager does.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** Drops a file under a name. */
export async function dropFile(page: Page, file: string, name: string): Promise<void> {
  await dropBytes(page, readFileSync(file), name)
}

/** Drops bytes as a file. */
export async function dropBytes(page: Page, bytes: Buffer, name: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ base64, fileName }) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], fileName))
      return data
    },
    { base64: bytes.toString('base64'), fileName: name },
  )
  await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer })
  await transfer.dispose()
}
