// Token colours for canvases, read from the document and read again when the theme changes.
import { useSyncExternalStore } from 'react'
import { PROTOCOL_CLASSES } from '../../../shared/contract'

let version = 0

function subscribe(listener: () => void): () => void {
  const onTheme = (): void => {
    version++
    listener()
  }
  window.addEventListener('wireglass-theme', onTheme)
  return () => {
    window.removeEventListener('wireglass-theme', onTheme)
  }
}

/** A number that changes with the theme; put it in the dependencies of an effect that draws. */
export function useThemeVersion(): number {
  return useSyncExternalStore(subscribe, () => version)
}

/** Value of a colour token. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** Colours of the protocol classes, in the order of PROTOCOL_CLASSES, and of problems. */
export function classColors(): { readonly classes: readonly string[]; readonly problem: string; readonly other: string } {
  return { classes: PROTOCOL_CLASSES.map((name) => token(`--p-${name}`)), problem: token('--p-err'), other: token('--p-other') }
}
