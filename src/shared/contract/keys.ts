// Keys for decryption: which files hold them, and what was found in them. The paths are part of the user's settings; pasted lines are never stored.
import { z } from 'zod'

/** The part of the settings document that names files with keys. */
export const KeySettings = z.object({
  /** Key log, watched while it grows; '' for none. */
  keyLogFile: z.string().max(4096),
  /** RSA private keys in PEM. */
  privateKeyFiles: z.array(z.string().max(4096)).max(50),
})

/** A file with keys as it was read last. `problem` says why it could not be; '' for none. */
const KeyFile = z.object({ path: z.string(), secrets: z.number(), badLines: z.number(), problem: z.string() })

/** What keys there are. */
export const KeyStatus = z.object({
  keyLog: KeyFile.nullable(),
  privateKeys: z.array(KeyFile),
  pasted: z.object({ secrets: z.number(), badLines: z.number() }),
})
export type KeyStatus = z.infer<typeof KeyStatus>

/** Methods about keys. Captures use new keys once they are dissected anew (capture.redissect). */
export const KEY_METHODS = {
  /** Reads the files again and tells what is in them. */
  'keys.status': { params: z.object({}), result: KeyStatus },
  /** Key log lines that are used until the program ends; '' forgets them. */
  'keys.paste': { params: z.object({ text: z.string().max(16_000_000) }), result: KeyStatus },
} as const
