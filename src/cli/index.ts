// The entry of the terminal host: out/cli/program.script, which scripts/cli-launcher.cjs runs.
import { main } from './main'
import { Output } from './output'

/** Put in by the build. */
declare const __APP_VERSION__: string | undefined

/** Runs with arguments (without node and script), printing to the standard streams, and answers the exit status. */
export function start(args: readonly string[]): Promise<number> {
  return main(args, {
    folder: __dirname,
    out: new Output(1),
    complain: (message) => {
      process.stderr.write(`wireglass: ${message}\n`)
    },
    version: typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'development',
  })
}
