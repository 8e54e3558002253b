// What the sample captures show, by the sample's id (its file name without extension).
import { defineMessages, type PlainMessage } from './messages'

const texts = defineMessages({
  en: {
    pageLoad: 'A browser loads a page over HTTP, then over HTTPS: DNS, ARP, TCP, TLS, HTTP, close.',
    dnsResolver: 'The resolver’s side of a look-up: root, top-level domain, authoritative server.',
    bulkLoss: 'A download with losses: gaps, duplicate ACKs, SACK, retransmissions.',
    clientCloses: 'The whole life of a connection: handshake, one exchange, the client closes first.',
    clientReset: 'The client breaks the connection off with RST.',
    lostSyn: 'A SYN is lost and sent again.',
    refused: 'Nobody listens on the port: the answer to the SYN is RST.',
    simultaneousOpen: 'Both sides send SYN at the same time.',
    threeSegmentClose: 'A close in three segments: ACK and FIN travel together.',
    zeroWindow: 'The receiver’s window closes and opens again.',
    tls12: 'A TLS 1.2 handshake with ECDHE and RSA. The key log is inside the file.',
    tls13: 'A TLS 1.3 handshake. The key log is inside the file.',
    tls13Resumed: 'TLS 1.3 twice: a full handshake, then one that is resumed.',
  },
  zh: {
    pageLoad: '浏览器先用 HTTP、再用 HTTPS 加载页面：DNS、ARP、TCP、TLS、HTTP 直到关闭。',
    dnsResolver: '解析器一侧的查询过程：根、顶级域、权威服务器。',
    bulkLoss: '有丢包的下载：缺口、重复 ACK、SACK、重传。',
    clientCloses: '一个连接的完整过程：握手、一次交互、客户端先关闭。',
    clientReset: '客户端用 RST 中断连接。',
    lostSyn: 'SYN 丢失后重发。',
    refused: '端口上没有程序监听：对 SYN 的回应是 RST。',
    simultaneousOpen: '双方同时发送 SYN（同时打开）。',
    threeSegmentClose: '三个报文段的关闭：ACK 与 FIN 合在一起。',
    zeroWindow: '接收方的窗口关闭后又重新打开。',
    tls12: '使用 ECDHE 与 RSA 的 TLS 1.2 握手，文件内含密钥日志。',
    tls13: 'TLS 1.3 握手，文件内含密钥日志。',
    tls13Resumed: '两次 TLS 1.3：一次完整握手，一次会话恢复。',
  },
})

const SAMPLE_TEXTS: Readonly<Record<string, PlainMessage>> = {
  'page-load': texts.pageLoad,
  'dns-resolver': texts.dnsResolver,
  'tcp-bulk-loss': texts.bulkLoss,
  'tcp-client-closes': texts.clientCloses,
  'tcp-client-reset': texts.clientReset,
  'tcp-lost-syn': texts.lostSyn,
  'tcp-refused': texts.refused,
  'tcp-simultaneous-open': texts.simultaneousOpen,
  'tcp-three-segment-close': texts.threeSegmentClose,
  'tcp-zero-window': texts.zeroWindow,
  'tls12-ecdhe-rsa-gcm': texts.tls12,
  'tls13-aes128': texts.tls13,
  'tls13-resumed': texts.tls13Resumed,
}

/** What a sample shows, or null for one without a description. */
export function sampleText(id: string): PlainMessage | null {
  return SAMPLE_TEXTS[id] ?? null
}
