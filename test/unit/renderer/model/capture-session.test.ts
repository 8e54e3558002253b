import { describe, expect, it } from 'vitest'
import { CaptureSession, cellOf } from '../../../../src/renderer/model/capture-session'
import { createSettings } from '../../../../src/renderer/model/settings'
import { connectEngine } from '../../../support/connect-engine'
import { createFakeEngine } from '../../../support/fake-engine/fake-engine'

async function openSession(packets = 423): Promise<{ session: CaptureSession; errors: unknown[] }> {
  const client = connectEngine(createFakeEngine({ captures: [{ name: 'a.pcap', packets, seconds: 5 }], open: 1 }))
  const errors: unknown[] = []
  const info = (await client.call('host.info', {})).opened[0]
  if (info === undefined) throw new Error('the fake engine opened nothing')
  const session = new CaptureSession(client, createSettings(client, {}), info, (error) => errors.push(error))
  client.on('capture.changed', (changed) => {
    session.update(changed)
  })
  return { session, errors }
}

async function until(condition: () => boolean): Promise<void> {
  for (let step = 0; step < 200 && !condition(); step++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(condition()).toBe(true)
}

describe('CaptureSession', () => {
  it('dissects the selected packet, and after a burst of selections only the last one', async () => {
    const { session } = await openSession()
    for (let row = 0; row < 40; row++) session.select(row)
    await until(() => session.detail.get().packet?.number === 40)
    expect(session.selection.get()).toMatchObject({ focus: 39, number: 40 })
  })

  it('keeps the selected packet when a filter hides others, and when it is removed', async () => {
    const { session } = await openSession()
    session.select(27)
    await session.applyFilter('http')
    const { focus, number } = session.selection.get()
    expect(number).toBe(28)
    expect(focus).toBeLessThan(27)
    await session.applyFilter('')
    expect(session.selection.get()).toMatchObject({ focus: 27, number: 28 })
  })

  it('leaves a selection alone that was made in the new list before the old one was found there', async () => {
    const { session } = await openSession()
    session.select(27)
    const stop = session.rows.subscribe(() => {
      stop()
      queueMicrotask(() => {
        session.select(0)
      })
    })
    await session.applyFilter('http')
    expect(session.selection.get().focus).toBe(0)
  })

  it('goes to the next shown packet when the wanted one is hidden', async () => {
    const { session } = await openSession()
    await session.applyFilter('arp')
    expect(await session.goTo(1)).toBe(false)
    await until(() => session.detail.get().packet?.protocol === 'ARP')
  })

  it('rejects a wrong filter and keeps the one in force', async () => {
    const { session } = await openSession()
    await session.applyFilter('dns')
    await expect(session.applyFilter('ip.addr == 1.2.3.4O')).rejects.toThrow('not a valid IPv4 address')
    expect([session.info.get().filter, session.filterRun.get()]).toEqual(['dns', null])
  })

  it('collects the numbers of a selection in a filtered list', async () => {
    const { session } = await openSession()
    await session.applyFilter('arp')
    session.select(1)
    session.select(3, 'extend')
    expect(await session.selectedNumbers()).toEqual([4, 23, 24])
  })

  it('reads rows under the columns of the settings', async () => {
    const { session, errors } = await openSession()
    session.rows.want(0, 20)
    await until(() => session.rows.row(7) !== undefined)
    const row = session.rows.row(7)
    expect(row === undefined ? [] : [cellOf(row, 'protocol'), cellOf(row, 'length'), cellOf(row, 'stream')]).toEqual(['HTTP', '508', ''])
    expect(errors).toEqual([])
  })

  it('sorts and finds the selected packet at its new row', async () => {
    const { session } = await openSession()
    session.select(0)
    await session.sortBy({ column: 'number', descending: true })
    expect(session.selection.get().focus).toBe(422)
  })
})
