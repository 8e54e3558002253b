// Display filters: Wireshark's language over dissected packets.
export { compileFilter } from './compile'
export type { Filter, FilterOptions } from './compile'
export { parseFilter } from './parser'
export { printFilter } from './print'
