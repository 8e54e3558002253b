// Marks of a graph: many are one path, so a mark is clicked where that path has it.
import type { Locator } from '@playwright/test'

/** Clicks the highest mark of the graph's first series that looks like that; a line just after it. */
export async function clickMark(graph: Locator, look: 'dot' | 'tick' | 'step'): Promise<void> {
  const path = graph.locator(`.gr-${look}[d^=M]`).first()
  const origin = await path.evaluate((element) => {
    const matrix = element instanceof SVGPathElement ? element.getScreenCTM() : null
    return { x: matrix?.e ?? 0, y: matrix?.f ?? 0 }
  })
  let [x, highest] = [0, { x: 0, y: Infinity }]
  for (const [, command, first = '', second = ''] of ((await path.getAttribute('d')) ?? '').matchAll(/([MHV])([-\d.]+)(?: ([-\d.]+))?/g)) {
    if (command !== 'V') x = Number(first)
    const y = command === 'H' ? Infinity : Number(command === 'M' ? second : first)
    if (y < highest.y) highest = { x, y }
  }
  await graph.page().mouse.click(origin.x + highest.x + (look === 'step' ? 1 : 0), origin.y + highest.y)
}
