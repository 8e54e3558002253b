// Damaged and unusual capture files through the ports of a real host: each opens, as far as it can be read, or is refused with the reason.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createEngineService } from '../../../../src/engine/service'
import { createNodePorts } from '../../../../src/node/host/engine-ports'
import { createChannelPair } from '../../../../src/shared/rpc/channel-pair'
import { createClient, type EngineClient } from '../../../../src/shared/rpc/client'
import { serve } from '../../../../src/shared/rpc/dispatcher'
import { RpcError } from '../../../../src/shared/rpc/problem'
import { captureFiles } from '../../../support/corpus'

const folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
const node = createNodePorts({ kind: 'browser', version: 'test', samplesFolder: '', configFolder: folder })
const log: string[] = []
const service = createEngineService(node.ports)
const pair = createChannelPair()
serve(pair.server, service, {
  onLog: ({ method, error }) => log.push(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  checkResults: true,
})
const client: EngineClient = createClient(pair.client)

afterAll(() => {
  service.dispose()
  node.dispose()
  rmSync(folder, { recursive: true, force: true })
})

const ROWS = 40

async function readAll(path: string): Promise<string> {
  const { captureId } = await client.call('capture.open', { source: { kind: 'path', path } })
  for (;;) {
    const info = await client.call('capture.info', { captureId })
    if (info.state === 'complete') break
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const info = await client.call('capture.info', { captureId })
  const { rows } = await client.call('rows.get', {
    captureId,
    first: 0,
    count: 500,
    columns: ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info', 'field:frame.protocols'],
    time: { kind: 'relative', precision: 'auto' },
    resolveNames: true,
    colorize: true,
  })
  expect(rows).toHaveLength(Math.min(500, info.packets))
  for (const { number } of rows.slice(0, ROWS)) {
    const detail = await client.call('packet.get', { captureId, number, resolveNames: true })
    expect(detail.tree.map((row) => row.field)).not.toContain('_ws.malformed.dissector_bug')
    for (const row of detail.tree) {
      expect(row.start).toBeLessThanOrEqual(row.end)
      // Text of packets is never passed on as it came.
      expect(row.label).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }
  }
  await client.call('overview.get', { captureId, buckets: 100, fromNs: null, toNs: null })
  await client.call('capture.close', { captureId })
  return info.problem === null ? 'whole' : info.problem.message
}

describe.each(captureFiles('malformed', 'formats'))('%s', (path) => {
  it('opens or is refused with the reason', async () => {
    const outcome = await readAll(path).catch((error: unknown) => {
      if (!(error instanceof RpcError)) throw error
      return error
    })
    expect(log).toEqual([])
    if (outcome instanceof RpcError) expect([basename(path), outcome.code]).not.toEqual([basename(path), 'internal'])
    const text = outcome instanceof RpcError ? outcome.message : outcome
    expect(text.length).toBeGreaterThan(4)
  })
})
