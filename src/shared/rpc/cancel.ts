// Cancellation without a platform: an AbortSignal satisfies this interface, but AbortSignal is not part of the ES library.

/** Tells a long call to stop. `aborted` turns true once and stays so; listeners of 'abort' then run once. */
export interface Cancel {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** A Cancel with the switch that triggers it. */
export interface CancelSource {
  readonly cancel: Cancel
  /** Triggers it; a second call does nothing. Listeners run synchronously, and one that throws does not keep the others from running. */
  abort(): void
}

/** Makes a Cancel for code that has no AbortController. */
export function createCancelSource(): CancelSource {
  let aborted = false
  const listeners = new Set<() => void>()
  return {
    cancel: {
      get aborted() {
        return aborted
      },
      addEventListener(_type, listener) {
        listeners.add(listener)
      },
      removeEventListener(_type, listener) {
        listeners.delete(listener)
      },
    },
    abort() {
      if (aborted) return
      aborted = true
      const current = [...listeners]
      listeners.clear()
      for (const listener of current) {
        try {
          listener()
        } catch {
          // A listener only stops its own work; what it throws must not keep the other work running.
        }
      }
    },
  }
}
