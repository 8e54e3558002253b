// Names of a ring's files, as tshark makes them: name_00001_20261126115900.pcapng.
import { basename, dirname, extname, join } from 'node:path'

/** The path of file `number` (from 1) that is begun at `time`, local time of day. */
export function ringFileName(path: string, number: number, time: Date): string {
  const extension = extname(path)
  const stem = basename(path, extension)
  const two = (value: number): string => String(value).padStart(2, '0')
  const stamp = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`
  return join(dirname(path), `${stem}_${String(number).padStart(5, '0')}_${stamp}${extension}`)
}
