// Names of DNS numbers after IANA's "Domain Name System (DNS) Parameters" and the RFCs that define each record.

/** Mnemonic and description of a resource record type. */
type TypeName = readonly [mnemonic: string, description?: string]

const TYPES: Readonly<Record<number, TypeName>> = {
  0: ['Unused'], 1: ['A', 'Host Address'], 2: ['NS', 'authoritative Name Server'], 3: ['MD', 'Mail Destination'], 4: ['MF', 'Mail Forwarder'],
  5: ['CNAME', 'Canonical NAME for an alias'], 6: ['SOA', 'Start Of a zone of Authority'], 7: ['MB', 'MailBox domain name'], 8: ['MG', 'Mail Group member'],
  9: ['MR', 'Mail Rename domain'], 10: ['NULL'], 11: ['WKS', 'Well Known Service'], 12: ['PTR', 'domain name PoinTeR'], 13: ['HINFO', 'host information'],
  14: ['MINFO', 'Mailbox or mail list information'], 15: ['MX', 'Mail eXchange'], 16: ['TXT', 'Text strings'], 17: ['RP', 'Responsible Person'],
  18: ['AFSDB', 'AFS Data Base location'], 19: ['X25', 'X.25 PSDN address'], 20: ['ISDN', 'ISDN address'], 21: ['RT', 'Route Through'], 22: ['NSAP', 'NSAP address'],
  23: ['NSAP-PTR', 'NSAP domain name pointer'], 24: ['SIG', 'security signature'], 25: ['KEY', 'security key'], 26: ['PX', 'X.400 mail mapping information'],
  27: ['GPOS', 'Geographical Position'], 28: ['AAAA', 'IPv6 Address'], 29: ['LOC', 'Location Information'], 30: ['NXT', 'Next Domain'], 31: ['EID', 'Endpoint Identifier'],
  32: ['NIMLOC', 'Nimrod Locator'], 33: ['SRV', 'Server Selection'], 34: ['ATMA', 'ATM Address'], 35: ['NAPTR', 'Naming Authority Pointer'], 36: ['KX', 'Key Exchanger'],
  37: ['CERT'], 38: ['A6', 'OBSOLETE - use AAAA'], 39: ['DNAME'], 40: ['SINK'], 41: ['OPT'], 42: ['APL'], 43: ['DS', 'Delegation Signer'], 44: ['SSHFP', 'SSH Key Fingerprint'],
  45: ['IPSECKEY'], 46: ['RRSIG', 'Resource Record Signature'], 47: ['NSEC', 'Next Secure'], 48: ['DNSKEY', 'DNS Public Key'], 49: ['DHCID'], 50: ['NSEC3'], 51: ['NSEC3PARAM'],
  52: ['TLSA'], 53: ['SMIMEA'], 55: ['HIP', 'Host Identity Protocol'], 56: ['NINFO'], 57: ['RKEY'], 58: ['TALINK', 'Trust Anchor LINK'], 59: ['CDS', 'Child DS'],
  60: ['CDNSKEY', 'DNSKEY(s) the Child wants reflected in DS'], 61: ['OPENPGPKEY', 'OpenPGP Key'], 62: ['CSYNC', 'Child-to-Parent Synchronization'], 63: ['ZONEMD'],
  64: ['SVCB', 'General Purpose Service Endpoints'], 65: ['HTTPS', 'HTTPS Specific Service Endpoints'], 99: ['SPF'], 100: ['UINFO'], 101: ['UID'], 102: ['GID'], 103: ['UNSPEC'],
  104: ['NID', 'NodeID'], 105: ['L32', 'Locator32'], 106: ['L64', 'Locator64'], 107: ['LP', 'Locator FQDN'], 108: ['EUI48'], 109: ['EUI64'], 249: ['TKEY', 'Transaction Key'],
  250: ['TSIG', 'Transaction Signature'], 251: ['IXFR', 'incremental transfer'], 252: ['AXFR', 'transfer of an entire zone'], 253: ['MAILB', 'mailbox-related RRs'],
  254: ['MAILA', 'mail agent RRs'], 255: ['ANY'], 256: ['URI'], 257: ['CAA', 'Certification Authority Restriction'], 258: ['AVC'], 259: ['DOA'], 260: ['AMTRELAY'],
  32768: ['TA', 'DNSSEC Trust Authorities'], 32769: ['DLV', 'DNSSEC Lookaside Validation'], 65281: ['WINS'], 65282: ['WINS-R'], 65422: ['XPF']
}

