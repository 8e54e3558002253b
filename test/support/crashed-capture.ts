// Captures that somebody is killed in the middle of: brought into full swing, and looked at afterwards.
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import type { EngineClient } from '../../src/shared/rpc/client'
import { loopback, until } from './live-engine'
import { isGapless, sequenceIn } from './sequence'

const SENDER = resolve(import.meta.dirname, '../../scripts/bench/packet-sender.mjs')
const RATE = 20_000

/** A capture into `folder` with its sender, which the caller ends. */
export interface Swing {
  readonly captureId: number
  readonly path: string
  readonly sender: ChildProcess
}

/** Captures what a sender of 20,000 packets a second sends to a port of this test, and answers once there are packets in the file. */
export async function captureInFullSwing(client: EngineClient, folder: string, port: number): Promise<Swing> {
  const { info } = await client.call('live.start', loopback(`udp port ${port}`, { backend: 'libpcap' }))
  const sender = spawn(process.execPath, [SENDER, String(port), String(RATE), '8', '600'], { stdio: 'ignore' })
  const path = await until('packets arrive in the file', () => {
    const name = readdirSync(folder).find((one) => one.endsWith('.pcapng'))
    return name !== undefined && statSync(join(folder, name)).size > 5_000_000 && join(folder, name)
  })
  return { captureId: info.captureId, path, sender }
}

/** Processes of the capture helper that have a file open. */
export function helpersOf(path: string): number[] {
  const found = []
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('helper/index.js')) continue
      const open = readdirSync(`/proc/${name}/fd`).map((fd) => readlinkSync(`/proc/${name}/fd/${fd}`))
      if (open.includes(path)) found.push(Number(name))
    } catch {
      // It has ended meanwhile.
    }
  }
  return found
}

/** The engine offers the capture, and opening it gives every packet that the file held at the moment of the crash. */
export async function expectKept(client: EngineClient, path: string, sizeAtCrash: number): Promise<void> {
  const { spools } = await client.call('live.spools', {})
  expect(spools).toMatchObject([{ interfaces: ['lo'] }])
  const info = await client.call('live.recover', { id: spools[0]?.id ?? '' })
  const numbers = expectWhole(path, sizeAtCrash)
  await until('all packets are indexed', async () => {
    const { packets, dirty } = await client.call('capture.info', { captureId: info.captureId })
    return packets === numbers.length && dirty
  })
  // Nobody else is offered what is open here.
  expect((await client.call('live.spools', {})).spools).toEqual([])
}

/** The file has all that it had at the moment of the crash, without a gap; answers the numbers of its datagrams. */
export function expectWhole(path: string, sizeAtCrash: number): readonly number[] {
  const numbers = sequenceIn(path)
  expect(isGapless(numbers)).toBe(true)
  expect(numbers.length).toBeGreaterThanOrEqual(sequenceIn(path, sizeAtCrash).length)
  return numbers
}
