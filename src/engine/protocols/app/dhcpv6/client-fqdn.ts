// The client's domain name and who updates DNS for it (RFC 4704).
import type { Decoder } from '../../../dissect/define'
import type { Dhcpv6Fields } from './fields'
import { domainNames } from './names'

const SERVER = 0x01,
  OVERRIDDEN = 0x02,
  NO_UPDATE = 0x04
/** Solicit, Request, Renew, Rebind of clients. */
const FROM_CLIENTS = new Set([1, 3, 5, 6])
/** Advertise, Reply of servers. */
const FROM_SERVERS = new Set([2, 7])

/** Reads the option's contents from d.at to `end` in a message of this type. */
export function clientFqdn(d: Decoder, f: Dhcpv6Fields, end: number, type: number): void {
  const fromServer = FROM_SERVERS.has(type)
  if (!fromServer && !FROM_CLIENTS.has(type)) {
    d.note(d.at, end, 'No message of this type carries this option')
    d.expert(f['dhcpv6.bad_msgtype'], d.at, end, '', d.last)
    return
  }
  const { at } = d,
    flags = d.u8(f['dhcpv6.client_fqdn_flags'])
  if (d.labels) d.appendLabel(`  [${updates(flags, fromServer)}]`)
  const outer = d.enter()
  if (fromServer) {
    d.bits(f['dhcpv6.clientfqdn.server.n'], at, at + 1, flags)
    d.bits(f['dhcpv6.clientfqdn.server.o'], at, at + 1, flags)
    d.bits(f['dhcpv6.clientfqdn.server.s'], at, at + 1, flags)
  } else {
    d.bits(f['dhcpv6.clientfqdn.client.n'], at, at + 1, flags)
    d.bits(f['dhcpv6.clientfqdn.client.s'], at, at + 1, flags)
  }
  d.leave(outer)
  if (d.at === end) d.note(d.at, d.at, 'No name: the client asks the server for one')
  else domainNames(d, f, f['dhcpv6.client_domain'], end)
}

function updates(flags: number, fromServer: boolean): string {
  const server = fromServer ? 'server updates' : 'client wants the server to update'
  if (flags & NO_UPDATE) return fromServer ? 'server updates nothing' : 'client wants no updates by the server'
  if (flags & SERVER) return `${server} AAAA and PTR records${flags & OVERRIDDEN ? ', against the client’s wish' : ''}`
  return `${server} the PTR record, client updates AAAA`
}
