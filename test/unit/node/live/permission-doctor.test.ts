import { describe, expect, it } from 'vitest'
import { remediesFor, type System } from '../../../../src/node/live/permission-doctor'
import type { LiveBackendState } from '../../../../src/shared/contract'

const LINUX: System = { platform: 'linux', user: 'ada', dumpcap: '/usr/bin/dumpcap', node: '/usr/bin/node', packages: 'apt-get' }
const backend = (version: string | null): LiveBackendState[] => [{ name: 'libpcap', version, permitted: false, problem: null }]
const ids = (version: string | null, system: Partial<System>): string[] =>
  remediesFor(backend(version), { ...LINUX, ...system }).map(({ id }) => id)

describe('the permission doctor', () => {
  it('gives rights to dumpcap first, then to the helper, never to the program itself', () => {
    expect(ids('1.10.3', {})).toEqual(['dumpcap-group', 'helper-capability'])
    // The desktop carries its own Node.
    expect(ids('1.10.3', { node: undefined })).toEqual(['dumpcap-group'])
    const commands = remediesFor(backend('1.10.3'), LINUX).flatMap((one) => one.commands)
    expect(commands).toContain('sudo setcap cap_net_raw,cap_net_admin+eip /usr/bin/dumpcap')
    expect(commands).toContain('sudo usermod --append --groups wireshark ada')
    for (const command of commands) expect(command).not.toMatch(/setcap .*(electron|\/usr\/bin\/node)/)
  })

  it('installs what is missing with the system’s own package manager', () => {
    expect(ids(null, { dumpcap: undefined })).toEqual(['install-libpcap', 'install-dumpcap'])
    const found = remediesFor(backend(null), { ...LINUX, dumpcap: undefined, packages: 'dnf' })
    expect(found[0]?.commands).toEqual(['sudo dnf install libpcap'])
  })

  it('knows ChmodBPF and Npcap', () => {
    expect(ids('1.10.1', { platform: 'darwin' })).toEqual(['chmod-bpf'])
    expect(ids(null, { platform: 'win32' })).toEqual(['install-npcap'])
    expect(ids('1.7', { platform: 'win32' })).toEqual(['start-npcap'])
  })

  it('quotes what a shell would take apart', () => {
    const [first] = remediesFor(backend('1'), { ...LINUX, user: "o'neil", dumpcap: '/opt/my tools/dumpcap' })
    expect(first?.commands).toContain(`sudo usermod --append --groups wireshark 'o'\\''neil'`)
    expect(first?.commands).toContain(`sudo chmod 750 '/opt/my tools/dumpcap'`)
  })
})
