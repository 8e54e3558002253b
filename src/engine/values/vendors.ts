// Names of Ethernet vendors by the first three bytes of an address (IEEE Registration Authority, MA-L).
import { VENDORS } from './vendors-data'

let table: Map<number, string> | undefined

/** Read when the first name is asked for, so that starting costs nothing. */
function load(): Map<number, string> {
  const vendors = new Map<number, string>()
  for (const line of VENDORS.split('\n')) {
    const tab = line.indexOf('\t'), name = line.slice(0, tab)
    let oui = 0
    for (const distance of line.slice(tab + 1).split(' ')) {
      oui += parseInt(distance, 36)
      vendors.set(oui, name)
    }
  }
  return vendors
}

/** Vendor of the first three bytes of a MAC address, or undefined. */
export function vendorName(oui: number): string | undefined {
  return (table ??= load()).get(oui)
}

/** Vendor of a MAC address whose vendor is known, as text. */
export function vendorOf(address: Uint8Array): string {
  return vendorName(((address[0] ?? 0) << 16) | ((address[1] ?? 0) << 8) | (address[2] ?? 0)) ?? ''
}
