// The interfaces of this machine, their counters, data link types, and the check of a capture filter.
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import type { InterfaceDescription, InterfaceRequest, LinkTypeDescription } from './messages'

const LOOPBACK = 1
const UP = 2
const WIRELESS = 8
const CONNECTION = 0x30
const CONNECTED = 0x10
const NOT_APPLICABLE = 0x30

/** All interfaces in libpcap's order; without libpcap those that the system names. */
export async function listInterfaces(): Promise<InterfaceDescription[]> {
  const addresses = networkInterfaces()
  const of = (name: string): string[] => (addresses[name] ?? []).map((one) => one.address)
  const pcap = await library()
  if (pcap === undefined) {
    return Object.entries(addresses).map(([name, list]) => ({
      name,
      description: '',
      addresses: of(name),
      loopback: list?.some((one) => one.internal) ?? false,
      wireless: false,
      up: true,
      connected: null,
    }))
  }
  return pcap.pcapDevices().map(({ name, description, flags }) => ({
    name,
    description,
    addresses: of(name),
    loopback: (flags & LOOPBACK) !== 0,
    wireless: (flags & WIRELESS) !== 0,
    up: (flags & UP) !== 0,
    connected:
      (flags & CONNECTION) === CONNECTED ? true : (flags & CONNECTION) === NOT_APPLICABLE || (flags & CONNECTION) === 0 ? null : false,
  }))
}

/** Packets in and out of each interface since it came up; only Linux tells cheaply. */
export function interfaceCounters(): Record<string, number> {
  const counts: Record<string, number> = {}
  if (process.platform !== 'linux') return counts
  for (const line of readFileSync('/proc/net/dev', 'utf8').split('\n')) {
    const [name, rest] = line.split(':')
    if (name === undefined || rest === undefined) continue
    const fields = rest.trim().split(/\s+/)
    // A loopback counts each packet on both ways.
    const inbound = Number(fields[1])
    counts[name.trim()] = name.trim() === 'lo' ? inbound : inbound + Number(fields[9])
  }
  return counts
}

/** Data link types of an interface. Rejects with CaptureProblem. */
export async function linkTypes(name: string, monitor: boolean): Promise<LinkTypeDescription[]> {
  const { datalinksOf, libpcap } = await import('./libpcap')
  const { openInterface } = await import('./libpcap-backend')
  const pcap = libpcap()
  const request: InterfaceRequest = { name, monitor, filter: '', promiscuous: false, snapLength: 262_144, bufferMiB: 2, linkType: '' }
  const handle = openInterface(pcap, request)
  try {
    return datalinksOf(handle).map((value) => ({
      name: pcap.nameOfDatalink(value) ?? `DLT ${value}`,
      description: pcap.describeDatalink(value) ?? '',
    }))
  } finally {
    pcap.close(handle)
  }
}

/** What libpcap's compiler says against a filter, or null. Without libpcap nothing is said: the back end will. */
export async function checkFilter(filter: string, linkType: string): Promise<string | null> {
  const pcap = await library()
  if (pcap === undefined || filter.trim() === '') return null
  const lib = pcap.libpcap()
  const value = linkType === '' ? 1 : lib.datalinkOfName(linkType)
  const handle = lib.openDead(value < 0 ? 1 : value, 262_144)
  try {
    return pcap.withFilter(handle, filter, () => undefined) ?? null
  } finally {
    lib.close(handle)
  }
}

async function library() {
  try {
    const pcap = await import('./libpcap')
    pcap.libpcap()
    return pcap
  } catch {
    // koffi has no binary for this system, or libpcap is not installed.
    return undefined
  }
}
