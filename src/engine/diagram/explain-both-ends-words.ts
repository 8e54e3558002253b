// Explanations of a connection that was captured at both ends, in both languages (clock comparison after RFC 5905; retransmission RFC 9293 and RFC 6298).
import type { Fate, End } from '../session/both-ends/passages'
import type { ExplainSection } from './explain-words'
import type { Language } from './words'

type Pair<T> = readonly [T, T]

/** What the explanations know. Pairs are by the end that sends: client, server. */
export interface BothEndsStory {
  /** Files by end. */
  readonly files: Pair<string>
  /** The file whose clock is compared with the first one's. */
  readonly second: string
  readonly firstEnd: End
  readonly placed: 'delays' | 'hops' | 'nothing'
  /** Endpoints that both captures show alike. */
  readonly endpoints: number
  /** Sequence numbers were rewritten. */
  readonly moved: boolean
  readonly offset: string | undefined
  readonly ahead: boolean
  readonly uncertainty: string | undefined
  readonly roundTrip: string | undefined
  readonly drift: string | undefined
  readonly samples: Pair<string>
  readonly sent: Pair<string>
  readonly lost: Pair<number>
  readonly lostBytes: Pair<string>
  readonly lostFrames: Pair<string>
  readonly overtaken: Pair<number>
  readonly repeated: Pair<number>
  readonly missed: Pair<number>
  readonly appeared: Pair<number>
  readonly outside: Pair<number>
  readonly inPieces: Pair<number>
  readonly resent: Pair<number>
  readonly needless: Pair<number>
  readonly usual: Pair<string>
  readonly shortest: Pair<string>
  readonly longest: Pair<string>
  readonly changes: Pair<string>
  readonly hops: Pair<number>
}

/** One packet's way. */
export interface JourneyFacts {
  readonly fate: Fate
  readonly from: string
  readonly to: string
  /** Capture at the receiver, and at the sender. */
  readonly file: string
  readonly sender: string
  readonly delay: string
  readonly usual: string
  readonly isLate: boolean
  readonly overtakenBy: number
  readonly pieces: number
  readonly missing: string
  readonly repeats: { readonly frame: number; readonly lost: boolean; readonly after: string } | undefined
  readonly again: { readonly frame: number; readonly after: string } | undefined
}

