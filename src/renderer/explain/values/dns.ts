// Values of DNS fields (IANA "Domain Name System Parameters").
import { value, type ValueTexts } from '../card'

/** Reply codes. */
export const dnsRcodes: ValueTexts = {
  '0': value('NoError', 'The query was answered; there may still be no record.', '查询已应答；但可能没有记录。', 'RFC 1035, 4.1.1'),
  '1': value('FormErr', 'The server did not understand the question.', '服务器无法理解询问的格式。', 'RFC 1035, 4.1.1'),
  '2': value(
    'ServFail',
    'The server failed: it could not reach others, or signatures were wrong.',
    '服务器失败：无法联系其他服务器，或签名有误。',
    'RFC 1035, 4.1.1',
  ),
  '3': value('NXDomain', 'The name does not exist.', '该名称不存在。', 'RFC 1035, 4.1.1'),
  '4': value('NotImp', 'The server does not support this kind of query.', '服务器不支持这种查询。', 'RFC 1035, 4.1.1'),
  '5': value('Refused', 'The server does not want to answer this client.', '服务器拒绝应答该客户端。', 'RFC 1035, 4.1.1'),
  '6': value('YXDomain', 'Update: the name exists though it should not.', '更新：名称本不应存在。', 'RFC 2136'),
  '7': value('YXRRSet', 'Update: the records exist though they should not.', '更新：记录本不应存在。', 'RFC 2136'),
  '8': value('NXRRSet', 'Update: the records should exist and do not.', '更新：应有的记录不存在。', 'RFC 2136'),
  '9': value('NotAuth', 'The server is not in charge of the zone.', '服务器不负责该区。', 'RFC 2136'),
  '10': value('NotZone', 'The name is not inside the zone.', '名称不在该区内。', 'RFC 2136'),
  '16': value('BADVERS / BADSIG', 'EDNS version not supported, or a wrong signature.', 'EDNS 版本不支持或签名错误。', 'RFC 6891'),
  '23': value('BADCOOKIE', 'The server cookie is missing or wrong.', '服务器 cookie 缺失或错误。', 'RFC 7873'),
}

/** Opcodes. */
export const dnsOpcodes: ValueTexts = {
  '0': value('Query', 'An ordinary question.', '普通查询。', 'RFC 1035'),
  '1': value('Inverse query (obsolete)', 'Asked for the name of a value.', '由值反查名称（已废弃）。', 'RFC 3425'),
  '2': value('Status', 'Asks for the server’s state.', '询问服务器状态。', 'RFC 1035'),
  '4': value('Notify', 'A primary server tells that the zone changed.', '主服务器通知区已更改。', 'RFC 1996'),
  '5': value('Update', 'Changes records of a zone.', '修改区中的记录。', 'RFC 2136'),
  '6': value('DSO', 'Long-lived operations over one connection.', '在一个连接上的有状态操作。', 'RFC 8490'),
}

/** Classes. */
export const dnsClasses: ValueTexts = {
  '1': value('IN', 'The Internet.', '互联网。', 'RFC 1035, 3.2.4'),
  '3': value('CH', 'Chaos; used to ask a server for its version.', 'Chaos 类，用于询问服务器版本。', 'RFC 1035, 3.2.4'),
  '4': value('HS', 'Hesiod.', 'Hesiod。', 'RFC 1035, 3.2.4'),
  '254': value('NONE', 'Update: delete.', '更新：删除。', 'RFC 2136'),
  '255': value('ANY', 'Any class.', '任意类。', 'RFC 1035, 3.2.5'),
}

