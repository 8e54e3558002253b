// The diagram in Chinese, with the terms of Chinese textbooks.
import type { Words } from './words'

export const ZH: Words = {
  client: '客户端',
  server: '服务器',
  time: '时间 (s)',
  delta: '间隔',
  number: '编号',
  notes: '说明',
  capturedHere: '在此捕获，时间准确',
  statesInferred: '状态为推断，±½ RTT',
  captured: '在两端之间捕获',
  inWords: '文字说明',
  mark: {
    reset: '复位',
    retransmission: '重传',
    'fast-retransmission': '快速重传',
    'spurious-retransmission': '不必要的重传',
    'out-of-order': '乱序',
    gap: '缺口之后',
    'ack-unseen': '确认了未捕获的数据',
    'window-full': '窗口已满',
    'zero-window': '零窗口',
    'zero-window-probe': '零窗口探测',
    'zero-window-probe-ack': '对探测的应答',
    'keep-alive': '保活',
    'keep-alive-ack': '保活应答',
    'duplicate-ack': '重复 ACK',
    'window-update': '窗口更新',
    'lost-between': '在途中丢失',
    'partly-lost': '部分丢失',
    missed: '对端未捕获到',
    appeared: '发送端未见',
    outside: '仅此处可见',
    'repeated-between': '再次到达',
    overtaken: '被超越',
    late: '晚到',
  },
  title: (stream, client, server) => `TCP 流 ${stream}，${client} 到 ${server}`,
  pairTitle: (a, b) => `${a} 与 ${b} 之间的数据包`,
  allTitle: (packets, hosts) => `${hosts} 台主机之间的 ${packets} 个数据包`,
  opening: (opening, course) => {
    switch (opening) {
      case 'handshake':
        return course.synCount > 1 ? `建立连接：三次握手，SYN 发送 ${course.synCount} 次` : '建立连接：三次握手'
      case 'simultaneous':
        return '建立连接：双方同时打开'
      case 'refused':
        return '建立连接：被拒绝'
      case 'unanswered':
        return course.synCount > 1 ? `建立连接：${course.synCount} 个 SYN，没有应答` : '建立连接：没有应答'
      case 'incomplete':
        return '建立连接：在此捕获中未完成'
      case 'not-captured':
        return '建立连接：早于捕获开始'
    }
  },
  data: (clientBytes, serverBytes, clientSent, serverSent) =>
    clientSent && serverSent
      ? `数据：客户端发送 ${clientBytes}，服务器发送 ${serverBytes}`
      : clientSent
        ? `数据：客户端发送 ${clientBytes}`
        : serverSent
          ? `数据：服务器发送 ${serverBytes}`
          : '连接已建立，没有数据',
  closing: (closing, closer) => {
    switch (closing) {
      case 'reset':
        return `由${closer}复位而结束`
      case 'simultaneous':
        return '关闭连接：双方同时关闭'
      case 'half':
        return `关闭连接：只有${closer}已关闭`
      default:
        return `关闭连接：${closer}先关闭`
    }
  },
  segments: (count, time) => `${count} 个报文段${time === '' ? '' : ` · ${time}`}`,
  packets: (count, time) => `${count} 个数据包 · ${time}`,
  foldTitle: (facts, packets) => (facts.dataSegments === 0 ? `${packets} 个报文段` : `${facts.dataSegments} 个报文段，${facts.bytes}`),
  foldSecond: (facts) => {
    if (facts.bothSend) return `双向，另有 ${facts.acks} 个纯 ACK`
    if (facts.acks === 0) return `来自${facts.sender}，其间没有 ACK`
    if (facts.windowFull > 0) return `${facts.acks} 个 ACK，确认到 ${facts.ackTo}，窗口 ${facts.windowFull} 次填满`
    if (facts.duplicates > 0 && facts.duplicates >= facts.acks - 1)
      return `${facts.acks} 个 ACK 均重复 Ack ${facts.ackTo}（${facts.duplicates} 个重复）`
    if (facts.duplicates > 0) return `${facts.acks} 个 ACK，确认到 ${facts.ackTo}（${facts.duplicates} 个重复）`
    return `${facts.receiver}的 ${facts.acks} 个 ACK，确认到 ${facts.ackTo}`
  },
  waitingTitle: (packets) => `${packets} 个等待中的报文段`,
  waitingSecond: (probes) => `${probes} 次探测或保活，均得到无数据的应答`,
  expand: (first, last) => `展开 #${first}–${last}`,
  nothingMore: '此捕获中不再有数据。',
  endsByTimer: '线路上不再有数据。TIME-WAIT 由定时器结束。',
  timeWait: (total, msl) => `${total}（2 × MSL，MSL 为 ${msl}），线路上不可见`,
  thenClosed: '之后为 CLOSED（推断）',
  roundTrip: (value, from, to) => [`RTT ${value}`, `由 #${from} → #${to} 测得`],
  gap: (size, from, to) => [`缺口：缺 ${size}`, `${from}–${to} 尚未出现`],
  sentAgain: (fast, first, after) => [
    fast ? '快速重传' : '再次发送',
    first !== undefined
      ? `首次为 #${first}${after === undefined ? '' : `，早 ${after}`}`
      : after === undefined
        ? '首次发送不在此捕获中'
        : `缺口出现 ${after} 后`,
  ],
  needless: ['不必要的重复', '此前已被确认'],
  fillsGap: (complete) => ['乱序', complete ? '补上缺口' : '补上缺口的一部分'],
  ackUnseen: ['未捕获', '确认了此捕获中没有的字节'],
  windowFull: ['窗口已满', '收到 ACK 之前不得再发送'],
  zeroWindow: ['窗口关闭', '发送方必须等待'],
  windowOpens: (after) => ['窗口重新打开', `${after} 之后`],
  keepAlive: (idle) => ['保活', `${idle} 后询问对方是否还在`],
  keepAliveAck: ['仍然在线', '对保活的应答'],
  probe: ['探测', '询问窗口是否重新打开'],
  duplicateAck: (number, frame) => [`第 ${number} 个重复 ACK`, `重复 #${frame}`],
  acknowledged: (size) => [`+${size} 得到确认`, ''],
  refused: (port) => ['被拒绝', `端口 ${port} 上没有监听`],
  resetBy: (side) => ['复位', `${side}立即放弃连接`],
  threeSegmentClose: ['三段式关闭', 'ACK 与 FIN 合在一个报文段'],
  simultaneousClose: ['同时关闭', '两个 FIN 交错'],
  simultaneousOpen: ['同时打开', '两个 SYN 交错'],
  synAgain: (number, after) => [`第 ${number} 次 SYN`, `距上一次 ${after}`],
  reusedPorts: ['端口再次使用', '一条新连接'],
  toEverybody: '所有主机',
  arrow: (frame, time, from, to, what) => `数据包 ${frame}，${time} 秒，从${from}到${to}：${what}。`,
  carries: (size) => `携带数据 ${size}`,
  sequence: (value) => `序号 ${value}`,
  acknowledges: (value) => `确认到 ${value}`,
  windowIs: (value) => `窗口 ${value}`,
  stateChange: (who, from, to, inferred) => `${who}由 ${from} 变为 ${to}${inferred ? '（推断）' : ''}`,
  fold: (first, last, what) => `数据包 ${first} 到 ${last}，已折叠：${what}。`,
}
