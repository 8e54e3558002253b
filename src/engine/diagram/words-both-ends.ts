// Texts of a connection that was captured at both ends, in both languages.
import type { HeaderFact } from '../session/both-ends/packet-header'
import type { Note } from './words'
import type { Language } from './words'

/** One language's texts. Times, sizes and numbers are already formatted. */
export interface BothEndsWords {
  title(stream: number, client: string, server: string): string
  capturedIn(file: string): string
  readonly opening: string
  readonly data: string
  readonly closing: string
  facts(packets: string, lost: number, usual: string): string
  delayed(delay: string): string
  lost(again: string): Note
  partlyLost(missing: string, pieces: number): Note
  inPieces(pieces: number, delay: string): Note
  late(excess: string, delay: string): Note
  overtaken(by: number, delay: string): Note
  missed: Note
  repeated(after: string): Note
  appeared: Note
  outside(beganLater: boolean): Note
  changed(changes: string, delay: string): Note
  sentAgain(needless: boolean, first: string, delay: string): Note
  sentAgainAs(number: string, after: string): string
  readonly notSentAgain: string
  readonly fact: Readonly<Record<HeaderFact, string>>
  change(fact: string, before: string, after: string): string
  readonly absent: string
  /** "packet 12 at the client is packet 15 at the server". */
  sentence(who: string, whom: string, sentFrame: number, sentAt: string, what: string, arrival: string): string
  arrives(frames: string, at: string): string
  readonly neverArrives: string
  fold(from: string, packets: string, bytes: string): string
  foldDelays(least: string, most: string): string
  foldBoth(packets: string): string
  end(clock: string, lost: number, packets: string): string
  clock(file: string, offset: string, ahead: boolean, uncertainty: string): string
  readonly noClock: string
  readonly number: string
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const EN: BothEndsWords = {
  title: (stream, client, server) => `TCP stream ${stream} at both ends, ${client} to ${server}`,
  capturedIn: (file) => `in ${file}`,
  opening: 'Opening',
  data: 'Data',
  closing: 'Closing',
  facts: (packets, lost, usual) =>
    [`${packets} ${packets === '1' ? 'packet' : 'packets'}`, lost > 0 ? `${lost} lost` : '', usual === '' ? '' : `usual delay ${usual}`]
      .filter((part) => part !== '')
      .join(' · '),
  delayed: (delay) => `${delay} on the way`,
  lost: (again) => ['Lost between', again],
  partlyLost: (missing, pieces) => [`${missing} lost between`, pieces === 1 ? 'the rest arrives' : `the rest arrives in ${pieces} pieces`],
  inPieces: (pieces, delay) => [`Arrives in ${pieces} pieces`, `the last one after ${delay}`],
  late: (excess, delay) => [`Late by ${excess}`, `${delay} on the way`],
  overtaken: (by, delay) => [`Overtaken by ${plural(by, 'packet', 'packets')}`, `${delay} on the way`],
  missed: ['Not captured there', 'but acknowledged: it did arrive'],
  repeated: (after) => ['Arrives again', `${after} after it was sent: the network repeated it`],
  appeared: ['Not seen where it was sent', 'missed there, or made in between'],
  outside: (beganLater) => ['Seen here only', beganLater ? 'the other capture had not begun' : 'the other capture had ended'],
  changed: (changes, delay) => [changes, `${delay} on the way`],
  sentAgain: (needless, first, delay) => [
    needless ? 'Sent again, needlessly' : 'Sent again',
    `${needless ? `${first} had arrived` : `${first} was lost`}; ${delay}`,
  ],
  sentAgainAs: (number, after) => `sent again as ${number}, ${after} later`,
  notSentAgain: 'not sent again in this capture',
  fact: {
    source: 'source address',
    destination: 'destination address',
    sourcePort: 'source port',
    destinationPort: 'destination port',
    hops: 'TTL',
    dscp: 'DSCP',
    ecn: 'ECN',
    identification: 'identification',
    mss: 'MSS',
    windowScale: 'window scale',
    sackPermitted: 'SACK permitted',
    timestamp: 'time stamp',
    window: 'window',
  },
  change: (fact, before, after) => `${fact} ${before} → ${after}`,
  absent: 'none',
  sentence: (who, whom, frame, at, what, arrival) =>
    `${frame === 0 ? `From ${who} to ${whom}, not captured where it was sent` : `Packet ${frame}, sent by ${who} to ${whom} at ${at} s`}: ${what}; ${arrival}.`,
  arrives: (frames, at) => `arrives as packet ${frames} at ${at} s`,
  neverArrives: 'does not arrive',
  fold: (from, packets, bytes) => `${packets} packets from ${from}${bytes === '' ? '' : `, ${bytes}`}`,
  foldDelays: (least, most) => (least === most ? `each ${least} on the way` : `${least} to ${most} on the way`),
  foldBoth: (packets) => `${packets} packets, both directions`,
  end: (clock, lost, packets) =>
    `${lost === 0 ? `None of ${packets} packets was lost between.` : `${lost} of ${packets} packets lost between.`} ${clock}`,
  clock: (file, offset, ahead, uncertainty) =>
    `The clock of ${file} is ${offset} ${ahead ? 'ahead' : 'behind'}${uncertainty === '' ? ' or more: one direction alone cannot tell delay and clock apart' : `, within ${uncertainty} for certain`}.`,
  noClock: 'No packet is in both captures, so their clocks cannot be compared.',
  number: 'No. → No.',
}

const ZH: BothEndsWords = {
  title: (stream, client, server) => `TCP 流 ${stream} 的两端，${client} 到 ${server}`,
  capturedIn: (file) => `见 ${file}`,
  opening: '建立',
  data: '数据',
  closing: '关闭',
  facts: (packets, lost, usual) =>
    [`${packets} 个数据包`, lost > 0 ? `丢失 ${lost} 个` : '', usual === '' ? '' : `通常时延 ${usual}`]
      .filter((part) => part !== '')
      .join(' · '),
  delayed: (delay) => `途中 ${delay}`,
  lost: (again) => ['在途中丢失', again],
  partlyLost: (missing, pieces) => [`途中丢失 ${missing}`, pieces === 1 ? '其余部分到达' : `其余部分分 ${pieces} 段到达`],
  inPieces: (pieces, delay) => [`分 ${pieces} 段到达`, `最后一段经过 ${delay}`],
  late: (excess, delay) => [`晚到 ${excess}`, `途中 ${delay}`],
  overtaken: (by, delay) => [`被 ${by} 个数据包超越`, `途中 ${delay}`],
  missed: ['对端未捕获到', '但已被确认：确实到达'],
  repeated: (after) => ['再次到达', `发送后 ${after}：网络复制了它`],
  appeared: ['发送端未见', '那里漏捕，或由中间设备产生'],
  outside: (beganLater) => ['仅此处可见', beganLater ? '另一处捕获尚未开始' : '另一处捕获已经结束'],
  changed: (changes, delay) => [changes, `途中 ${delay}`],
  sentAgain: (needless, first, delay) => [
    needless ? '不必要的重传' : '重传',
    `${needless ? `${first} 已到达` : `${first} 已丢失`}；${delay}`,
  ],
  sentAgainAs: (number, after) => `${after} 后以 ${number} 重传`,
  notSentAgain: '此捕获中未再重传',
  fact: {
    source: '源地址',
    destination: '目的地址',
    sourcePort: '源端口',
    destinationPort: '目的端口',
    hops: 'TTL',
    dscp: 'DSCP',
    ecn: 'ECN',
    identification: '标识',
    mss: 'MSS',
    windowScale: '窗口缩放',
    sackPermitted: 'SACK 许可',
    timestamp: '时间戳',
    window: '窗口',
  },
  change: (fact, before, after) => `${fact} ${before} → ${after}`,
  absent: '无',
  sentence: (who, whom, frame, at, what, arrival) =>
    `${frame === 0 ? `由${who}发往${whom}，发送处未捕获` : `数据包 ${frame}，${who}于 ${at} 秒发往${whom}`}：${what}；${arrival}。`,
  arrives: (frames, at) => `于 ${at} 秒以数据包 ${frames} 到达`,
  neverArrives: '没有到达',
  fold: (from, packets, bytes) => `${from}的 ${packets} 个数据包${bytes === '' ? '' : `，${bytes}`}`,
  foldDelays: (least, most) => (least === most ? `途中均为 ${least}` : `途中 ${least} 至 ${most}`),
  foldBoth: (packets) => `双向 ${packets} 个数据包`,
  end: (clock, lost, packets) =>
    `${lost === 0 ? `${packets} 个数据包在途中无一丢失。` : `${packets} 个数据包中有 ${lost} 个在途中丢失。`}${clock}`,
  clock: (file, offset, ahead, uncertainty) =>
    `${file} 的时钟${ahead ? '快' : '慢'} ${offset}${uncertainty === '' ? ' 或更多：只有一个方向时，时延与时钟无法区分' : `，误差必在 ${uncertainty} 以内`}。`,
  noClock: '没有同时出现在两处捕获中的数据包，无法比较时钟。',
  number: '编号 → 编号',
}

/** Texts of a language. */
export function bothEndsWords(language: Language): BothEndsWords {
  return language === 'zh' ? ZH : EN
}