/** Record types. */
export const dnsTypes: ValueTexts = {
  '1': value('A', 'IPv4 address.', 'IPv4 地址。', 'RFC 1035'),
  '2': value('NS', 'Server in charge of a zone.', '负责某区的名称服务器。', 'RFC 1035'),
  '5': value('CNAME', 'The name is an alias of another one.', '别名指向的规范名称。', 'RFC 1035'),
  '6': value('SOA', 'Start of a zone: owner, serial number, times.', '区的起始：主服务器、序列号和各时间。', 'RFC 1035'),
  '10': value('NULL', 'Any bytes.', '任意字节。', 'RFC 1035'),
  '12': value('PTR', 'Name of an address (reverse lookup), or an instance of a service.', '地址的名称（反向解析）或服务实例。', 'RFC 1035'),
  '13': value('HINFO', 'Kind of host; now a minimal answer to ANY.', '主机信息；现多作为 ANY 的最小应答。', 'RFC 8482'),
  '15': value('MX', 'Server that takes mail.', '邮件交换服务器。', 'RFC 1035'),
  '16': value('TXT', 'Text.', '文本。', 'RFC 1035'),
  '17': value('RP', 'Person in charge.', '负责人。', 'RFC 1183'),
  '18': value('AFSDB', 'AFS database.', 'AFS 数据库。', 'RFC 1183'),
  '24': value('SIG', 'Signature (old).', '签名（旧）。', 'RFC 2535'),
  '25': value('KEY', 'Key (old).', '密钥（旧）。', 'RFC 2535'),
  '28': value('AAAA', 'IPv6 address.', 'IPv6 地址。', 'RFC 3596'),
  '29': value('LOC', 'Place on the Earth.', '地理位置。', 'RFC 1876'),
  '33': value('SRV', 'Host and port of a service.', '服务的主机与端口。', 'RFC 2782'),
  '35': value('NAPTR', 'Rule that rewrites a name, for telephony.', '改写名称的规则，用于电话。', 'RFC 3403'),
  '36': value('KX', 'Key exchanger.', '密钥交换者。', 'RFC 2230'),
  '37': value('CERT', 'Certificate.', '证书。', 'RFC 4398'),
  '39': value('DNAME', 'Alias of a whole subtree.', '整个子树的别名。', 'RFC 6672'),
  '41': value('OPT', 'EDNS: sizes and options, not a real record.', 'EDNS：大小与选项，并非真正的记录。', 'RFC 6891'),
  '42': value('APL', 'List of address ranges.', '地址前缀列表。', 'RFC 3123'),
  '43': value('DS', 'Fingerprint of the key of a zone below (DNSSEC).', '下级区密钥的摘要（DNSSEC）。', 'RFC 4034'),
  '44': value('SSHFP', 'Fingerprint of an SSH key.', 'SSH 密钥指纹。', 'RFC 4255'),
  '45': value('IPSECKEY', 'Key for IPsec.', 'IPsec 密钥。', 'RFC 4025'),
  '46': value('RRSIG', 'Signature of records (DNSSEC).', '记录的签名（DNSSEC）。', 'RFC 4034'),
  '47': value('NSEC', 'Next name in the zone: proves that something does not exist.', '区中的下一个名称：证明某名称不存在。', 'RFC 4034'),
  '48': value('DNSKEY', 'Public key of a zone (DNSSEC).', '区的公钥（DNSSEC）。', 'RFC 4034'),
  '49': value('DHCID', 'Which DHCP client owns the name.', '拥有该名称的 DHCP 客户端。', 'RFC 4701'),
  '50': value('NSEC3', 'As NSEC, with hashed names.', '与 NSEC 相同，但名称经散列。', 'RFC 5155'),
  '51': value('NSEC3PARAM', 'How names are hashed.', '名称散列的参数。', 'RFC 5155'),
  '52': value('TLSA', 'Which certificate a server shows (DANE).', '服务器应出示的证书（DANE）。', 'RFC 6698'),
  '55': value('HIP', 'Host identity.', '主机标识。', 'RFC 8005'),
  '59': value('CDS', 'DS record the child asks for.', '子区请求的 DS。', 'RFC 7344'),
  '60': value('CDNSKEY', 'DNSKEY the child asks for.', '子区请求的 DNSKEY。', 'RFC 7344'),
  '61': value('OPENPGPKEY', 'OpenPGP key.', 'OpenPGP 密钥。', 'RFC 7929'),
  '64': value('SVCB', 'Endpoints of a service and their features.', '服务的端点及其特性。', 'RFC 9460'),
  '65': value(
    'HTTPS',
    'As SVCB for web servers: HTTP versions, addresses, keys for hidden names.',
    '面向 Web 的 SVCB：HTTP 版本、地址、ECH 密钥。',
    'RFC 9460',
  ),
  '99': value('SPF', 'Who may send mail (old).', '可发送邮件者（旧）。', 'RFC 7208'),
  '249': value('TKEY', 'Agrees on a key for signatures.', '协商签名密钥。', 'RFC 2930'),
  '250': value('TSIG', 'Signs a message with a shared key.', '用共享密钥签名报文。', 'RFC 8945'),
  '251': value('IXFR', 'Changes of a zone.', '区的增量传送。', 'RFC 1995'),
  '252': value('AXFR', 'A whole zone.', '区的完全传送。', 'RFC 5936'),
  '255': value('ANY', 'Any record; servers answer it with little.', '任意记录；服务器通常只给最小应答。', 'RFC 8482'),
  '257': value('CAA', 'Who may issue certificates.', '可签发证书的机构。', 'RFC 8659'),
}

/** EDNS options. */
export const ednsOptions: ValueTexts = {
  '3': value('NSID', 'Which of several servers answered.', '应答服务器的标识。', 'RFC 5001'),
  '5': value('DAU', 'Signature algorithms that are understood.', '支持的签名算法。', 'RFC 6975'),
  '8': value('Client subnet', 'Part of the client’s address.', '客户端子网。', 'RFC 7871'),
  '9': value('EXPIRE', 'When the zone expires.', '区的过期时间。', 'RFC 7314'),
  '10': value('COOKIE', 'Makes forged answers harder.', '使伪造应答更难。', 'RFC 7873'),
  '11': value('TCP keepalive', 'How long a connection may stay open.', '连接可保持的时间。', 'RFC 7828'),
  '12': value('Padding', 'Hides the length.', '隐藏长度。', 'RFC 7830'),
  '15': value('Extended error', 'The reason of a failure.', '失败的原因。', 'RFC 8914'),
}
