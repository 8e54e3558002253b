// The smallest observable value that React can subscribe to. All state that more than one component needs lives in such stores.
import { useCallback, useRef, useSyncExternalStore } from 'react'

/** A value that can be read, replaced and watched. Listeners run synchronously after each change; setting an identical value is no change. */
export interface Store<T> extends Readable<T> {
  set(next: T | ((previous: T) => T)): void
}

/** The half of a store that reading and watching need. */
export interface Readable<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

/** Makes a store that holds `initial`. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      const result = typeof next === 'function' ? (next as (previous: T) => T)(value) : next
      if (Object.is(result, value)) return
      value = result
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** Sets some properties of a store that holds an object. */
export function patch<T extends object>(store: Store<T>, part: Partial<T>): void {
  store.set((previous) => ({ ...previous, ...part }))
}

/** The whole value of a store; renders again when it changes. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

/**
 * A part of a store's value; renders again only when the part changes. `equal` (default Object.is) keeps the previous part, so a selector may
 * build a fresh object if `equal` compares it by content.
 */
export function useSelected<T, S>(store: Readable<T>, select: (value: T) => S, equal: (a: S, b: S) => boolean = Object.is): S {
  const last = useRef<{ value: S } | null>(null)
  const snapshot = useCallback(() => {
    const next = select(store.get())
    // The cached part is what keeps useSyncExternalStore stable for selectors that build objects.
    if (last.current !== null && equal(last.current.value, next)) return last.current.value
    last.current = { value: next }
    return next
  }, [store, select, equal])
  return useSyncExternalStore(store.subscribe, snapshot)
}

/** Compares two objects property by property (one level). */
export function sameParts<T extends object>(a: T, b: T): boolean {
  if (a === b) return true
  const keysA = Object.keys(a) as (keyof T)[]
  return keysA.length === Object.keys(b).length && keysA.every((key) => Object.is(a[key], b[key]))
}
