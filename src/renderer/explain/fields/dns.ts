// DNS (RFC 1035), EDNS (RFC 6891), DNSSEC (RFC 4034), mDNS (RFC 6762).
import { card, type FieldTexts } from '../card'
import { dnsClasses, dnsOpcodes, dnsRcodes, dnsTypes, ednsOptions } from '../values/dns'

/** Cards of DNS messages: header, question, records, EDNS. */
export const dnsFields: FieldTexts = {
  dns: card(
    ['Domain Name System', '域名系统（DNS）'],
    'RFC 1034 and RFC 1035',
    [
      'Looks up records for a name: addresses, mail servers and more. One question, one answer, mostly over UDP port 53.',
      '按域名查询记录：地址、邮件服务器等。一问一答，多用 UDP 53 端口。',
    ],
    [
      'A resolver asks root, top-level domain and authoritative server in turn, and keeps answers for their TTL.',
      '解析器依次询问根、顶级域和权威服务器，并按 TTL 缓存结果。',
    ],
  ),
  mdns: card(['Multicast DNS', '组播 DNS（mDNS）'], 'RFC 6762', [
    'DNS on the local link without a server: everybody hears the question, the owner answers.',
    '无需服务器的本地链路 DNS：所有设备听到询问，由拥有者应答。',
  ]),
  llmnr: card(['Link-local Multicast Name Resolution', '链路本地组播名称解析（LLMNR）'], 'RFC 4795', [
    'Windows’ way to ask the local link for a name. Answers are not verified.',
    'Windows 在本地链路上询问名称的方式；应答不经验证。',
  ]),
  'dns.id': card(
    ['Transaction ID', '事务标识'],
    'RFC 1035, 4.1.1',
    ['Pairs an answer with its question.', '使应答与询问对应。'],
    ['It is random, so that a forged answer must guess it together with the port.', '取随机值，伪造应答者必须同时猜中它和端口。'],
  ),
  'dns.length': card(['Length', '长度'], 'RFC 1035, 4.2.2', [
    'Over TCP each message is preceded by its length.',
    '在 TCP 上每个报文前都有其长度。',
  ]),
  'dns.flags': card(['Flags', '标志'], 'RFC 1035, 4.1.1', [
    'Question or answer, kind of query, and how the answer came about.',
    '是询问还是应答、查询种类以及应答的来历。',
  ]),
  'dns.flags.response': card(['Response (QR)', '应答（QR）'], 'RFC 1035, 4.1.1', ['0: a question, 1: an answer.', '0 为询问，1 为应答。']),
  'dns.flags.opcode': card(['Opcode', '操作码'], 'RFC 1035, 4.1.1', ['Kind of query.', '查询的种类。'], undefined, dnsOpcodes),
  'dns.flags.authoritative': card(['Authoritative (AA)', '权威应答（AA）'], 'RFC 1035, 4.1.1', [
    'The answer comes from a server that owns the zone, not from a cache.',
    '应答来自负责该区的服务器，而非缓存。',
  ]),
  'dns.flags.truncated': card(['Truncated (TC)', '截断（TC）'], 'RFC 1035, 4.1.1 and RFC 7766', [
    'The answer did not fit; ask again over TCP.',
    '应答放不下；应改用 TCP 再问。',
  ]),
  'dns.flags.recdesired': card(['Recursion desired (RD)', '期望递归（RD）'], 'RFC 1035, 4.1.1', [
    'The client asks the server to do the whole search.',
    '客户端要求服务器完成全部查询。',
  ]),
  'dns.flags.recavail': card(['Recursion available (RA)', '支持递归（RA）'], 'RFC 1035, 4.1.1', [
    'The server does whole searches.',
    '服务器支持递归查询。',
  ]),
  'dns.flags.z': card(['Z', 'Z（保留）'], 'RFC 1035, 4.1.1', ['Reserved, 0.', '保留，为 0。']),
  'dns.flags.authenticated': card(['Authentic data (AD)', '真实数据（AD）'], 'RFC 4035, 3.2.3', [
    'The resolver has checked the signatures (DNSSEC). In a question: tell me whether you did.',
    '解析器已验证签名（DNSSEC）；询问中表示希望得知是否已验证。',
  ]),
  'dns.flags.checkdisable': card(['Checking disabled (CD)', '禁用检查（CD）'], 'RFC 4035, 3.2.2', [
    'Answer even if the signatures do not fit.',
    '即使签名不符也请应答。',
  ]),
  'dns.flags.rcode': card(
    ['Reply code', '响应码（RCODE）'],
    'RFC 1035, 4.1.1',
    ['How the query ended.', '查询的结果。'],
    undefined,
    dnsRcodes,
  ),
  'dns.flags.conflict': card(['Conflict', '冲突'], 'RFC 4795, 2.1.1', [
    'LLMNR: several owners of this name are known.',
    'LLMNR：已知该名称有多个拥有者。',
  ]),
  'dns.flags.tentative': card(['Tentative', '暂定'], 'RFC 4795, 2.1.1', [
    'LLMNR: the owner is not verified yet.',
    'LLMNR：尚未确认名称的唯一性。',
  ]),
  'dns.count.queries': card(['Questions', '问题数'], 'RFC 1035, 4.1.1', [
    'How many questions follow; in practice 1.',
    '其后的问题个数，实际上总是 1。',
  ]),
  'dns.count.answers': card(['Answer RRs', '回答记录数'], 'RFC 1035, 4.1.1', [
    'Records that answer the question. 0 with “no error”: the name exists, but has no such record.',
    '回答问题的记录数。无错误而为 0 表示名称存在但没有该类记录。',
  ]),
  'dns.count.auth_rr': card(['Authority RRs', '授权记录数'], 'RFC 1035, 4.1.1', [
    'Records that name the servers in charge, or a SOA that says how long “no” is valid.',
    '指明负责服务器的记录，或说明否定应答有效期的 SOA。',
  ]),
  'dns.count.add_rr': card(['Additional RRs', '附加记录数'], 'RFC 1035, 4.1.1', [
    'Records that help, such as addresses of the servers named; also EDNS.',
    '有帮助的记录，如所列服务器的地址；EDNS 也在此。',
  ]),
  'dns.count.labels': card(['Label count', '标签数'], 'RFC 1035, 3.1', ['Parts of the name between dots.', '名称中以点分隔的部分数。']),
  'dns.count.zones': card(['Zones', '区数'], 'RFC 2136', ['Dynamic update: the zone to change.', '动态更新：要修改的区。']),
  'dns.count.prerequisites': card(['Prerequisites', '先决条件数'], 'RFC 2136', [
    'Dynamic update: conditions that must hold.',
    '动态更新：必须满足的条件。',
  ]),
  'dns.count.updates': card(['Updates', '更新数'], 'RFC 2136', ['Dynamic update: records to add or remove.', '动态更新：要增删的记录。']),
  'dns.qry.name': card(['Query name', '查询名称'], 'RFC 1035, 4.1.2', [
    'The name that is looked up. Case does not matter; some resolvers mix it on purpose, so that answers are harder to forge.',
    '要查询的名称，不区分大小写；有的解析器故意混用大小写以防伪造。',
  ]),
  'dns.qry.name.len': card(['Name length', '名称长度'], '', ['Characters of the name.', '名称的字符数。']),
  'dns.qry.type': card(
    ['Query type', '查询类型'],
    'RFC 1035, 3.2.3',
    ['Which kind of record is wanted.', '想要的记录类型。'],
    undefined,
    dnsTypes,
  ),
  'dns.qry.class': card(
    ['Query class', '查询类'],
    'RFC 1035, 3.2.5',
    ['Practically always IN, the Internet.', '实际上总是 IN（互联网）。'],
    undefined,
    dnsClasses,
  ),
  'dns.qry.qu': card(['QU question', 'QU 询问'], 'RFC 6762, 5.4', ['mDNS: please answer to me alone.', 'mDNS：请单播应答。']),
  'dns.resp.name': card(['Name', '名称'], 'RFC 1035, 4.1.3', [
    'The name the record belongs to. Repeated names are sent as a pointer to the first one.',
    '记录所属的名称；重复的名称以指针表示。',
  ]),
  'dns.resp.type': card(['Type', '类型'], 'RFC 1035, 3.2.2', ['What the record says.', '记录的类型。'], undefined, dnsTypes),
  'dns.resp.class': card(
    ['Class', '类'],
    'RFC 1035, 3.2.4',
    ['Practically always IN, the Internet.', '实际上总是 IN（互联网）。'],
    undefined,
    dnsClasses,
  ),
  'dns.resp.cache_flush': card(['Cache flush', '清除缓存'], 'RFC 6762, 10.2', [
    'mDNS: forget older records of this name.',
    'mDNS：丢弃该名称的旧记录。',
  ]),
  'dns.resp.ttl': card(['Time to live', '生存时间（TTL）'], 'RFC 1035, 3.2.1', [
    'Seconds for which the record may be kept. A number that is not round often comes from a cache that is counting down.',
    '记录可缓存的秒数；非整数值往往来自正在倒计时的缓存。',
  ]),
  'dns.resp.len': card(['Data length', '数据长度'], 'RFC 1035, 3.2.1', ['Bytes of the record’s data.', '记录数据的字节数。']),
  'dns.resp.ext_rcode': card(['Higher bits of the reply code', '扩展响应码高位'], 'RFC 6891, 6.1.3', [
    'EDNS: 8 more bits for the reply code.',
    'EDNS：响应码的高 8 位。',
  ]),
  'dns.resp.edns0_version': card(['EDNS version', 'EDNS 版本'], 'RFC 6891, 6.1.3', ['Always 0 today.', '目前总为 0。']),
  'dns.resp.z': card(['Z', 'Z'], 'RFC 6891, 6.1.4', ['EDNS flags.', 'EDNS 标志。']),
  'dns.resp.z.do': card(['DO bit', 'DO 位'], 'RFC 3225', ['Please send DNSSEC signatures too.', '请同时发送 DNSSEC 签名。']),
  'dns.resp.z.reserved': card(['Reserved', '保留'], 'RFC 6891', ['Sent as 0.', '发送时为 0。']),
  'dns.rr.udp_payload_size': card(['UDP payload size', 'UDP 载荷大小'], 'RFC 6891, 6.2.3', [
    'Largest UDP answer the sender can take. Without EDNS it is 512; 1232 avoids fragments.',
    '发送方可接收的最大 UDP 应答；没有 EDNS 时为 512，1232 可避免分片。',
  ]),
  'dns.a': card(['Address', '地址'], 'RFC 1035, 3.4.1', [
    'The IPv4 address of the name. Several addresses share the load.',
    '名称的 IPv4 地址；多个地址可分担负载。',
  ]),
  'dns.aaaa': card(['AAAA address', 'AAAA 地址'], 'RFC 3596', ['The IPv6 address of the name.', '名称的 IPv6 地址。']),
  'dns.cname': card(['CNAME', '规范名称（CNAME）'], 'RFC 1035, 3.3.1', [
    'The name is an alias; continue with this one.',
    '该名称是别名，应继续查询此名称。',
  ]),
  'dns.dname': card(['DNAME', '子树别名（DNAME）'], 'RFC 6672', [
    'All names below are aliases of names below this one.',
    '其下所有名称都是另一子树的别名。',
  ]),
  'dns.ns': card(['Name server', '名称服务器'], 'RFC 1035, 3.3.11', ['A server that is in charge of the zone.', '负责该区的服务器。']),
  'dns.ptr.domain_name': card(['Domain name', '域名'], 'RFC 1035, 3.3.12', [
    'The name that belongs to an address (reverse lookup).',
    '地址对应的名称（反向解析）。',
  ]),
  'dns.mx.preference': card(['Preference', '优先级'], 'RFC 1035, 3.3.9', ['The lowest is tried first.', '数值最小者优先。']),
  'dns.mx.mail_exchange': card(['Mail exchange', '邮件交换服务器'], 'RFC 1035, 3.3.9', [
    'Server that takes mail for the domain.',
    '接收该域邮件的服务器。',
  ]),
  'dns.txt': card(['Text', '文本'], 'RFC 1035, 3.3.14', [
    'Free text, often for machines: SPF, DKIM, proof of ownership.',
    '自由文本，常供机器读取：SPF、DKIM、所有权证明。',
  ]),
  'dns.txt.length': card(['Text length', '文本长度'], 'RFC 1035, 3.3', [
    'Bytes of this piece; at most 255.',
    '该段文本的字节数，最多 255。',
  ]),
  'dns.hinfo.cpu': card(['CPU', 'CPU'], 'RFC 1035, 3.3.2', [
    'Kind of processor. Today mostly the minimal answer to “any” (RFC 8482).',
    '处理器类型；如今多为对 ANY 查询的最小应答（RFC 8482）。',
  ]),
  'dns.hinfo.cpu_length': card(['CPU length', 'CPU 长度'], 'RFC 1035, 3.3.2', ['Bytes of the text.', '文本的字节数。']),
  'dns.hinfo.os': card(['Operating system', '操作系统'], 'RFC 1035, 3.3.2', ['Operating system.', '操作系统。']),
  'dns.hinfo.os_length': card(['OS length', '操作系统长度'], 'RFC 1035, 3.3.2', ['Bytes of the text.', '文本的字节数。']),
  'dns.soa.mname': card(['Primary name server', '主名称服务器'], 'RFC 1035, 3.3.13', ['Where the zone is edited.', '该区的主服务器。']),
  'dns.soa.rname': card(['Responsible mailbox', '负责人邮箱'], 'RFC 1035, 3.3.13', [
    'Mail address, with a dot in place of @.',
    '邮箱地址，用点代替 @。',
  ]),
  'dns.soa.serial_number': card(['Serial number', '序列号'], 'RFC 1035, 3.3.13', [
    'Rises with every change of the zone.',
    '区每次修改时递增。',
  ]),
  'dns.soa.refresh_interval': card(['Refresh interval', '刷新间隔'], 'RFC 1035, 3.3.13', [
    'How often secondary servers look for changes.',
    '辅助服务器检查更新的间隔。',
  ]),
  'dns.soa.retry_interval': card(['Retry interval', '重试间隔'], 'RFC 1035, 3.3.13', [
    'How long they wait after a failure.',
    '失败后的重试间隔。',
  ]),
  'dns.soa.expire_limit': card(['Expire limit', '过期时间'], 'RFC 1035, 3.3.13', [
    'When they stop answering without contact.',
    '失去联系多久后停止应答。',
  ]),
  'dns.soa.minimum_ttl': card(['Minimum TTL', '最小 TTL'], 'RFC 2308, 4', [
    'For how long “no such name” may be kept.',
    '否定应答可缓存的时间。',
  ]),
  'dns.srv.service': card(['Service', '服务'], 'RFC 2782', ['Service in the name, such as _sip.', '名称中的服务，如 _sip。']),
  'dns.srv.proto': card(['Protocol', '协议'], 'RFC 2782', ['_tcp or _udp.', '_tcp 或 _udp。']),
  'dns.srv.name': card(['Name', '名称'], 'RFC 2782', ['Domain the service belongs to.', '服务所属的域。']),
  'dns.srv.priority': card(['Priority', '优先级'], 'RFC 2782', ['The lowest is tried first.', '数值最小者优先。']),
  'dns.srv.weight': card(['Weight', '权重'], 'RFC 2782', ['Share of the load among equal priorities.', '同优先级中的负载份额。']),
  'dns.srv.port': card(['Port', '端口'], 'RFC 2782', ['Port of the service.', '服务的端口。']),
  'dns.srv.target': card(['Target', '目标'], 'RFC 2782', ['Host that offers the service.', '提供服务的主机。']),
  'dns.opt': card(['EDNS option', 'EDNS 选项'], 'RFC 6891, 6.1.2', [
    'Extra information of a question or an answer.',
    '询问或应答的附加信息。',
  ]),
  'dns.opt.code': card(
    ['Option code', '选项代码'],
    'RFC 6891, 6.1.2',
    ['Which EDNS option this is.', 'EDNS 选项的种类。'],
    undefined,
    ednsOptions,
  ),
  'dns.opt.len': card(['Option length', '选项长度'], 'RFC 6891, 6.1.2', ['Bytes of the option’s data.', '选项数据的字节数。']),
  'dns.opt.data': card(['Option data', '选项数据'], 'RFC 6891, 6.1.2', ['The option’s bytes.', '选项的字节。']),
  'dns.opt.client.family': card(['Address family', '地址族'], 'RFC 7871', ['1: IPv4, 2: IPv6.', '1 为 IPv4，2 为 IPv6。']),
  'dns.opt.client.netmask': card(['Source netmask', '源前缀长度'], 'RFC 7871', [
    'How many bits of the client’s address are told.',
    '透露客户端地址的位数。',
  ]),
  'dns.opt.client.scope': card(['Scope netmask', '范围前缀长度'], 'RFC 7871', [
    'For which addresses the answer is valid.',
    '应答适用的地址范围。',
  ]),
  'dns.opt.client.addr': card(['Client subnet', '客户端子网'], 'RFC 7871', [
    'Part of the client’s address, so that a near server can be named. Costs privacy.',
    '客户端地址的一部分，便于返回较近的服务器，但有损隐私。',
  ]),
  'dns.opt.client.addr4': card(['Client subnet', '客户端子网'], 'RFC 7871', [
    'Part of the client’s IPv4 address.',
    '客户端 IPv4 地址的一部分。',
  ]),
  'dns.opt.client.addr6': card(['Client subnet', '客户端子网'], 'RFC 7871', [
    'Part of the client’s IPv6 address.',
    '客户端 IPv6 地址的一部分。',
  ]),
  'dns.opt.cookie.client': card(['Client cookie', '客户端 cookie'], 'RFC 7873', ['Makes forged answers harder.', '使伪造应答更难。']),
  'dns.opt.cookie.server': card(['Server cookie', '服务器 cookie'], 'RFC 7873', [
    'Shows that the client’s address is real.',
    '证明客户端地址真实。',
  ]),
  'dns.opt.padding': card(['Padding', '填充'], 'RFC 7830', ['Hides the length of encrypted messages.', '隐藏加密报文的长度。']),
  'dns.opt.edns_tcp_keepalive.timeout': card(['TCP keepalive timeout', 'TCP 保持时间'], 'RFC 7828', [
    'How long an idle connection may stay open, in 100 ms.',
    '空闲连接可保持的时间，以 100 ms 为单位。',
  ]),
  'dns.opt.ext_error.info_code': card(['Info code', '信息码'], 'RFC 8914', ['The reason of a failure in more detail.', '失败的详细原因。']),
  'dns.opt.ext_error.extra_text': card(['Extra text', '附加文本'], 'RFC 8914', ['The reason in words.', '原因的文字说明。']),
  'dns.response_in': card(['Response in', '应答所在'], '', ['The packet with the answer.', '包含应答的分组。']),
  'dns.response_to': card(['Request in', '询问所在'], '', ['The packet with the question.', '包含询问的分组。']),
  'dns.time': card(
    ['Time', '时间'],
    '',
    ['From the question to this answer, as seen where the capture was taken.', '从询问到该应答的时间（以捕获点所见为准）。'],
    [
      'A millisecond or less is an answer from a cache; tens of milliseconds mean other servers were asked.',
      '一毫秒以内多半来自缓存；数十毫秒说明询问了其他服务器。',
    ],
  ),
  'dns.retransmission': card(['Retransmission', '重传'], '', ['The same question or answer once more.', '同一询问或应答再次出现。']),
  'dns.retransmit_request': card(['Repeated question', '重复的询问'], '', [
    'The client asked again because no answer came in time.',
    '未及时收到应答，客户端再次询问。',
  ]),
  'dns.retransmit_request_in': card(['First question in', '首次询问所在'], '', [
    'The packet in which the question was asked first.',
    '首次询问所在的分组。',
  ]),
  'dns.retransmit_response': card(['Repeated answer', '重复的应答'], '', ['The same answer once more.', '同一应答再次出现。']),
  'dns.retransmit_response_in': card(['First answer in', '首次应答所在'], '', [
    'The packet with the first answer.',
    '首次应答所在的分组。',
  ]),
  'dns.unsolicited': card(['Unsolicited', '未经询问的应答'], '', [
    'An answer without a question in this capture.',
    '本捕获中没有对应询问的应答。',
  ]),
  'dns.data': card(['Data', '数据'], 'RFC 3597', ['Data of a record type that is not decoded here.', '此处不解码的记录类型的数据。']),
  'dns.null': card(['Null data', 'NULL 数据'], 'RFC 1035, 3.3.10', [
    'Any bytes. Sometimes used for tunnels.',
    '任意字节，有时被用于隧道。',
  ]),
  'dns.spf': card(['SPF', 'SPF'], 'RFC 7208', [
    'Which servers may send mail for the domain (old record type).',
    '可为该域发送邮件的服务器（旧记录类型）。',
  ]),
  'dns.spf.length': card(['SPF length', 'SPF 长度'], 'RFC 7208', ['Bytes of the text.', '文本的字节数。']),
}
