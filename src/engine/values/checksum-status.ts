/** Names of the values of every *.checksum.status field. */
export const CHECKSUM_STATUS: Readonly<Record<number, string>> = { 0: 'Bad', 1: 'Good', 2: 'Unverified', 3: 'Not present', 4: 'Illegal' }
/** Status codes by name. */
export const CHECKSUM = { bad: 0, good: 1, unverified: 2, notPresent: 3, illegal: 4 } as const
/** Options of a status field: computed, shown as a word without its number. */
export const CHECKSUM_STATUS_FIELD = { generated: true, base: 'custom', values: CHECKSUM_STATUS, format: (value: number) => CHECKSUM_STATUS[value] ?? 'Unknown' } as const
