// Which of a process's arguments are captures to open.
import { isAbsolute, resolve } from 'node:path'

/**
 * The files among arguments, as absolute paths below `folder`. `skip` arguments at the front are the program itself (and, in development, its
 * folder). Chromium adds switches of its own to a second start, so everything that begins with '-' is left out, until '--'.
 */
export function fileArguments(args: readonly string[], skip: number, folder: string): string[] {
  const files: string[] = []
  let onlyFiles = false
  for (const argument of args.slice(skip)) {
    if (!onlyFiles && argument === '--') onlyFiles = true
    else if (argument !== '' && (onlyFiles || !argument.startsWith('-')))
      files.push(isAbsolute(argument) ? argument : resolve(folder, argument))
  }
  return files
}
