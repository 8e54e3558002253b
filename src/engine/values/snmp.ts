// SNMP (RFC 1157, 3416, 3412, 3411): versions, messages, errors, security models, engine identifiers.

/** Versions as messages carry them. */
export const SNMP_VERSIONS: Readonly<Record<number, string>> = { 0: 'version-1', 1: 'v2c', 2: 'v2u', 3: 'snmpv3' }
/** Messages by the context tag of their PDU. */
export const SNMP_PDUS: readonly string[] = [
  'get-request',
  'get-next-request',
  'get-response',
  'set-request',
  'trap',
  'getBulkRequest',
  'informRequest',
  'snmpV2-trap',
  'report',
]
/** Error status of a response. */
export const SNMP_ERRORS: Readonly<Record<number, string>> = {
  0: 'noError',
  1: 'tooBig',
  2: 'noSuchName',
  3: 'badValue',
  4: 'readOnly',
  5: 'genErr',
  6: 'noAccess',
  7: 'wrongType',
  8: 'wrongLength',
  9: 'wrongEncoding',
  10: 'wrongValue',
  11: 'noCreation',
  12: 'inconsistentValue',
  13: 'resourceUnavailable',
  14: 'commitFailed',
  15: 'undoFailed',
  16: 'authorizationError',
  17: 'notWritable',
  18: 'inconsistentName',
}
/** What a version 1 trap reports. */
export const SNMP_TRAPS: Readonly<Record<number, string>> = {
  0: 'coldStart',
  1: 'warmStart',
  2: 'linkDown',
  3: 'linkUp',
  4: 'authenticationFailure',
  5: 'egpNeighborLoss',
  6: 'enterpriseSpecific',
}
/** Security models of version 3. */
export const SNMP_SECURITY_MODELS: Readonly<Record<number, string>> = { 0: 'Any', 1: 'V1', 2: 'V2C', 3: 'USM' }
/** Formats of engine identifiers; 6 to 127 are reserved, above them enterprises define their own. */
export function engineIdFormat(format: number): string {
  const names: Readonly<Record<number, string>> = {
    1: 'IPv4 address',
    2: 'IPv6 address',
    3: 'MAC address',
    4: 'Text, administratively assigned',
    5: 'Octets, administratively assigned',
  }
  return names[format] ?? 'Reserved/Enterprise-specific'
}