/** Mnemonic of a record type, as in the Info column: "AAAA", "Unknown (54)". */
export function dnsTypeMnemonic(type: number): string {
  return TYPES[type]?.[0] ?? `Unknown (${type})`
}

/** Mnemonic and meaning of a record type: "AAAA (IPv6 Address)"; undefined for numbers without a name. */
export function dnsTypeName(type: number): string | undefined {
  if (type === 255) return '* (A request for all records the server/cache has available)'
  if (type === 10) return 'NULL RR'
  const name = TYPES[type]
  return name && (name[1] === undefined ? name[0] : `${name[0]} (${name[1]})`)
}

export const DNS_CLASSES: Readonly<Record<number, string>> = { 1: 'IN', 2: 'CS', 3: 'CH', 4: 'HS', 254: 'NONE', 255: 'ANY' }

export const DNS_OPCODES: Readonly<Record<number, string>> = {
  0: 'Standard query', 1: 'Inverse query', 2: 'Server status request', 4: 'Zone change notification', 5: 'Dynamic update', 6: 'DNS Stateful operations (DSO)'
}

export const DNS_RCODES: Readonly<Record<number, string>> = {
  0: 'No error', 1: 'Format error', 2: 'Server failure', 3: 'No such name', 4: 'Not implemented', 5: 'Refused', 6: 'Name exists', 7: 'RRset exists',
  8: 'RRset does not exist', 9: 'Not authoritative', 10: 'Name out of zone', 11: 'DSO-Type not implemented', 16: 'Bad OPT Version or TSIG Signature Failure',
  17: 'Key not recognized', 18: 'Signature out of time window', 19: 'Bad TKEY Mode', 20: 'Duplicate key name', 21: 'Algorithm not supported', 22: 'Bad Truncation',
  23: 'Bad/missing Server Cookie'
}

/** DNSSEC algorithms (RFC 8624, IANA "DNS Security Algorithm Numbers"). */
export const DNSSEC_ALGORITHMS: Readonly<Record<number, string>> = {
  1: 'RSA/MD5', 2: 'Diffie-Hellman', 3: 'DSA', 4: 'Elliptic curve crypto', 5: 'RSA/SHA1', 6: 'DSA + NSEC3/SHA1', 7: 'RSA/SHA1 + NSEC3/SHA1', 8: 'RSA/SHA-256',
  10: 'RSA/SHA-512', 12: 'GOST R 34.10-2001', 13: 'ECDSA Curve P-256 with SHA-256', 14: 'ECDSA Curve P-384 with SHA-384', 15: 'Ed25519', 16: 'Ed448', 157: 'HMAC/MD5',
  252: 'Indirect key', 253: 'Private, domain name', 254: 'Private, OID'
}

export const DS_DIGESTS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'SHA-1', 2: 'SHA-256', 3: 'GOST R 34.11-94', 4: 'SHA-384' }
export const NSEC3_HASHES: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'SHA-1' }
export const ADDRESS_FAMILIES: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6' }

/** EDNS0 option codes (RFC 6891 and IANA's registry). */
export const EDNS_OPTIONS: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'LLQ - Long-lived query', 2: 'UL - Update lease', 3: 'NSID - Name Server Identifier', 4: 'Owner (reserved)', 5: 'DAU - DNSSEC Algorithm Understood (RFC6975)',
  6: 'DHU - DS Hash Understood (RFC6975)', 7: 'N3U - NSEC3 Hash Understood (RFC6975)', 8: 'CSUBNET - Client subnet', 9: 'EDNS EXPIRE (RFC7314)', 10: 'COOKIE',
  11: 'EDNS TCP Keepalive', 12: 'PADDING', 13: 'CHAIN', 14: 'KEY-TAG (RFC8145)', 15: 'Extended DNS Error', 16: 'Client tag', 17: 'Server tag', 18: 'Report-Channel (RFC9567)'
}

