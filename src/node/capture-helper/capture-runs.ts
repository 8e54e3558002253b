// The helper's side of its messages, whatever carries them. It runs one capture at a time and ends it when the host goes away.
import { isTraceError } from '../../shared/errors'
import { CaptureProblem } from './backend'
import { backendStates } from './backends'
import { CaptureRun } from './capture-run'
import { checkFilter, interfaceCounters, linkTypes, listInterfaces } from './interfaces'
import type { CaptureEnd, CaptureRequest, HelperCall, HelperCalls, HelperMessage, HelperProblem, HelperQuestion } from './messages'

/** Serves questions; answers are given to `send`. */
export class Helper {
  private readonly send: (message: HelperMessage) => void
  private readonly onOpen: (request: CaptureRequest) => Promise<void>
  private run: CaptureRun | undefined

  /** `onOpen` is called once the interfaces of a capture are open. */
  constructor(send: (message: HelperMessage) => void, onOpen: (request: CaptureRequest) => Promise<void> = () => Promise.resolve()) {
    this.send = send
    this.onOpen = onOpen
  }

  /** Takes one question. */
  async ask({ id, call, params }: HelperQuestion): Promise<void> {
    try {
      // The host is ours and its questions are typed; a value of a page was checked by the service.
      const answer = this.answers[call] as (given: unknown) => Promise<unknown>
      this.send({ type: 'answer', id, result: await answer(params) })
    } catch (error) {
      this.send({ type: 'failed', id, problem: problemOf(error) })
    }
  }

  /** Ends the capture, if any, with its file closed. */
  async close(): Promise<void> {
    await this.run?.end()
  }

  private readonly answers: { readonly [C in HelperCall]: (params: HelperCalls[C]['params']) => Promise<HelperCalls[C]['result']> } = {
    interfaces: () => listInterfaces(),
    counters: async () => interfaceCounters(),
    linkTypes: ({ name, monitor }) => linkTypes(name, monitor),
    checkFilter: async ({ filter, linkType }) => ({ problem: await checkFilter(filter, linkType) }),
    backends: async () => backendStates(await probe()),
    start: async (request) => {
      await this.close()
      const run = await CaptureRun.start(request, this.send)
      this.run = run
      await this.onOpen(request)
      return { backend: run.backend, kernelTimes: run.kernelTimes }
    },
    stop: async (): Promise<CaptureEnd> => {
      const end = await this.run?.end()
      if (end === undefined) throw new CaptureProblem('live/unsupported', 'No capture is running.')
      return end
    },
  }
}

/** The interface on which permission is tried: a loopback is there everywhere and disturbs nobody. */
async function probe(): Promise<string> {
  const all = await listInterfaces()
  return (all.find((one) => one.loopback) ?? all[0])?.name ?? 'lo'
}

function problemOf(error: unknown): HelperProblem {
  if (error instanceof CaptureProblem) return error.problem
  if (isTraceError(error)) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
