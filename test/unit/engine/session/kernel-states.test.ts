// The states that are worked out from packets, against the kernel's own transitions of the same connections.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandLine } from '../../../support/command-line'

const folder = path.resolve(import.meta.dirname, '../../../captures/tcp-kernel-states')

interface Step {
  readonly time: number
  readonly endpoint: string
  readonly from: string
  readonly to: string
  readonly rule?: string
}
interface Stream {
  readonly stream: number
  readonly transitions: readonly Step[]
}

/** States that a list of transitions passes through, by endpoint and connection, without TIME-WAIT's end and what Linux does not trace. */
function passed(steps: readonly Step[]): string[] {
  return steps.map((step) => step.to).filter((state) => state !== 'LISTEN')
}

/** The kernel's transitions by endpoint; an active opener's first event comes before it has a port. TIME-WAIT is traced as CLOSED, and so is a reset. */
function kernelEnds(steps: readonly Step[], resets: boolean): Map<string, Step[][]> {
  const ends = new Map<string, Step[][]>(),
    opening = new Map<string, Step>()
  for (const step of steps) {
    const host = step.endpoint.replace(/:\d+$/, '')
    if (step.endpoint.endsWith(':0')) {
      opening.set(host, step)
      continue
    }
    const all = ends.get(step.endpoint) ?? []
    ends.set(step.endpoint, all)
    const last = all.at(-1)
    const first = opening.get(host)
    if (last === undefined || /CLOSED|TIME-WAIT/.test(last.at(-1)?.to ?? '')) all.push(step.from === 'SYN-SENT' && first ? [first] : [])
    if (step.from === 'SYN-SENT') opening.delete(host)
    const closing = !resets && step.to === 'CLOSED' && (step.from === 'FIN-WAIT-2' || step.from === 'CLOSING')
    all.at(-1)?.push(closing ? { ...step, to: 'TIME-WAIT' } : step)
  }
  return ends
}

describe('TCP states worked out from packets', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.truth.json'))) {
    const scenario = name.replace('.truth.json', '')
    test(`agree with the kernel: ${scenario}`, async () => {
      const truth = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { transitions: Step[] }
      const { stdout } = await commandLine('states', path.join(folder, `${scenario}.pcap`), '--json')
      const streams = JSON.parse(stdout) as Stream[],
        resets = /sent-reset|reset-arrived/.test(stdout)
      const ours = new Map<string, string[][]>()
      for (const { transitions } of streams)
        for (const endpoint of new Set(transitions.map((one) => one.endpoint))) {
          const states = passed(transitions.filter((one) => one.endpoint === endpoint))
          ours.set(endpoint, [...(ours.get(endpoint) ?? []), states])
        }
      for (const [endpoint, connections] of kernelEnds(truth.transitions, resets)) {
        const wanted = connections.map((steps) => passed(steps))
        expect({ endpoint, states: ours.get(endpoint) }).toEqual({ endpoint, states: wanted })
      }
    })
  }
})

describe('when a socket was closed is told as the kernel has it', () => {
  /** One way's delay in these recordings, a fifth of it, and the recorder's own 5 ms. */
  const tolerance = 0.017
  test.each([
    ['server-window', 'fin-held-back', '10.77.0.1'],
    ['lost-fin-ack', 'linux-time-wait-socket', '10.77.0.1'],
    ['fin-overtakes', 'linux-time-wait-socket', '10.77.0.2'],
    ['data-after-close', 'linux-time-wait-socket', '10.77.0.2'],
  ])('%s: %s of %s', async (scenario, rule, host) => {
    const truth = JSON.parse(readFileSync(path.join(folder, `${scenario}.truth.json`), 'utf8')) as { transitions: Step[] }
    const { stdout } = await commandLine('states', path.join(folder, `${scenario}.pcap`), '--json')
    const [stream] = JSON.parse(stdout) as [Stream]
    const ours = stream.transitions.filter((one) => one.rule === rule),
      kernel = truth.transitions.filter((one) => one.endpoint.startsWith(`${host}:`) && one.from === ours[0]?.from)
    expect(ours.map((one) => one.endpoint)).toEqual(kernel.map((one) => one.endpoint))
    expect(Math.abs((ours[0]?.time ?? NaN) - (kernel[0]?.time ?? NaN))).toBeLessThan(tolerance)
  })
})