/** Extended DNS error info codes (RFC 8914). */
export const EXTENDED_ERRORS: Readonly<Record<number, string>> = {
  0: 'Other Error', 1: 'Unsupported DNSKEY Algorithm', 2: 'Unsupported DS Digest Type', 3: 'Stale Answer', 4: 'Forged Answer', 5: 'DNSSEC Indeterminate', 6: 'DNSSEC Bogus',
  7: 'Signature Expired', 8: 'Signature Not Yet Valid', 9: 'DNSKEY Missing', 10: 'RRSIGs Missing', 11: 'No Zone Key Bit Set', 12: 'NSEC Missing', 13: 'Cached Error',
  14: 'Not Ready', 15: 'Blocked', 16: 'Censored', 17: 'Filtered', 18: 'Prohibited', 19: 'Stale NXDomain Answer', 20: 'Not Authoritative', 21: 'Not Supported',
  22: 'No Reachable Authority', 23: 'Network Error', 24: 'Invalid Data', 25: 'Signature Expired before Valid', 26: 'Too Early', 27: 'Unsupported NSEC3 Iterations Value',
  28: 'Unable to conform to policy', 29: 'Synthesized'
}

/** Service parameter keys of SVCB and HTTPS records (RFC 9460). */
export const SVC_PARAMS: Readonly<Record<number, string>> = {
  0: 'mandatory', 1: 'alpn', 2: 'no-default-alpn', 3: 'port', 4: 'ipv4hint', 5: 'echconfig', 6: 'ipv6hint', 32769: 'odohconfig', 65535: 'key65535'
}

export const CERT_TYPES: Readonly<Record<number, string>> = {
  1: 'PKIX', 2: 'SPKI', 3: 'PGP', 4: 'IPKIX', 5: 'ISPKI', 6: 'IPGP', 7: 'ACPKIX', 8: 'IACPKIX', 253: 'URI', 254: 'OID', 255: 'Reserved'
}
export const IPSECKEY_GATEWAYS: Readonly<Record<number, string>> = { 0: 'No Gateway', 1: 'IPv4 Gateway', 2: 'IPv6 Gateway', 3: 'DNS Gateway' }
export const IPSECKEY_ALGORITHMS: Readonly<Record<number, string>> = { 1: 'DSA', 2: 'RSA' }
export const HIP_ALGORITHMS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'DSA', 2: 'RSA' }
export const SSHFP_ALGORITHMS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'RSA', 2: 'DSS', 3: 'ECDSA', 4: 'Ed25519', 6: 'Ed448' }
export const SSHFP_FINGERPRINTS: Readonly<Record<number, string>> = { 0: 'Reserved', 1: 'SHA1', 2: 'SHA256' }
export const TLSA_USAGES: Readonly<Record<number, string>> = {
  0: 'CA constraint (PKIX-TA)', 1: 'Service certificate constraint (PKIX-EE)', 2: 'Trust anchor assertion (DANE-TA)', 3: 'Domain-issued certificate (DANE-EE)',
  255: 'Private use (PrivCert)'
}
export const TLSA_SELECTORS: Readonly<Record<number, string>> = { 0: 'Full certificate (Cert)', 1: 'SubjectPublicKeyInfo (SPKI)', 255: 'Private use (PrivSel)' }
export const TLSA_MATCHING: Readonly<Record<number, string>> = {
  0: 'No Hash Used (Full)', 1: '256 bit hash by SHA2 (SHA2-256)', 2: '512 bit hash by SHA2 (SHA2-512)', 255: 'Private use (PrivMatch)'
}
export const TKEY_MODES: Readonly<Record<number, string>> = { 1: 'Server assigned', 2: 'Diffie Hellman', 3: 'GSSAPI', 4: 'Resolver assigned', 5: 'Key deletion' }
export const ZONEMD_HASHES: Readonly<Record<number, string>> = { 1: 'SHA-384', 2: 'SHA-512' }
export const ZONEMD_SCHEMES: Readonly<Record<number, string>> = { 1: 'SIMPLE' }
/** DNS Stateful Operations TLVs (RFC 8490, RFC 8765). */
export const DSO_TYPES: Readonly<Record<number, string>> = {
  1: 'Keep Alive', 2: 'Retry Delay', 3: 'Encryption Padding', 0x40: 'Subscribe', 0x41: 'Push', 0x42: 'Unsubscribe', 0x43: 'Reconfirm'
}
