// Recording a program: the capture runs first, the program's key log is among the keys before the first packet, and the capture ends after the program.
import { TraceError } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import type { ServiceContext } from './context'
import type { KeyRing } from './key-ring'
import type { Live } from './live'
import type { ProgramsPort } from './programs-port'

/** The last packets are still on their way when a program ends. */
const LINGER_MS = 400

/** Methods that start programs. */
export function programMethods(
  context: ServiceContext,
  live: Live,
  keys: KeyRing,
): Pick<ServiceMethods, Extract<keyof ServiceMethods, `program.${string}`>> {
  const port = (): ProgramsPort => {
    const { programs } = context.ports
    if (programs === undefined) throw new TraceError('host/unsupported', 'This host cannot start programs.')
    return programs
  }
  return {
    'program.browsers': async () => ({ browsers: [...((await context.ports.programs?.browsers()) ?? [])] }),
    'program.record': async ({ program, request }) => {
      const programs = port()
      const keyLog = programs.newKeyLog()
      keys.watchAlso(keyLog)
      const { answer, stop } = await live.startOwned(request)
      try {
        await programs.start(program, keyLog, ({ status, said }) => {
          context.ports.scheduler.after(LINGER_MS, () => {
            void stop().then(() => {
              keys.refresh()
              context.emit('program.ended', { captureId: answer.info.captureId, status, said, secrets: keys.secretsOf(keyLog) })
            })
          })
        })
      } catch (error) {
        await stop()
        throw error
      }
      return { ...answer, keyLog }
    },
  }
}
