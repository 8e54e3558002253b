import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startEngine } from '../../../support/engine-harness'

const folder = path.resolve(import.meta.dirname, '../../../captures/tls')
const capture = readFileSync(path.join(folder, 'tls12-rsa-cbc.pcap'))
const keyLog = readFileSync(path.join(folder, 'tls12-rsa-cbc.keylog'), 'utf8')
const settings = (keyLogFile: string, privateKeyFiles: string[] = []) => JSON.stringify({ keyLogFile, privateKeyFiles })

async function decrypted(engine: ReturnType<typeof startEngine>, captureId: number): Promise<[boolean, string]> {
  const { connections } = await engine.client.call('tls.connections', { captureId, text: '', first: 0, count: 1 })
  return [connections[0]?.decrypted ?? false, connections[0]?.reason ?? '']
}

it('pasted lines decrypt what is open, until they are forgotten', async () => {
  const engine = startEngine()
  engine.files.set('/x/a.pcap', capture)
  const { captureId } = await engine.open('/x/a.pcap')
  expect(await decrypted(engine, captureId)).toEqual([false, 'no-key-log'])
  const { pasted } = await engine.client.call('keys.paste', { text: `${keyLog}\nno secret\n` })
  expect(pasted).toEqual({ secrets: 2, badLines: 1 })
  await engine.client.call('capture.redissect', {})
  expect(await decrypted(engine, captureId)).toEqual([true, 'none'])
  // the decrypted bytes are a tab of their own
  const frames = await engine.client.call('tls.connection', { captureId, stream: 0 })
  const data = frames.connection?.application.client?.frame ?? 0
  const packet = await engine.client.call('packet.get', { captureId, number: data, resolveNames: false })
  expect(packet.sources.map(({ name }) => name)).toContain('Decrypted TLS')
  await engine.client.call('keys.paste', { text: '' })
  await engine.client.call('capture.redissect', {})
  expect(await decrypted(engine, captureId)).toEqual([false, 'no-key-log'])
})

it('what stands behind the secrets of a log (a shell’s line continuation, a comment) is passed over, as in tshark', async () => {
  const engine = startEngine()
  engine.files.set('/x/a.pcap', capture)
  const { captureId } = await engine.open('/x/a.pcap')
  const { pasted } = await engine.client.call('keys.paste', { text: keyLog.replace(/\n/g, '\\\n').replace('\\', ' # first') })
  expect(pasted).toEqual({ secrets: 2, badLines: 0 })
  await engine.client.call('capture.redissect', {})
  expect(await decrypted(engine, captureId)).toEqual([true, 'none'])
})

it('a key log file is read, watched while it grows, and told of when it cannot be read', async () => {
  const engine = startEngine({ documents: { 'settings.json': settings('/k/missing.log') } })
  engine.files.set('/x/a.pcap', capture)
  const { captureId } = await engine.open('/x/a.pcap')
  expect((await engine.client.call('keys.status', {})).keyLog).toMatchObject({
    path: '/k/missing.log',
    secrets: 0,
    problem: expect.stringContaining('missing.log') as unknown,
  })
  let told = 0
  engine.client.on('keys.changed', () => {
    told++
  })
  engine.keyFiles.set('/k/missing.log', keyLog)
  engine.keyFileChanged('/k/missing.log')
  await engine.client.call('capture.redissect', {})
  expect(told).toBe(1)
  expect(await decrypted(engine, captureId)).toEqual([true, 'none'])
  engine.keyFileChanged('/k/missing.log')
  await engine.client.call('keys.status', {})
  expect(told).toBe(1)
})

it('a file without a private key is told apart from one with', async () => {
  const engine = startEngine({ documents: { 'settings.json': settings('', ['/k/a.pem', '/k/b.pem']) } })
  engine.keyFiles.set('/k/a.pem', '-----BEGIN PRIVATE KEY-----\n')
  engine.keyFiles.set('/k/b.pem', 'nothing')
  const { privateKeys, keyLog: log } = await engine.client.call('keys.status', {})
  expect(log).toBeNull()
  expect(privateKeys.map(({ secrets, badLines, problem }) => [secrets, badLines, problem])).toEqual([
    [1, 0, ''],
    [0, 1, ''],
  ])
})

it('keys of the capture’s own connections are written into the saved file when that is asked for, and no others', async () => {
  const engine = startEngine()
  engine.files.set('/x/a.pcap', capture)
  const { captureId } = await engine.open('/x/a.pcap')
  expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ hasSecrets: false, usesKeys: false })
  await engine.client.call('keys.paste', { text: `${keyLog}\nCLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n` })
  await engine.client.call('capture.redissect', {})
  expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ hasSecrets: false, usesKeys: true })
  const save = async (path: string, keepSecrets: boolean, of = captureId) => {
    await engine.client.call('capture.save', {
      ...{ captureId: of, path, keepSecrets, format: 'pcapng', scope: { what: 'all' }, keepComments: true, overwrite: false },
    })
    const bytes = engine.saved.get(path) ?? new Uint8Array(0)
    engine.files.set(path, bytes)
    return Buffer.from(bytes).toString('latin1')
  }
  expect(await save('/x/without.pcapng', false)).not.toContain('CLIENT_RANDOM')
  const text = await save('/x/with.pcapng', true)
  expect(text).toContain('CLIENT_RANDOM')
  expect(text).not.toContain('abababab')
  // what the file holds already is not written twice
  const again = await engine.open('/x/with.pcapng')
  expect(await save('/x/again.pcapng', true, again.captureId)).toBe(text)
  await engine.client.call('keys.paste', { text: '' })
  await engine.client.call('capture.redissect', {})
  expect(await decrypted(engine, captureId)).toEqual([false, 'no-key-log'])
  expect(await decrypted(engine, again.captureId)).toEqual([true, 'none'])
})
