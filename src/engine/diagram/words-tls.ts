// Texts of a TLS connection's ladder in both languages. Names of messages stay as they are in the standards.
import type { Language } from './words'

/** Phases of a connection. */
export type TlsPhaseKind = 'tcp' | 'hello' | 'authentication' | 'finish' | 'data' | 'unreadable' | 'end'

/** One language's texts. */
export interface TlsWords {
  title(transport: 'tcp' | 'udp', stream: number, client: string, server: string, version: string): string
  phase(kind: TlsPhaseKind): string
  facts(messages: number, time: string): string
  side(role: string): string
  begins(from: 'client' | 'server'): string
  suites(count: number): string
  readonly encrypted: string
  readonly record: string
  readonly fatal: string
  readonly retry: string
  readonly cookie: string
  readonly noEffect: string
  readonly noSecrecy: string
  readonly premaster: string
  readonly legend: string
  readonly undecrypted: string
}

const EN: TlsWords = {
  title: (transport, stream, client, server, version) =>
    `${transport === 'tcp' ? 'TLS connection on TCP' : 'DTLS connection on UDP'} stream ${stream}, ${client} to ${server}${version === '' ? '' : `, ${version}`}`,
  phase: (kind) =>
    ({
      tcp: 'TCP connect',
      hello: 'Hello: what is possible, what is chosen',
      authentication: 'Certificates and key exchange',
      finish: 'Finished: both have the same keys',
      data: 'Application data',
      unreadable: 'Encrypted: what follows needs the keys',
      end: 'Alerts',
    })[kind],
  facts: (messages, time) => `${messages === 1 ? '1 message' : `${messages} messages`}, ${time}`,
  side: (role) => `the ${role}`,
  begins: (from) => (from === 'client' ? 'Client encrypts from here' : 'Server encrypts from here'),
  suites: (count) => (count === 1 ? '1 cipher suite' : `${count} cipher suites`),
  encrypted: 'encrypted',
  record: 'Encrypted record',
  fatal: 'Ends the connection',
  retry: 'Another group is wanted',
  cookie: 'Asks for its cookie back',
  noEffect: 'No effect in TLS 1.3',
  noSecrecy: 'No forward secrecy',
  premaster: 'pre-master secret, encrypted with RSA',
  legend: '[Message] was encrypted, and read with the key log.',
  undecrypted: 'What is encrypted could not be read.',
}

const ZH: TlsWords = {
  title: (transport, stream, client, server, version) =>
    `${transport === 'tcp' ? `TCP 流 ${stream} 上的 TLS` : `UDP 流 ${stream} 上的 DTLS`} 连接，${client} 到 ${server}${version === '' ? '' : `，${version}`}`,
  phase: (kind) =>
    ({
      tcp: 'TCP 连接',
      hello: 'Hello：可用的与选定的参数',
      authentication: '证书与密钥交换',
      finish: 'Finished：双方持有相同的密钥',
      data: '应用数据',
      unreadable: '已加密：后续内容需要密钥',
      end: '警报',
    })[kind],
  facts: (messages, time) => `${messages} 条消息，${time}`,
  side: (role) => role,
  begins: (from) => (from === 'client' ? '客户端自此加密' : '服务器自此加密'),
  suites: (count) => `${count} 个密码套件`,
  encrypted: '已加密',
  record: '加密记录',
  fatal: '连接就此结束',
  retry: '要求改用其他组',
  cookie: '要求重新发送并含其 cookie',
  noEffect: '在 TLS 1.3 中无作用',
  noSecrecy: '没有前向保密',
  premaster: '预主密钥，以 RSA 加密',
  legend: '[消息] 表示已加密，并用密钥日志读出。',
  undecrypted: '加密的内容无法读取。',
}

/** Texts of a language. */
export function tlsWords(language: Language): TlsWords {
  return language === 'zh' ? ZH : EN
}
