// Programs that are started to be recorded: a browser or a command with SSLKEYLOGFILE set, and a capture that runs before them.
import { z } from 'zod'
import { LiveCapture, LiveRequest } from './live'
import { CaptureInfo } from './schemas'

/** A browser of this machine. */
export const InstalledBrowser = z.object({ id: z.string(), name: z.string() })
export type InstalledBrowser = z.infer<typeof InstalledBrowser>

/** What is to be started. */
export const RecordedProgram = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('browser'),
    /** As program.browsers names it. */
    id: z.string().min(1).max(100),
    /** Page to open, '' for none. An address only: what begins with a dash would be an option of the browser. */
    address: z
      .string()
      .max(4096)
      .regex(/^(https?:\/\/\S+)?$/),
  }),
  /** A line for the system's shell. */
  z.object({ kind: z.literal('command'), line: z.string().min(1).max(10_000) }),
])
export type RecordedProgram = z.infer<typeof RecordedProgram>

/** Methods about programs. */
export const PROGRAM_METHODS = {
  /** Browsers that heed SSLKEYLOGFILE; empty where none is found. */
  'program.browsers': { params: z.object({}), result: z.object({ browsers: z.array(InstalledBrowser) }) },
  /**
   * Starts the capture, then the program with a key log that decrypts what is open. The capture ends with the program. `keyLog` is the log's path.
   * Error program/not-started.
   */
  'program.record': {
    params: z.object({ program: RecordedProgram, request: LiveRequest }),
    result: z.object({ live: LiveCapture, info: CaptureInfo, keyLog: z.string() }),
  },
} as const

/** Events about programs. */
export const PROGRAM_EVENTS = {
  /** A recorded program has ended. `status` is null after a signal; `said` is the end of what it wrote to standard error. */
  'program.ended': z.object({ captureId: z.number(), status: z.number().nullable(), said: z.string(), secrets: z.number() }),
} as const
