// The service of live capture over a host of the test, which says when what happens.
import { expect, it } from 'vitest'
import type { LiveListener, LivePort } from '../../../../src/engine/service'
import { startEngine } from '../../../support/engine-harness'
import { loopback } from '../../../support/live-engine'
import { arpRequest, pcapFile } from '../../../support/pcap-builder'

it('a ring that goes on in another file while it is stopped ends in that file', async () => {
  let listener: LiveListener | undefined
  const file = (number: number) => ({ path: `/ring_${number}`, name: `ring_${number}`, temporary: false, growing: true })
  const live: Partial<LivePort> = {
    start(_request, given) {
      listener = given
      return Promise.resolve({
        backend: 'libpcap',
        kernelTimes: true,
        file: file(1),
        stop() {
          // The helper's last packet began a file.
          listener?.file(file(2))
          listener?.ended({ packets: 3, bytes: 0, counters: [] }, undefined)
          return Promise.resolve()
        },
      })
    },
  }
  // Nothing else is asked of it.
  const engine = startEngine({ live: live as LivePort })
  engine.files.set('/ring_1', pcapFile([{ bytes: arpRequest(1, 2) }]))
  engine.files.set('/ring_2', pcapFile([{ bytes: arpRequest(1, 2) }, { bytes: arpRequest(3, 4) }]))
  await engine.client.call('live.start', loopback('', { path: '/ring', ring: { packets: 1 } }))
  const ended = await engine.client.call('live.stop', {})
  expect(ended).toMatchObject({ running: false, path: '/ring_2', packets: 3 })
  expect((await engine.client.call('live.state', {})).live).toMatchObject({ path: '/ring_2', captureId: ended.captureId })
  expect(await engine.client.call('capture.info', { captureId: ended.captureId })).toMatchObject({ path: '/ring_2' })
})
