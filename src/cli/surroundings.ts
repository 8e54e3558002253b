import type { Output } from './output'

/** What the command line runs in. */
export interface Surroundings {
  readonly out: Output
  /** A message for standard error. */
  readonly complain: (message: string) => void
  readonly version: string
  /** Folder of the built program, where the programs of other threads are; undefined where there is none (a test runs the source). */
  readonly folder?: string | undefined
}
