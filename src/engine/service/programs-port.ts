// What the engine needs of its host to start programs. The adapter for Node is src/node/programs.
import type { InstalledBrowser, RecordedProgram } from '../../shared/contract'

/** How a program ended: its exit status (null after a signal), and the end of what it wrote to standard error. */
export interface ProgramEnd {
  readonly status: number | null
  readonly said: string
}

/** Programs of the machine. Every call rejects with TraceError. */
export interface ProgramsPort {
  browsers(): Promise<readonly InstalledBrowser[]>
  /** An empty file, readable by the user alone, that a program will log its keys to. */
  newKeyLog(): string
  /** Resolves once the program runs. `ended` is called once, and not where it could not be started. */
  start(program: RecordedProgram, keyLog: string, ended: (end: ProgramEnd) => void): Promise<void>
}
