// What would let this user capture on this system, as exact commands. The rights go to dumpcap or to a copy of Node that runs the capture helper
// alone, never to the program with the window.
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { LiveBackendState, LiveDiagnosis } from '../../shared/contract'
import { findDumpcap } from '../capture-helper/dumpcap-backend'
import { CAPABLE_NODE } from './helper-link'

type Remedy = LiveDiagnosis['remedies'][number]

/** What the remedies depend on. */
export interface System {
  readonly platform: string
  readonly user: string
  /** Path of dumpcap, or undefined. */
  readonly dumpcap: string | undefined
  /** The Node that runs the helper, or undefined where the program carries its own, which must not get rights. */
  readonly node: string | undefined
  /** The system's package manager, as far as it is known. */
  readonly packages: 'apt-get' | 'dnf' | 'pacman' | 'zypper' | 'apk' | undefined
}

const MANAGERS = ['apt-get', 'dnf', 'pacman', 'zypper', 'apk'] as const

/** This system. `node`: as in System. */
export function thisSystem(node: string | undefined): System {
  return {
    platform: process.platform,
    user: userName(),
    dumpcap: findDumpcap(),
    node,
    packages: MANAGERS.find((name) => ['/usr/bin', '/bin', '/sbin', '/usr/sbin'].some((folder) => existsSync(`${folder}/${name}`))),
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry in the user database.
    return process.env['USER'] ?? ''
  }
}

const INSTALL: Readonly<Record<NonNullable<System['packages']>, { readonly libpcap: string; readonly dumpcap: string }>> = {
  'apt-get': { libpcap: 'sudo apt-get install libpcap0.8', dumpcap: 'sudo apt-get install wireshark-common' },
  dnf: { libpcap: 'sudo dnf install libpcap', dumpcap: 'sudo dnf install wireshark-cli' },
  pacman: { libpcap: 'sudo pacman -S libpcap', dumpcap: 'sudo pacman -S wireshark-cli' },
  zypper: { libpcap: 'sudo zypper install libpcap1', dumpcap: 'sudo zypper install wireshark' },
  apk: { libpcap: 'sudo apk add libpcap', dumpcap: 'sudo apk add wireshark-common' },
}

/** What can be done, best first. */
export function remediesFor(backends: readonly LiveBackendState[], system: System): Remedy[] {
  const libpcap = backends.find((one) => one.name === 'libpcap')
  const hasLibrary = libpcap !== undefined && libpcap.version !== null
  switch (system.platform) {
    case 'win32':
      return hasLibrary
        ? [{ id: 'start-npcap', commands: ['sc.exe query npcap', 'net start npcap'] }]
        : [{ id: 'install-npcap', commands: ['start https://npcap.com/#download'] }]
    case 'darwin':
      return [{ id: 'chmod-bpf', commands: bpfCommands(system.user) }]
    default:
      return linuxRemedies(hasLibrary, system)
  }
}

function linuxRemedies(hasLibrary: boolean, system: System): Remedy[] {
  const { dumpcap, node, packages } = system
  const remedies: Remedy[] = []
  if (dumpcap !== undefined) remedies.push({ id: 'dumpcap-group', commands: dumpcapCommands(dumpcap, system.user) })
  if (hasLibrary && node !== undefined) remedies.push({ id: 'helper-capability', commands: helperCommands(node, system.user) })
  if (!hasLibrary && packages !== undefined) remedies.push({ id: 'install-libpcap', commands: [INSTALL[packages].libpcap] })
  if (dumpcap === undefined && packages !== undefined) {
    remedies.push({
      id: 'install-dumpcap',
      commands: [INSTALL[packages].dumpcap, ...dumpcapCommands('/usr/bin/dumpcap', system.user)],
    })
  }
  return remedies
}

function dumpcapCommands(dumpcap: string, user: string): string[] {
  return [
    'sudo groupadd --system --force wireshark',
    `sudo chgrp wireshark ${quoted(dumpcap)}`,
    `sudo chmod 750 ${quoted(dumpcap)}`,
    `sudo setcap cap_net_raw,cap_net_admin+eip ${quoted(dumpcap)}`,
    `sudo usermod --append --groups wireshark ${quoted(user)}`,
  ]
}

function helperCommands(node: string, user: string): string[] {
  return [
    'sudo groupadd --system --force wireglass',
    `sudo install -D --group=wireglass --mode=750 ${quoted(node)} ${CAPABLE_NODE}`,
    `sudo setcap cap_net_raw,cap_net_admin+ep ${CAPABLE_NODE}`,
    `sudo usermod --append --groups wireglass ${quoted(user)}`,
  ]
}

function bpfCommands(user: string): string[] {
  return ['brew install --cask wireshark-chmodbpf', `sudo dseditgroup -q -o edit -a ${quoted(user)} -t user access_bpf`, 'ls -l /dev/bpf*']
}

/** A word of a shell's command line. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
