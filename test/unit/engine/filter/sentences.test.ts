// What is said of a wrong filter, in both languages: the English is the terminal's, the Chinese speaks of the same things.
import { describe, expect, it } from 'vitest'
import { checkFilter, compileFilter } from '../../../../src/engine/filter'
import '../../../../src/engine/protocols/all'
import { checkFilterText } from '../../../../src/engine/service/filter-check'
import { FilterError, type Sentence } from '../../../../src/shared/errors'

function said(filter: string): Sentence {
  try {
    compileFilter(filter, {
      macros: [
        { name: 'again', text: '${again}' },
        { name: 'two', text: 'ip.src == $1 && ip.dst == $2' },
      ],
    })
  } catch (error) {
    if (error instanceof FilterError) {
      expect(error.message).toBe(error.sentence.en)
      return error.sentence
    }
    throw error
  }
  throw new Error(`${filter} is right`)
}

// One of each kind, as far as a text reaches it.
const WRONG = String.raw`
tcp.port = 80
tcp ~ 1
frame[0:2
frame[]
frame contains "\ud800"
frame contains "\q"
frame contains "abc
http.host contains '
frame[0] == ''
frame[0] == 'ab'
frame[0] == 'ab
frame[0] == 'é
(tcp
tcp &&
tcp tcp
&& tcp
any (tcp.port)
any tcp.port
tcp.port in 80
tcp.port in {80 81}
ip#x
ip.addr == ${'${'}80}
frame[99999999999]
frame[4:-1]
frame[5-3]
frame[x:y:z]
${'${'}again}
${'${'}two:1.2.3.4}
http.host matches "("
http.host matches "a{3,2}"
http.host matches "[z-a]"
http.host matches "(?R)"
lenn(http.host) == 3
len() == 3
len(http.host, http.host) == 3
tcp.prt == 80
tcp.port-x
len(http.host)
${'${'}tcp.port}
"text"
80 == 80
tcp.port == http.host
ip.addr == tcp.port
eth.addr contains "text"
http.host contains 47:45 && http.host contains tcp.port
tcp.port contains 80
http.host matches tcp
80 in {80}
http.host == -"a"
ip.addr == -1.2.3.4
tcp.port + "a" == 3
ip.addr + 1 == 3
tcp.port[0] == 1
"abc"[0] == 1
len(80) == 1
lower(tcp.port) == "a"
string(http.host) == "a"
abs(-1) == 1
abs(http.host) == 1
max(1, 2) == 2
max(tcp) == 2
max(tcp.port, ip.ttl) == 2
frame.time == "yesterday"
tcp.flags.syn == "perhaps"
arp.opcode == "sing"
tcp.port == "eighty"
tcp.port == eighty
tcp.port == 70000
frame.time_relative == soon
rtp.timestamp == 1.5
ip.addr == 10.88.0.8O
ip.addr == 10.0.0.1/33
ipv6.addr == fe80
ipv6.addr == fe80::1/129
eth.addr == 1.2.3.4
eth.addr == 01:02
tcp.payload == xyz
`
  .trim()
  .split('\n')

describe('a wrong filter', () => {
  it.each(WRONG)('%s: is told in both languages', (filter) => {
    const { en, zh } = said(filter)
    expect(en).toMatch(/^.*[A-Za-z].*[.?]$/s)
    expect(zh).toMatch(/^.*[一-鿿].*[。？]$/s)
    // What stands in quotes, names of fields and numbers are the same in both.
    const exact = (text: string): string[] => (text.match(/\w*[._:]\w[\w.:]*\w|\b\d+\b|\w+\(\)/g) ?? []).sort()
    expect(exact(zh)).toEqual(exact(en.replace(/[.?]( |$)/g, ' ')))
  })

  it('is told at its place, in the words of the language', () => {
    expect(checkFilter('tcp.port == 70000')).toMatchObject({
      state: 'invalid',
      start: 12,
      message: { en: '70000 is too big for tcp.port; the maximum is 65535.', zh: '70000 对于 tcp.port 过大；最大值为 65535。' },
    })
    expect(said('tcp.prt == 80').zh).toBe('tcp.prt 既不是字段也不是协议。您是指 tcp.port 吗？')
    expect(said('http.host matches "("').zh).toBe('模式有误：缺少右括号。')
  })

  it('of another language is told as what it was meant for', () => {
    expect(checkFilterText('tcp port 80').message.zh).toBe('这是捕获过滤器（BPF），属于另一种语言。写成显示过滤器：tcp.port == 80')
    expect(checkFilterText('10.0.0.1').message.zh).toBe('单独的地址不是过滤器。请使用 ip.addr == 10.0.0.1')
    expect(checkFilter('ip.addr ~= 10.0.0.1').message.zh).toContain('ip.addr')
  })
})
