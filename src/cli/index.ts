// The entry of the terminal host.
import { main } from './main'
import { Output } from './output'

/** Put in by the build. */
declare const __APP_VERSION__: string | undefined

const status = await main(process.argv.slice(2), {
  out: new Output(1),
  complain: (message) => {
    process.stderr.write(`wireglass: ${message}\n`)
  },
  version: typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'development',
})
// exit at once: a source that still arrives (standard input) would keep the process alive
process.exit(status)
