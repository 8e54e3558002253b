// Scroll position of a very long list, outside React: keeps the position in list pixels exact, and the scrolled element in step with it.
import { scrollScale, type ScrollScale } from './scroll-scale'
import { createStore } from './store'

/** The part of an element that scrolling needs; a fake one does for tests. */
export interface ScrolledElement {
  scrollTop: number
}

/** Where the list is: pixels above the view, and the direction of the last movement (for prefetching). */
export interface ScrollPosition {
  readonly top: number
  readonly direction: -1 | 0 | 1
}

const LAST_ROWS_MS = 400

/** Position of one list; lives as long as the list's data, so that showing it again returns to the same place. */
export class ListScroller {
  readonly position = createStore<ScrollPosition>({ top: 0, direction: 0 })
  /** Whether the end of the list stays on screen as it grows. Scrolling back ends it, scrolling to the end begins it again. */
  readonly following = createStore(false)
  private growing = false
  private lastRows: ReturnType<typeof setTimeout> | undefined
  private element: ScrolledElement | null = null
  /** What scrollTop became when it was last set from here; its scroll event must not round the exact position. */
  private expected = -1
  private current: ScrollScale = scrollScale(0, 1, 0)

  /** Conversion in force. */
  get scale(): ScrollScale {
    return this.current
  }

  /** Pixels of the list above the view. */
  get top(): number {
    return this.position.get().top
  }

  /** Connects the element that is scrolled; the returned function lets it go. */
  attach(element: ScrolledElement): () => void {
    this.element = element
    this.push()
    return () => {
      if (this.element === element) this.element = null
    }
  }

  /** Takes another number of rows, row height or viewport; the position stays, within the new limits. */
  resize(rowCount: number, rowHeight: number, viewport: number): void {
    if (viewport <= 0) return
    this.current = scrollScale(rowCount, rowHeight, viewport)
    this.move(this.following.get() ? this.current.maxTop : this.current.clamp(this.top))
    this.push()
  }

  /** Goes to a position in list pixels. */
  scrollTo(top: number): void {
    const target = this.current.clamp(top)
    this.judge(target)
    this.move(target)
    this.push()
  }

  /** The element was scrolled: by the user, or by us (then there is nothing to do). */
  scrolled(): void {
    if (this.element === null || Math.abs(this.element.scrollTop - this.expected) < 1) return
    this.expected = -1
    const target = this.current.toList(this.element.scrollTop)
    this.judge(target)
    this.move(target)
  }

  /** Says whether the list is one that grows at its end, as a running capture does. */
  grow(on: boolean): void {
    if (this.growing === on) return
    this.growing = on
    clearTimeout(this.lastRows)
    // The last rows are drawn a moment after it is known that no more will come.
    if (!on) this.lastRows = setTimeout(() => this.following.set(false), LAST_ROWS_MS)
  }

  /** Keeps the end on screen from now on, or stops doing so. */
  follow(on: boolean): void {
    this.following.set(on && this.growing)
    if (!this.following.get()) return
    this.move(this.current.maxTop)
    this.push()
  }

  /** A movement that somebody wanted: backwards is for reading, to the end is for what comes. */
  private judge(target: number): void {
    if (target < this.top - 0.5) this.following.set(false)
    else if (this.growing && target >= this.current.maxTop - 0.5) this.following.set(true)
  }

  private move(top: number): void {
    const before = this.top
    if (top !== before) this.position.set({ top, direction: top > before ? 1 : -1 })
  }

  private push(): void {
    if (this.element === null) return
    this.element.scrollTop = this.current.toElement(this.top)
    this.expected = this.element.scrollTop
  }
}
