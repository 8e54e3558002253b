// Names of Ethernet vendors by OUI (IEEE Registration Authority, MA-L). Set by the host when a table is at hand.

let table: ReadonlyMap<number, string> = new Map()

/** Provides the table. */
export function setVendors(vendors: ReadonlyMap<number, string>): void {
  table = vendors
}

/** Vendor of the first three bytes of a MAC address, or undefined. */
export function vendorName(oui: number): string | undefined {
  return table.get(oui)
}