/** One language's texts. */
export interface BothEndsExplanations {
  readonly labels: {
    readonly nowhere: string
    readonly delay: string
    readonly usual: string
    readonly length: string
    readonly changed: string
  }
  clock(story: BothEndsStory): ExplainSection
  lost(story: BothEndsStory): ExplainSection
  delay(story: BothEndsStory): ExplainSection
  changed(story: BothEndsStory): ExplainSection
  same(story: BothEndsStory): ExplainSection
  journey(facts: JourneyFacts): string
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`
const ENDS = [0, 1] as const
const WHO = ['the client', 'the server'] as const
const WHO_ZH = ['客户端', '服务器'] as const

const EN: BothEndsExplanations = {
  labels: { nowhere: 'not seen', delay: 'On the way', usual: 'usually', length: 'Length', changed: 'Changed' },
  clock: (story) => ({
    title: 'How far apart are the two clocks?',
    paragraphs:
      story.offset === undefined
        ? ['No packet is in both captures, so nothing compares the clocks.']
        : [
            `The clock of ${story.second} is ${story.offset} ${story.ahead ? 'ahead of' : 'behind'} the other one. Times here are those of ${story.files[story.firstEnd]}.`,
            story.uncertainty === undefined
              ? 'Packets of one direction only are in both captures: delay and clock cannot be told apart, so the shortest delay was taken to be nothing. The true difference is smaller by whatever that delay was.'
              : `A packet's two times differ by delay plus offset one way, and by delay minus offset the other way. Since no delay is negative, the ${story.samples[0]} packets one way and ${story.samples[1]} the other way leave only ±${story.uncertainty} of doubt: half of the shortest round trip between the two places, ${story.roundTrip ?? ''}. If the shortest delays of both directions are equal, the figure is exact.`,
            story.drift === undefined
              ? 'No drift shows.'
              : `One clock gains ${story.drift} on the other: the floor of the delays rises in one direction as it falls in the other, which no queue does.`,
          ],
    source: 'RFC 5905, section 8',
  }),
  lost: (story) => ({
    title: 'What was lost, and where?',
    paragraphs: [
      ...ENDS.map((end) =>
        story.lost[end] === 0
          ? `Of ${story.sent[end]} packets from ${WHO[end]}, none was lost between the two places.`
          : `Of ${story.sent[end]} packets from ${WHO[end]}, ${story.lost[end]} ${story.lost[end] === 1 ? 'was' : 'were'} lost between the two places (${story.lostBytes[end]} of data): ${story.lostFrames[end]}.`,
      ),
      ...ENDS.filter((end) => story.resent[end] > 0).map(
        (end) =>
          `${end === 0 ? 'The client' : 'The server'} sent ${plural(story.resent[end], 'packet', 'packets')} again${story.needless[end] === 0 ? ', each because the one before had been lost.' : `; ${story.needless[end]} of them needlessly: the one before had arrived, and it was the acknowledgment that was lost, late or not yet sent.`}`,
      ),
      ...ENDS.filter((end) => story.missed[end] > 0).map(
        (end) =>
          `${plural(story.missed[end], 'packet', 'packets')} from ${WHO[end]} arrived (they were acknowledged) though the other capture does not have them.`,
      ),
      ...ENDS.filter((end) => story.appeared[end] > 0).map(
        (end) =>
          `${plural(story.appeared[end], 'packet', 'packets')} that seem to come from ${WHO[end]} are not in the capture beside it: that capture dropped them, or something between the two places made them.`,
      ),
      ...ENDS.filter((end) => story.outside[end] > 0).map(
        (end) =>
          `${plural(story.outside[end], 'packet', 'packets')} from ${WHO[end]} travelled while only one of the captures was running.`,
      ),
    ],
    source: 'RFC 9293, section 3.8.1',
  }),
  delay: (story) => ({
    title: 'How long were packets on the way?',
    paragraphs: [
      ...ENDS.filter((end) => story.usual[end] !== '').map(
        (end) => `From ${WHO[end]}: usually ${story.usual[end]}, at least ${story.shortest[end]}, at most ${story.longest[end]}.`,
      ),
      ...(story.uncertainty === undefined
        ? []
        : [
            `Each single figure may be off by ±${story.uncertainty}, one direction by as much as the other is the opposite way; their sums and differences are exact.`,
          ]),
      ...ENDS.filter((end) => story.overtaken[end] > 0).map(
        (end) => `${plural(story.overtaken[end], 'packet', 'packets')} from ${WHO[end]} arrived behind others that were sent later.`,
      ),
      ...ENDS.filter((end) => story.repeated[end] > 0).map(
        (end) => `${plural(story.repeated[end], 'packet', 'packets')} from ${WHO[end]} arrived twice though sent once.`,
      ),
      ...ENDS.filter((end) => story.inPieces[end] > 0).map(
        (end) =>
          `${plural(story.inPieces[end], 'packet', 'packets')} from ${WHO[end]} arrived in pieces: the sender's capture saw them before the network adapter had cut them to size (segmentation offload).`,
      ),
    ],
    source: 'RFC 2681; RFC 4737',
  }),
  changed: (story) => ({
    title: 'What did the path change?',
    paragraphs: ENDS.filter((end) => story.changes[end] !== '').map(
      (end) =>
        `In every packet from ${WHO[end]}: ${story.changes[end]}.${story.hops[end] > 0 ? ` The TTL says that ${plural(story.hops[end], 'router lies', 'routers lie')} between the two places.` : ''}`,
    ),
    source: 'RFC 791; RFC 3022',
  }),
  same: (story) => ({
    title: 'How are the two captures known to be of one connection?',
    paragraphs: [
      story.moved
        ? `${story.endpoints === 2 ? 'Addresses and ports agree' : 'One endpoint agrees'}, and so do time stamps or amounts of data. The sequence numbers do not: something in between counts from other numbers, and the difference was taken into account.`
        : `Sequence numbers agree${story.endpoints === 2 ? ', and so do addresses and ports.' : story.endpoints === 1 ? ' and one endpoint does; the other was rewritten on the way (NAT).' : '; both addresses were rewritten on the way (NAT).'}`,
      story.placed === 'delays'
        ? `${story.files[0]} was taken nearer to the client: the other way round packets would arrive before they were sent.`
        : story.placed === 'hops'
          ? `${story.files[0]} was taken nearer to the client: packets from it still have more hops to live there.`
          : `Nothing tells which capture is nearer to the client; ${story.files[0]} was taken to be.`,
    ],
    source: 'RFC 9293, section 3.4',
  }),
  journey: (facts) => {
    const who = facts.from.toLowerCase()
    const again = facts.again === undefined ? '' : ` The ${who} sent it again as #${facts.again.frame}, ${facts.again.after} later.`
    const repeats =
      facts.repeats === undefined
        ? ''
        : facts.repeats.lost
          ? ` It repeats #${facts.repeats.frame}, which was lost, after ${facts.repeats.after}.`
          : ` It repeats #${facts.repeats.frame} after ${facts.repeats.after}, needlessly: that one had arrived.`
    switch (facts.fate) {
      case 'lost':
        return `The ${who} sent this packet, and ${facts.file} does not have it: it was lost between the two places.${again}${repeats}`
      case 'partly-lost':
        return `${facts.missing} of this packet were lost between the two places; the rest arrived.${again}`
      case 'missed':
        return `${facts.file} does not have this packet, but its bytes were acknowledged there: it arrived, and that capture missed it.`
      case 'repeated':
        return `The ${who} sent this packet once, and it arrived once more: the network repeated it.`
      case 'appeared':
        return `This packet reached the ${facts.to.toLowerCase()}, though ${facts.sender} does not have it: that capture missed it, or something in between made it in the ${who}'s name.`
      case 'outside':
        return `Only one of the captures was running when this packet was on its way, so what became of it between the two places cannot be said.`
      case 'arrived':
        break
    }
    const pieces = facts.pieces > 1 ? ` in ${facts.pieces} pieces, the last one` : ''
    const late = facts.isLate ? `, longer than usual (${facts.usual})` : ''
    const overtaken = facts.overtakenBy > 0 ? ` ${plural(facts.overtakenBy, 'packet', 'packets')} that left later arrived before it.` : ''
    return `It arrived${pieces} after ${facts.delay}${late}.${overtaken}${repeats}`
  },
}

