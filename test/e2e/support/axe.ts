// Accessibility of what is on screen, as axe sees it.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Violations that keep somebody from using the page, as text. */
export async function serious(page: Page, within?: string): Promise<string[]> {
  // Colours are measured at rest: nothing fades in or out any more.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((item) => item.effect?.getTiming().iterations !== Infinity)
        .map((item) => item.finished.catch(() => undefined)),
    ),
  )
  // A colour rule's own colours are the user's, or Wireshark's.
  // There are no frames, so nothing is to be joined in a page of its own; what passes is not described.
  const axe = new AxeBuilder({ page })
    .exclude('.cr-swatch')
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations
    .filter((item) => item.impact === 'serious' || item.impact === 'critical')
    .map((item) => `${item.id}: ${item.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('; ')}`)
}
