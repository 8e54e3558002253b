// Display filters: Wireshark's language over dissected packets.
export { checkFilter } from './check'
export { compileFilter, compileKnown } from './compile'
export type { Filter, FilterOptions } from './compile'
export { completeFilter } from './complete'
export type { Completions, CompletionSource } from './complete'
export type { FilterMacro } from './macros'
export { parseFilter } from './parser'
export { printFilter } from './print'
