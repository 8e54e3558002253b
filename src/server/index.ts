// The browser host: serves the page and the engine to the browser of the person at this machine, and to nobody else.
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { parseArguments, USAGE } from './arguments'
import { openBrowser } from './browser'
import { createEngineHost } from './engine-host'
import { startHttpServer, type HttpServer } from './http-server'

/** Runs the host until a signal ends it; answers the exit status when it cannot start. */
async function main(args: readonly string[]): Promise<void> {
  const wanted = parseArguments(args)
  if (typeof wanted === 'string') {
    const asked = wanted === ''
    ;(asked ? process.stdout : process.stderr).write(asked ? `${USAGE}\n` : `${wanted}\n${USAGE}\n`)
    process.exitCode = asked ? 0 : 1
    return
  }

  const here = dirname(fileURLToPath(import.meta.url))
  let server: HttpServer | undefined
  const engine = createEngineHost({
    files: wanted.files.map((file) => (file === '-' ? file : resolve(file))),
    start: (data) => new Worker(join(here, 'engine-worker.js'), { workerData: data, stdin: false }),
    onCrash: (reason) => process.stderr.write(`wireglass: the engine stopped: ${reason}\n`),
  })
  const stop = (): void => {
    void Promise.all([engine.close(), server?.close()]).finally(() => process.exit(0))
  }

  try {
    server = await startHttpServer({
      root: join(here, '..', 'renderer'),
      port: wanted.port,
      onPage: (page) => {
        engine.attach(page)
      },
    })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    process.stderr.write(
      taken
        ? `Port ${wanted.port} of 127.0.0.1 is in use. Choose another with --port, or leave it out.\n`
        : `Cannot listen: ${String(error)}\n`,
    )
    await engine.close()
    process.exitCode = 1
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.stdout.write(`${server.url}\n`)
  if (wanted.open) openBrowser(server.launchLink())
}

await main(process.argv.slice(2))
