import { describe, expect, it } from 'vitest'
import { ListScroller } from '../../../../src/renderer/model/list-scroller'

/** An element that keeps whole pixels only, as browsers may. */
function element(): { scrollTop: number } {
  let value = 0
  return {
    get scrollTop() {
      return value
    },
    set scrollTop(next: number) {
      value = Math.round(next)
    },
  }
}

function longList(): { scroller: ListScroller; view: { scrollTop: number } } {
  const scroller = new ListScroller()
  const view = element()
  scroller.attach(view)
  scroller.resize(10_000_000, 22, 700)
  return { scroller, view }
}

describe('ListScroller', () => {
  it('keeps the exact row in ten million although the element rounds', () => {
    const { scroller, view } = longList()
    scroller.scrollTo(5_000_000 * 22)
    scroller.scrolled()
    expect(scroller.top / 22).toBe(5_000_000)
    scroller.scrollTo(scroller.top + 22)
    scroller.scrolled()
    expect(scroller.top / 22).toBe(5_000_001)
    expect(view.scrollTop).toBeLessThan(8_000_000)
  })

  it('follows the thumb, and knows the direction', () => {
    const { scroller, view } = longList()
    view.scrollTop = 4_000_000
    scroller.scrolled()
    expect(scroller.top).toBeGreaterThan(100_000_000)
    expect(scroller.position.get().direction).toBe(1)
    view.scrollTop = 10
    scroller.scrolled()
    expect(scroller.position.get().direction).toBe(-1)
  })

  it('shows the last rows at the end, and stays within the list', () => {
    const { scroller } = longList()
    scroller.scrollTo(Number.MAX_SAFE_INTEGER)
    expect(scroller.top).toBe(10_000_000 * 22 - 700)
  })

  it('keeps its place while the list grows and moves back when it shrinks', () => {
    const { scroller } = longList()
    scroller.scrollTo(2200)
    scroller.resize(20_000_000, 22, 700)
    expect(scroller.top).toBe(2200)
    scroller.resize(40, 22, 700)
    expect(scroller.top).toBe(180)
  })

  it('gives a newly attached element the place where the list was', () => {
    const { scroller } = longList()
    scroller.resize(1000, 22, 700)
    scroller.scrollTo(4400)
    const other = element()
    scroller.attach(other)
    expect(other.scrollTop).toBe(4400)
  })
})
