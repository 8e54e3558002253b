// React's door to the application.
import { createContext, useContext } from 'react'
import type { CaptureInfo } from '../../shared/contract'
import type { CaptureSession } from '../model/capture-session'
import type { Settings } from '../model/settings'
import { useSelected, useStore } from '../model/store'
import type { App } from './app-model'

/** Provided by the root; null only outside it. */
export const AppContext = createContext<App | null>(null)

/** The application: client, captures, active capture, settings, dialogs, toasts. */
export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('useApp outside the application root')
  return app
}

/** The capture whose tab is in front, or null. */
export function useActiveSession(): CaptureSession | null {
  return useStore(useApp().active)
}

/** One setting; renders again when it changes. */
export function useSetting<K extends keyof Settings>(key: K): Settings[K] {
  return useSelected(useApp().settings, (settings) => settings[key])
}

/** A part of a capture's info; renders again only when the part changes. */
export function useInfo<S>(session: CaptureSession, select: (info: CaptureInfo) => S): S {
  return useSelected(session.info, select)
}
