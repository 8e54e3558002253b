// Errors of the file system in words: what, which file, what to do.
import { isTraceError, TraceError, type ErrorCode } from '../../shared/errors'

const KNOWN: Readonly<Record<string, { code: ErrorCode; text: string }>> = {
  ENOENT: { code: 'io/not-found', text: 'There is no such file or folder. Check the name, or whether a disk is missing.' },
  ENOTDIR: { code: 'io/not-found', text: 'A part of the path is not a folder.' },
  EACCES: { code: 'io/permission', text: 'You are not allowed to. Change its permissions or choose another place.' },
  EPERM: { code: 'io/permission', text: 'The system does not allow it.' },
  EROFS: { code: 'io/permission', text: 'The disk is read-only. Choose another place.' },
  EISDIR: { code: 'io/is-directory', text: 'It is a folder, not a file.' },
  ENOSPC: { code: 'io/no-space', text: 'The disk is full. Free some space or choose another disk.' },
  EDQUOT: { code: 'io/no-space', text: 'Your quota is used up.' },
  EEXIST: { code: 'io/exists', text: 'It exists already.' },
  ENAMETOOLONG: { code: 'io/not-found', text: 'The name is too long.' },
  ELOOP: { code: 'io/not-found', text: 'Its symbolic links form a loop.' },
}

/** Turns what node:fs threw into an error for the user; a TraceError passes through. */
export function fileError(error: unknown, path: string, doing: 'read' | 'write'): TraceError {
  if (isTraceError(error)) return error
  const systemCode = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = KNOWN[systemCode]
  const verb = doing === 'read' ? 'read' : 'write'
  const text = known?.text ?? (error instanceof Error ? error.message : String(error))
  return new TraceError(
    known?.code ?? (doing === 'read' ? 'io/read' : 'io/write'),
    `Cannot ${verb} ${path}: ${text}`,
    { file: path },
    { cause: error },
  )
}