const ZH: BothEndsExplanations = {
  labels: { nowhere: '未见', delay: '时延', usual: '通常', length: '长度', changed: '改动' },
  clock: (story) => ({
    title: '两个时钟相差多少？',
    paragraphs:
      story.offset === undefined
        ? ['没有同时出现在两处捕获中的数据包，无从比较时钟。']
        : [
            `${story.second} 的时钟比另一个${story.ahead ? '快' : '慢'} ${story.offset}。此处时间以 ${story.files[story.firstEnd]} 为准。`,
            story.uncertainty === undefined
              ? '只有一个方向的数据包同时出现在两处：时延与时钟无法区分，因此把最短时延当作零。真实差值要减去那段时延。'
              : `同一数据包的两个时间，去程相差“时延加偏移”，回程相差“时延减偏移”。时延不可能为负，去程 ${story.samples[0]} 个、回程 ${story.samples[1]} 个数据包把不确定度限制在 ±${story.uncertainty}：即两处之间最短往返时间 ${story.roundTrip ?? ''} 的一半。若两个方向的最短时延相等，该数值就是精确的。`,
            story.drift === undefined
              ? '未见漂移。'
              : `一个时钟相对另一个每秒快 ${story.drift}：时延的下限在一个方向上升，在另一个方向同样下降，排队不会如此。`,
          ],
    source: 'RFC 5905，第 8 节',
  }),
  lost: (story) => ({
    title: '丢了什么，丢在哪里？',
    paragraphs: [
      ...ENDS.map((end) =>
        story.lost[end] === 0
          ? `${WHO_ZH[end]}发出的 ${story.sent[end]} 个数据包在两处之间无一丢失。`
          : `${WHO_ZH[end]}发出的 ${story.sent[end]} 个数据包中，有 ${story.lost[end]} 个在两处之间丢失（数据 ${story.lostBytes[end]}）：${story.lostFrames[end]}。`,
      ),
      ...ENDS.filter((end) => story.resent[end] > 0).map(
        (end) =>
          `${WHO_ZH[end]}重传了 ${story.resent[end]} 个数据包${story.needless[end] === 0 ? '，每次都因前一个已经丢失。' : `；其中 ${story.needless[end]} 个并无必要：前一个已经到达，是确认丢失、迟到或尚未发出。`}`,
      ),
      ...ENDS.filter((end) => story.missed[end] > 0).map(
        (end) => `${WHO_ZH[end]}的 ${story.missed[end]} 个数据包已到达（得到了确认），但另一处捕获中没有。`,
      ),
      ...ENDS.filter((end) => story.appeared[end] > 0).map(
        (end) => `有 ${story.appeared[end]} 个看似来自${WHO_ZH[end]}的数据包不在其旁边的捕获中：那里漏捕，或由两处之间的设备产生。`,
      ),
      ...ENDS.filter((end) => story.outside[end] > 0).map((end) => `${WHO_ZH[end]}的 ${story.outside[end]} 个数据包在途时只有一处在捕获。`),
    ],
    source: 'RFC 9293，第 3.8.1 节',
  }),
  delay: (story) => ({
    title: '数据包在途多久？',
    paragraphs: [
      ...ENDS.filter((end) => story.usual[end] !== '').map(
        (end) => `来自${WHO_ZH[end]}：通常 ${story.usual[end]}，最短 ${story.shortest[end]}，最长 ${story.longest[end]}。`,
      ),
      ...(story.uncertainty === undefined
        ? []
        : [`每个单独数值可能有 ±${story.uncertainty} 的误差，在两个方向上大小相同、符号相反；它们之和与差是精确的。`]),
      ...ENDS.filter((end) => story.overtaken[end] > 0).map(
        (end) => `${WHO_ZH[end]}的 ${story.overtaken[end]} 个数据包晚于后发的数据包到达。`,
      ),
      ...ENDS.filter((end) => story.repeated[end] > 0).map((end) => `${WHO_ZH[end]}的 ${story.repeated[end]} 个数据包只发一次却到达两次。`),
      ...ENDS.filter((end) => story.inPieces[end] > 0).map(
        (end) => `${WHO_ZH[end]}的 ${story.inPieces[end]} 个数据包分段到达：发送处的捕获早于网卡切分（分段卸载）。`,
      ),
    ],
    source: 'RFC 2681；RFC 4737',
  }),
  changed: (story) => ({
    title: '路径改动了什么？',
    paragraphs: ENDS.filter((end) => story.changes[end] !== '').map(
      (end) =>
        `${WHO_ZH[end]}的每个数据包：${story.changes[end]}。${story.hops[end] > 0 ? `由 TTL 可知两处之间有 ${story.hops[end]} 台路由器。` : ''}`,
    ),
    source: 'RFC 791；RFC 3022',
  }),
  same: (story) => ({
    title: '如何得知两处捕获的是同一条连接？',
    paragraphs: [
      story.moved
        ? `${story.endpoints === 2 ? '地址和端口一致' : '一个端点一致'}，时间戳或数据量也一致。序号不同：中间设备从别的数字开始计数，其差值已计入。`
        : `序号一致${story.endpoints === 2 ? '，地址和端口也一致。' : story.endpoints === 1 ? '，其中一个端点一致；另一个在途中被改写（NAT）。' : '；两个地址在途中都被改写（NAT）。'}`,
      story.placed === 'delays'
        ? `${story.files[0]} 更靠近客户端：反过来，数据包会在发出之前就到达。`
        : story.placed === 'hops'
          ? `${story.files[0]} 更靠近客户端：客户端的数据包在那里剩余跳数更多。`
          : `无从得知哪处捕获更靠近客户端；假定为 ${story.files[0]}。`,
    ],
    source: 'RFC 9293，第 3.4 节',
  }),
  journey: (facts) => {
    const again = facts.again === undefined ? '' : `${facts.again.after} 后，${facts.from}以 #${facts.again.frame} 重传。`
    const repeats =
      facts.repeats === undefined
        ? ''
        : facts.repeats.lost
          ? `它在 ${facts.repeats.after} 后重复已丢失的 #${facts.repeats.frame}。`
          : `它在 ${facts.repeats.after} 后重复 #${facts.repeats.frame}，并无必要：那个已经到达。`
    switch (facts.fate) {
      case 'lost':
        return `${facts.from}发出了这个数据包，而 ${facts.file} 中没有：它在两处之间丢失。${again}${repeats}`
      case 'partly-lost':
        return `这个数据包有 ${facts.missing} 在两处之间丢失，其余到达。${again}`
      case 'missed':
        return `${facts.file} 中没有这个数据包，但其内容在那里得到了确认：它到达了，只是漏捕。`
      case 'repeated':
        return `${facts.from}只发送了一次，它却又到达一次：网络复制了它。`
      case 'appeared':
        return `这个数据包到达了${facts.to}，而 ${facts.sender} 中没有：那里漏捕，或由中间设备以${facts.from}的名义产生。`
      case 'outside':
        return '这个数据包在途时只有一处在捕获，无法得知它在两处之间的去向。'
      case 'arrived':
        break
    }
    const pieces = facts.pieces > 1 ? `分 ${facts.pieces} 段，最后一段` : ''
    const late = facts.isLate ? `，比通常（${facts.usual}）更久` : ''
    const overtaken = facts.overtakenBy > 0 ? `有 ${facts.overtakenBy} 个后发的数据包先到。` : ''
    return `它${pieces}经过 ${facts.delay} 到达${late}。${overtaken}${repeats}`
  },
}

/** Texts of a language. */
export function bothEndsExplanations(language: Language): BothEndsExplanations {
  return language === 'zh' ? ZH : EN
}
