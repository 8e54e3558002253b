import { expect, it } from 'vitest'
import { checkFilter } from '../../../../src/engine/filter'
import '../../../../src/engine/protocols/all'

const words = (text: string): readonly (string | undefined)[] => {
  const { words: said } = checkFilter(text)
  return [said?.en, said?.zh]
}

it('says in both languages what a filter asks for', () => {
  expect(words('tcp')).toEqual(['Packets with TCP.', '含有 TCP 协议的数据包。'])
  expect(words('ip.ttl < 5 && !udp')).toEqual([
    'Packets where ip.ttl (Time to Live) is less than 5 and other than those with UDP.',
    'ip.ttl (Time to Live) 小于 5，并且不满足“含有 UDP 协议”的数据包。',
  ])
  expect(words('(tcp or udp) and ip.src != 10.0.0.1')).toEqual([
    'Packets (with TCP or with UDP) and where no ip.src (Source Address) is 10.0.0.1.',
    '（含有 TCP 协议，或者含有 UDP 协议），并且没有任何 ip.src (Source Address) 等于 10.0.0.1的数据包。',
  ])
  expect(words('tcp.port in {80, 8000..8010}')).toEqual([
    'Packets where tcp.port (Source or Destination Port) is one of 80, 8000 to 8010.',
    'tcp.port (Source or Destination Port) 是 80、8000 到 8010 之一的数据包。',
  ])
  expect(words('tcp &&')).toEqual([undefined, undefined])
})
