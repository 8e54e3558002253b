// What Electron's main process and the engine's utility process say to each other. Packets never travel here: the page has a port of its own.
import type { HostCommand } from '../../shared/contract'

/** Main to engine. 'page' comes with the page's MessagePort, 'helper' with that of the capture helper that was asked for. */
export type ToEngine =
  | { readonly type: 'start'; readonly settings: EngineStart }
  | { readonly type: 'page' }
  | { readonly type: 'open'; readonly files: readonly string[] }
  | { readonly type: 'command'; readonly command: HostCommand }
  | { readonly type: 'dialog-result'; readonly id: number; readonly path: string | null }
  | { readonly type: 'helper'; readonly id: number }

/** What an engine process is started with. */
export interface EngineStart {
  readonly version: string
  readonly files: readonly string[]
  readonly samplesFolder: string
  /** Why an earlier engine ended, or ''. */
  readonly restartedAfter: string
}

/** Engine to main: asks for a native dialog, or for a capture helper. */
export type FromEngine =
  | { readonly type: 'open-dialog'; readonly id: number }
  | { readonly type: 'save-dialog'; readonly id: number; readonly suggestedName: string; readonly format: string }
  | { readonly type: 'start-helper'; readonly id: number }
