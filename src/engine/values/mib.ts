// Names of standard management objects by object identifier: MIB-2 (RFC 1213 and its successors RFC 3418, 2863, 4293, 4022, 4113), the host resources
// MIB (RFC 2790) in part, and the counters and traps of SNMP itself.

/** Module, and names of the objects below an identifier by their last number; '' skips one. */
type Group = readonly [oid: string, module: string, names: readonly string[]]

const GROUPS: readonly Group[] = [
  ['1.3.6.1.2.1', 'SNMPv2-SMI', ['', 'system', 'interfaces', 'at', 'ip', 'icmp', 'tcp', 'udp', 'egp', '', 'transmission', 'snmp']],
  ['1.3.6.1.2.1.1', 'SNMPv2-MIB', ['', 'sysDescr', 'sysObjectID', 'sysUpTime', 'sysContact', 'sysName', 'sysLocation', 'sysServices', 'sysORLastChange', 'sysORTable']],
  ['1.3.6.1.2.1.1.9.1', 'SNMPv2-MIB', ['', 'sysORIndex', 'sysORID', 'sysORDescr', 'sysORUpTime']],
  ['1.3.6.1.2.1.2', 'IF-MIB', ['', 'ifNumber', 'ifTable']],
  [
    '1.3.6.1.2.1.2.2.1',
    'IF-MIB',
    ['', 'ifIndex', 'ifDescr', 'ifType', 'ifMtu', 'ifSpeed', 'ifPhysAddress', 'ifAdminStatus', 'ifOperStatus', 'ifLastChange', 'ifInOctets', 'ifInUcastPkts', 'ifInNUcastPkts', 'ifInDiscards', 'ifInErrors', 'ifInUnknownProtos', 'ifOutOctets', 'ifOutUcastPkts', 'ifOutNUcastPkts', 'ifOutDiscards', 'ifOutErrors', 'ifOutQLen', 'ifSpecific'],
  ],
  ['1.3.6.1.2.1.3.1.1', 'RFC1213-MIB', ['', 'atIfIndex', 'atPhysAddress', 'atNetAddress']],
  [
    '1.3.6.1.2.1.4',
    'IP-MIB',
    ['', 'ipForwarding', 'ipDefaultTTL', 'ipInReceives', 'ipInHdrErrors', 'ipInAddrErrors', 'ipForwDatagrams', 'ipInUnknownProtos', 'ipInDiscards', 'ipInDelivers', 'ipOutRequests', 'ipOutDiscards', 'ipOutNoRoutes', 'ipReasmTimeout', 'ipReasmReqds', 'ipReasmOKs', 'ipReasmFails', 'ipFragOKs', 'ipFragFails', 'ipFragCreates', 'ipAddrTable', 'ipRouteTable', 'ipNetToMediaTable', 'ipRoutingDiscards'],
  ],
  ['1.3.6.1.2.1.4.20.1', 'IP-MIB', ['', 'ipAdEntAddr', 'ipAdEntIfIndex', 'ipAdEntNetMask', 'ipAdEntBcastAddr', 'ipAdEntReasmMaxSize']],
  ['1.3.6.1.2.1.4.21.1', 'RFC1213-MIB', ['', 'ipRouteDest', 'ipRouteIfIndex', 'ipRouteMetric1', 'ipRouteMetric2', 'ipRouteMetric3', 'ipRouteMetric4', 'ipRouteNextHop', 'ipRouteType', 'ipRouteProto', 'ipRouteAge', 'ipRouteMask', 'ipRouteMetric5', 'ipRouteInfo']],
  ['1.3.6.1.2.1.4.22.1', 'IP-MIB', ['', 'ipNetToMediaIfIndex', 'ipNetToMediaPhysAddress', 'ipNetToMediaNetAddress', 'ipNetToMediaType']],
  [
    '1.3.6.1.2.1.5',
    'IP-MIB',
    ['', 'icmpInMsgs', 'icmpInErrors', 'icmpInDestUnreachs', 'icmpInTimeExcds', 'icmpInParmProbs', 'icmpInSrcQuenchs', 'icmpInRedirects', 'icmpInEchos', 'icmpInEchoReps', 'icmpInTimestamps', 'icmpInTimestampReps', 'icmpInAddrMasks', 'icmpInAddrMaskReps', 'icmpOutMsgs', 'icmpOutErrors', 'icmpOutDestUnreachs', 'icmpOutTimeExcds', 'icmpOutParmProbs', 'icmpOutSrcQuenchs', 'icmpOutRedirects', 'icmpOutEchos', 'icmpOutEchoReps', 'icmpOutTimestamps', 'icmpOutTimestampReps', 'icmpOutAddrMasks', 'icmpOutAddrMaskReps'],
  ],
  ['1.3.6.1.2.1.6', 'TCP-MIB', ['', 'tcpRtoAlgorithm', 'tcpRtoMin', 'tcpRtoMax', 'tcpMaxConn', 'tcpActiveOpens', 'tcpPassiveOpens', 'tcpAttemptFails', 'tcpEstabResets', 'tcpCurrEstab', 'tcpInSegs', 'tcpOutSegs', 'tcpRetransSegs', 'tcpConnTable', 'tcpInErrs', 'tcpOutRsts']],
  ['1.3.6.1.2.1.6.13.1', 'TCP-MIB', ['', 'tcpConnState', 'tcpConnLocalAddress', 'tcpConnLocalPort', 'tcpConnRemAddress', 'tcpConnRemPort']],
  ['1.3.6.1.2.1.7', 'UDP-MIB', ['', 'udpInDatagrams', 'udpNoPorts', 'udpInErrors', 'udpOutDatagrams', 'udpTable']],
  ['1.3.6.1.2.1.7.5.1', 'UDP-MIB', ['', 'udpLocalAddress', 'udpLocalPort']],
  ['1.3.6.1.2.1.8', 'RFC1213-MIB', ['', 'egpInMsgs', 'egpInErrors', 'egpOutMsgs', 'egpOutErrors', 'egpNeighTable', 'egpAs']],
  [
    '1.3.6.1.2.1.11',
    'SNMPv2-MIB',
    ['', 'snmpInPkts', 'snmpOutPkts', 'snmpInBadVersions', 'snmpInBadCommunityNames', 'snmpInBadCommunityUses', 'snmpInASNParseErrs', '', 'snmpInTooBigs', 'snmpInNoSuchNames', 'snmpInBadValues', 'snmpInReadOnlys', 'snmpInGenErrs', 'snmpInTotalReqVars', 'snmpInTotalSetVars', 'snmpInGetRequests', 'snmpInGetNexts', 'snmpInSetRequests', 'snmpInGetResponses', 'snmpInTraps', 'snmpOutTooBigs', 'snmpOutNoSuchNames', 'snmpOutBadValues', '', 'snmpOutGenErrs', 'snmpOutGetRequests', 'snmpOutGetNexts', 'snmpOutSetRequests', 'snmpOutGetResponses', 'snmpOutTraps', 'snmpEnableAuthenTraps', 'snmpSilentDrops', 'snmpProxyDrops'],
  ],
  ['1.3.6.1.2.1.17.1', 'BRIDGE-MIB', ['', 'dot1dBaseBridgeAddress', 'dot1dBaseNumPorts', 'dot1dBaseType', 'dot1dBasePortTable']],
  ['1.3.6.1.2.1.25.1', 'HOST-RESOURCES-MIB', ['', 'hrSystemUptime', 'hrSystemDate', 'hrSystemInitialLoadDevice', 'hrSystemInitialLoadParameters', 'hrSystemNumUsers', 'hrSystemProcesses', 'hrSystemMaxProcesses']],
  ['1.3.6.1.2.1.25.2', 'HOST-RESOURCES-MIB', ['', 'hrStorageTypes', 'hrMemorySize', 'hrStorageTable']],
  ['1.3.6.1.2.1.25.2.3.1', 'HOST-RESOURCES-MIB', ['', 'hrStorageIndex', 'hrStorageType', 'hrStorageDescr', 'hrStorageAllocationUnits', 'hrStorageSize', 'hrStorageUsed', 'hrStorageAllocationFailures']],
  ['1.3.6.1.2.1.25.3.3.1', 'HOST-RESOURCES-MIB', ['', 'hrProcessorFrwID', 'hrProcessorLoad']],
  [
    '1.3.6.1.2.1.31.1.1.1',
    'IF-MIB',
    ['', 'ifName', 'ifInMulticastPkts', 'ifInBroadcastPkts', 'ifOutMulticastPkts', 'ifOutBroadcastPkts', 'ifHCInOctets', 'ifHCInUcastPkts', 'ifHCInMulticastPkts', 'ifHCInBroadcastPkts', 'ifHCOutOctets', 'ifHCOutUcastPkts', 'ifHCOutMulticastPkts', 'ifHCOutBroadcastPkts', 'ifLinkUpDownTrapEnable', 'ifHighSpeed', 'ifPromiscuousMode', 'ifConnectorPresent', 'ifAlias', 'ifCounterDiscontinuityTime'],
  ],
  ['1.3.6.1.6.3.1.1.4', 'SNMPv2-MIB', ['', 'snmpTrapOID', '', 'snmpTrapEnterprise']],
  ['1.3.6.1.6.3.1.1.5', 'SNMPv2-MIB', ['', 'coldStart', 'warmStart', 'linkDown', 'linkUp', 'authenticationFailure', 'egpNeighborLoss']],
  ['1.3.6.1.6.3.15.1.1', 'SNMP-USER-BASED-SM-MIB', ['', 'usmStatsUnsupportedSecLevels', 'usmStatsNotInTimeWindows', 'usmStatsUnknownUserNames', 'usmStatsUnknownEngineIDs', 'usmStatsWrongDigests', 'usmStatsDecryptionErrors']],
  ['1.3.6.1.6.3.18.1', 'SNMP-COMMUNITY-MIB', ['', '', '', 'snmpTrapAddress', 'snmpTrapCommunity']],
]

const NAMES = new Map<string, string>()
for (const [oid, module, names] of GROUPS) {
  names.forEach((name, last) => {
    if (name) NAMES.set(`${oid}.${last}`, `${module}::${name}`)
  })
}
/** Longest known identifier, in numbers. */
const LONGEST = 12

/** "SNMPv2-MIB::sysDescr.0" of a dotted object identifier; undefined where no object above it is known. */
export function managedObjectName(oid: string): string | undefined {
  const numbers = oid.split('.', LONGEST)
  for (let used = numbers.length; used > 6; used--) {
    const prefix = numbers.slice(0, used).join('.'),
      name = NAMES.get(prefix)
    if (name !== undefined) return name + oid.slice(prefix.length)
  }
  return undefined
}
