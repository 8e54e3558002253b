// The browser host's command line.

/** What the user asked for. */
export interface ServerArguments {
  /** 0 lets the system choose. */
  readonly port: number
  /** Open a browser where there is a display. */
  readonly open: boolean
  readonly files: readonly string[]
}

/** Shown for --help and after a wrong argument. */
export const USAGE = `Usage: wireglass-server [--port N] [--no-open] [FILE|-]...
  --port N     listen on this port of 127.0.0.1 (default: a free one)
  --no-open    only print the address, open no browser
  FILE         a capture to open; - reads standard input`

/** Reads the arguments; a string is what is wrong with them ('' asks for help). */
export function parseArguments(args: readonly string[]): ServerArguments | string {
  const files: string[] = []
  let port = 0
  let open = true
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? ''
    if (argument === '--') {
      files.push(...args.slice(index + 1))
      break
    }
    if (argument === '-' || !argument.startsWith('-')) files.push(argument)
    else if (argument === '--no-open') open = false
    else if (argument === '--help' || argument === '-h') return ''
    else if (argument === '--port' || argument.startsWith('--port=')) {
      const text = argument === '--port' ? (args[++index] ?? '') : argument.slice('--port='.length)
      port = Number(text)
      if (!/^\d+$/.test(text) || port > 65_535) return `--port needs a number from 0 to 65535, not "${text}".`
    } else return `Unknown option ${argument}.`
  }
  if (files.filter((file) => file === '-').length > 1) return 'Standard input (-) can be given only once.'
  return { port, open, files }
}
