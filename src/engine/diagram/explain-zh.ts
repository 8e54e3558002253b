// TCP 连接的中文解释（RFC 9293；选项见 RFC 7323 与 RFC 2018）。
import type { ExplainWords } from './explain-words'

export const EXPLAIN_ZH: ExplainWords = {
  labels: {
    direction: '方向',
    relative: '相对',
    length: '长度',
    window: '窗口',
    answers: '应答',
    after: (frame, time) => `${time} 后应答 #${frame}`,
    sourcePort: '源端口',
    destinationPort: '目的端口',
    sequence: '序号',
    acknowledgment: '确认号',
    offset: '首部长度',
    flags: '标志',
    options: '选项',
  },
  segment: (kind, from, to) => {
    switch (kind) {
      case 'syn':
        return `${from}请求建立连接，并给出自己字节编号的起点。`
      case 'syn-ack':
        return `${from}接受连接并要求确认：在同一个报文段中选定自己的初始序号，并确认${to}的 SYN。`
      case 'handshake-ack':
        return `${from}确认已收到${to}的初始序号。它到达之后，连接在两端都已建立。`
      case 'data':
        return `${from}发送数据。`
      case 'ack':
        return `${from}说明哪个字节之前的数据已全部到达，以及接收缓冲区还有多少空间。`
      case 'fin':
        return `${from}没有更多数据要发送，但仍可接收。`
      case 'last-ack':
        return `${from}确认最后一个 FIN。两个方向都已关闭。`
      case 'reset':
        return `${from}立即中止连接。在途的数据被丢弃，也不再得到确认。`
      case 'refused':
        return `${from}上没有程序监听此端口，因此以 RST 拒绝。`
      case 'retransmission':
        return `${from}认为数据已丢失，因此再次发送。`
      case 'crossed-syn-ack':
        return `两个 SYN 在途中交错：${from}重复自己的 SYN，并确认对方的 SYN。`
      case 'repeated-fin':
        return `${from}没有收到对其 FIN 的确认，因此重发 FIN。`
      case 'out-of-order':
        return '它在后面的字节之后到达：在途中被超越，或者丢失后重新发送。'
      case 'gap':
        return '此报文段之前的字节尚未到达：丢失、被超越，或者没有被捕获。'
      case 'duplicate-ack':
        return `${from}重复它的确认：有数据到达，但不是接下来应到的字节。`
      case 'keep-alive':
        return `保活探测：序号退回到已确认的字节，使${to}必须应答。`
      case 'keep-alive-ack':
        return `${from}应答保活探测：它还在，没有新数据。`
      case 'zero-window':
        return `${from}的接收缓冲区已满。在得知窗口重新打开之前，${to}只能发送窗口探测。`
      case 'window-full':
        return `发送此报文段后，${from}用完了${to}通告的整个窗口。`
      case 'window-update':
        return `${from}通告更大的窗口，除此之外没有变化。`
    }
  },
  opening: (s) => {
    if (s.opening === 'simultaneous')
      return {
        title: '这里为什么要四个报文段？',
        paragraphs: [
          `双方在对方的 SYN 到达之前都发送了 SYN（#${s.syn.frame} 与 #${s.crossing.frame}）。于是双方都要确认对方的 SYN 并重复自己的，所以 SYN, ACK 出现两次。`,
          '结果是一条连接而不是两条：地址与端口相同。',
        ],
        source: 'RFC 9293, 3.5',
      }
    if (s.opening === 'refused')
      return {
        title: '为什么没有建立连接？',
        paragraphs: [
          `SYN #${s.syn.frame} 到达的主机在端口 ${s.resetPort} 上没有监听。主机必须以 RST 应答，客户端因此立即得知，而不必等待。`,
          '如果完全没有应答，则更像是被防火墙丢弃，或者主机不在线。',
        ],
        source: 'RFC 9293, 3.5.2 与 3.10.7.1',
      }
    if (s.opening === 'unanswered')
      return {
        title: '为什么没有建立连接？',
        paragraphs: [
          `${s.repeatedSyn === undefined ? '没有任何应答' : `在 ${s.repeatedSyn.waited} 内发送的 ${s.repeatedSyn.count} 个 SYN 都没有得到应答`}。仅凭此捕获无法判断：SYN 丢失、被防火墙丢弃，还是应答丢失。`,
        ],
        source: 'RFC 9293, 3.5',
      }
    if (s.opening === 'not-captured' || s.opening === 'incomplete')
      return {
        title: '为什么是三次握手而不是两次？',
        paragraphs: ['此捕获不包含（完整的）建立过程。需要三次握手，是因为每一方都必须确知对方收到了自己的初始序号。'],
        source: 'RFC 9293, 3.5',
      }
    return {
      title: '为什么是三次握手而不是两次？',
      paragraphs: [
        `每一方都必须确知对方收到了自己的初始序号。客户端从 ${s.syn.raw} 开始编号（#${s.syn.frame}），服务器从 ${s.synAck.raw} 开始（#${s.synAck.frame}）。`,
        `收到 #${s.synAck.frame} 后客户端即可确知；服务器要等 #${s.handshakeAck} 到达才能确知，在此之前停留在 SYN-RECEIVED。${s.roundTrip === undefined ? '' : `握手用了 ${s.roundTrip}。`}`,
        '若只有两次握手，一个滞留在网络中的旧 SYN 就可能建立一条谁也不需要的连接，而服务器无从察觉。',
      ],
      source: 'RFC 9293, 3.5',
    }
  },
  oldSyn: (s) => ({
    title: '如果旧的 SYN 又到了呢？',
    paragraphs:
      s.repeatedSyn === undefined
        ? []
        : [
            `这里客户端发送了 ${s.repeatedSyn.count} 次 SYN，从 #${s.repeatedSyn.first} 到 #${s.repeatedSyn.last}，相隔 ${s.repeatedSyn.waited}${s.repeatedSyn.sameNumber ? `，序号始终为 ${s.syn.raw}` : ''}。`,
            `假如 #${s.repeatedSyn.first} 在连接结束之后才到达，服务器会以 SYN, ACK 应答；客户端并没有发出与之对应的 SYN，于是以 RST 应答，连接不会建立。两次握手缺少的正是这第三个报文段。`,
          ],
    source: 'RFC 9293, 3.5，图 8',
  }),
  agreed: (s) => ({
    title: '双方交换了哪些选项？',
    paragraphs:
      s.options === undefined
        ? []
        : [
            `MSS：客户端可接收最大 ${s.options.clientMss ?? '536（默认）'} 字节的报文段，服务器可接收 ${s.options.serverMss ?? '536（默认）'} 字节。这不是协商：各自说明自己能接收多少。`,
            s.options.scales === undefined
              ? '窗口扩大：未使用，因为两个 SYN 中都必须有它。窗口不会超过 65,535 字节。'
              : `窗口扩大：客户端的窗口乘以 ${s.options.scales[0]}，服务器的乘以 ${s.options.scales[1]}。`,
            `${s.options.sack ? '允许 SACK：接收方可以说明已经持有哪些后面的字节。' : '未使用 SACK：接收方只能说明到哪里为止全部收到。'}${s.options.times ? '使用时间戳：用来测量往返时间，并区分新旧报文段。' : '未使用时间戳。'}`,
          ],
    source: 'RFC 9293, 3.7.1；RFC 7323；RFC 2018',
  }),
  window: (s) => ({
    title: '窗口起了什么作用？',
    paragraphs: [
      `窗口是接收方还能接收的字节数：已发送而未确认的数据不得超过它。客户端的窗口最大为 ${s.largestWindow[0]} 字节，服务器的为 ${s.largestWindow[1]} 字节。`,
      `${s.windowFull === 0 ? '发送方从未用满窗口。' : `发送方有 ${s.windowFull} 次用满窗口：此时限制速度的是接收方，而不是网络。`}${s.zeroWindow === 0 ? '' : `有 ${s.zeroWindow} 个报文段的窗口为零：应用程序没有及时读取数据。发送方于是反复发送窗口探测，因为通告窗口重新打开的报文段可能丢失。`}`,
    ],
    source: 'RFC 9293, 3.8.6',
  }),
  closing: (s) => {
    if (s.closing === 'three-segment')
      return {
        title: '这里为什么三次挥手就够？',
        paragraphs: [
          `每个方向单独关闭：一个 FIN 和对它的确认，共四次。#${s.closerFin} 到达时${s.answerer}已没有数据要发送，于是把确认和自己的 FIN 放进一个报文段（#${s.answerFin}）。`,
        ],
        source: 'RFC 9293, 3.6',
      }
    if (s.closing === 'simultaneous')
      return {
        title: '为什么双方都在关闭？',
        paragraphs: [`FIN #${s.closerFin} 与 #${s.answerFin} 在途中交错。双方于是都经过 CLOSING，并都在 TIME-WAIT 等待。`],
        source: 'RFC 9293, 3.6，图 14',
      }
    if (s.closing === 'half')
      return {
        title: '为什么是半关闭？',
        paragraphs: [`${s.closer}以 #${s.closerFin} 关闭了自己的方向。另一个方向保持打开，直到${s.answerer}也发送 FIN，而此捕获中没有它。`],
        source: 'RFC 9293, 3.6',
      }
    return {
      title: '为什么关闭要四次挥手？',
      paragraphs: [
        `每个方向单独关闭。${s.closer}以 #${s.closerFin} 表示不再发送数据，并得到确认。${s.answerer}可以继续发送，直到以 #${s.answerFin} 关闭自己的方向。`,
        '如果后关闭的一方已没有数据，它的确认与 FIN 可以合在一个报文段中，三次就够。',
      ],
      source: 'RFC 9293, 3.6',
    }
  },
  whoWaits: (s) => ({
    title: s.waitsBoth ? '为什么双方都要等待？' : '为什么只有主动关闭方等待？',
    paragraphs: s.waitsBoth
      ? ['双方都是主动关闭，因此都发送了最后的确认，而无法知道它是否到达。']
      : [
          `${s.waits ?? s.closer}发送了最后的确认，而它不会得到应答。如果它丢失，对方会重发 FIN，必须再次得到确认。`,
          '对方不必等待：最后一个报文段由它收到，它知道一切都已结束。',
        ],
    source: 'RFC 9293, 3.6.1',
  }),
  twoMsl: (s) => ({
    title: '为什么是 2 MSL？',
    paragraphs: [
      '一个 MSL（最长报文段寿命）用于最后的确认到达或丢失，另一个用于重发的 FIN 返回。此后这条连接的报文段都不复存在，不会被当成使用相同端口的新连接的报文段。',
      `标准取 MSL 为 2 分钟。按此处设置的 ${s.msl}，TIME-WAIT 持续 ${s.twoMsl}；Linux 固定等待 60 s。没有数据包显示它的结束。`,
    ],
    source: 'RFC 9293, 3.4.2 与 3.6.1',
  }),
  reset: (s) => ({
    title: '这里的复位意味着什么？',
    paragraphs: [
      s.opening === 'refused'
        ? `#${s.resetFrame} 应答一个 SYN：端口 ${s.resetPort} 上没有监听。连接并不存在。`
        : `${s.resetBy}以 #${s.resetFrame} 中止了连接${s.openAtReset === '' ? '' : `；对方当时处于 ${s.openAtReset}`}。未交付的数据丢失，对方的应用程序得到错误（“连接被对方复位”，Connection reset by peer），而不是正常的数据结束。`,
      ...(s.opening === 'refused' ? [] : ['复位之后双方都不经过 TIME-WAIT，复位本身也不被确认。']),
    ],
    source: 'RFC 9293, 3.5.2 与 3.10.7',
  }),
  udp: (s) => ({
    title: '与 UDP 相比，TCP 的代价是什么？',
    paragraphs: [
      `${s.segments} 个报文段携带了 ${s.dataBytes} 字节数据，其中 ${s.withoutData} 个不带数据。各层首部共 ${s.headerBytes} 字节。${s.roundTrip === undefined ? '' : `在能够发送第一个字节之前，用去一个往返时间 ${s.roundTrip}。`}`,
      `UDP 立即发送，首部为 8 字节而不是 20 到 60 字节。但它不会察觉${s.repeated === 0 ? '丢失' : ` TCP 在这里修复的 ${s.repeated} 次丢失`}，也不保证顺序，更没有流量控制和拥塞控制。`,
    ],
    source: 'RFC 9293, 3.1；RFC 768',
  }),
}
