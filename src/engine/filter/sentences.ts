// What is said of a filter that is wrong, in English and Chinese. Names of fields, functions and operators stay as they are written.
import type { Sentence } from '../../shared/errors'

const both = (en: string, zh: string): Sentence => ({ en, zh })
const this_: Sentence = { en: 'This', zh: '此项' }
const subject = (name: string | undefined): Sentence => (name === undefined ? this_ : { en: name, zh: `${name} ` })
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A field with its type, for sentences about two sides: "ip.addr (an IPv4 address)". */
export function typedName(name: string | undefined, type: Sentence): Sentence {
  return name === undefined ? type : both(`${name} (${type.en})`, `${name}（${type.zh}）`)
}

/** Sentences of the lexer and the parser. */
export const syntax = {
  noOperator: both('"=" is no operator here; "==" compares.', '“=”在这里不是运算符；比较用“==”。'),
  noMeaning: (character: string) => both(`"${character}" has no meaning in a filter.`, `“${character}”在过滤器中没有意义。`),
  bracketMissing: both('The closing "]" is missing.', '缺少右方括号“]”。'),
  rangeInBrackets: both('A range is expected between the brackets, for example [0:2].', '方括号之间应为一个范围，例如 [0:2]。'),
  noCharacter: (escape: string) => both(`\\${escape} is no character that may be written so.`, `\\${escape} 不是可以这样书写的字符。`),
  noEscape: (character: string) =>
    both(
      `\\${character} is not an escape sequence; a backslash itself is written \\\\, or the string raw: r"…".`,
      `\\${character} 不是转义序列；反斜杠本身写作 \\\\，或使用原始字符串：r"…"。`,
    ),
  stringEnd: both('The final quote is missing from a string.', '字符串缺少结尾的引号。'),
  characterEnd: both('The final quote is missing from a character.', '字符缺少结尾的引号。'),
  characterEmpty: both('A character is expected between the quotes.', '引号之间应为一个字符。'),
  characterLong: (text: string) =>
    both(`${text} is more than one character; strings are written with double quotes.`, `${text} 不止一个字符；字符串用双引号书写。`),
  characterWide: both('A character must be one byte.', '字符必须是一个字节。'),
  endsBefore: (operator: string, open: string) =>
    both(`The filter ends before the "${operator}" that belongs to "${open}".`, `过滤器在与“${open}”配对的“${operator}”之前就结束了。`),
  incomplete: (expected: Sentence | undefined) =>
    expected === undefined
      ? both('The filter is not complete.', '过滤器不完整。')
      : both(`The filter is not complete: ${expected.en}.`, `过滤器不完整：${expected.zh}。`),
  unexpected: (token: string, expected: Sentence | undefined) =>
    expected === undefined
      ? both(`"${token}" was not expected here.`, `这里不应出现“${token}”。`)
      : both(`"${token}" was not expected here; ${expected.en}.`, `这里不应出现“${token}”；${expected.zh}。`),
  tooDeep: both('The filter is nested too deeply.', '过滤器嵌套过深。'),
  behindHash: both('A number or "[" is expected right behind "#".', '“#”之后应紧跟一个数字或“[”。'),
  fieldInReference: both('A field is expected between "${" and "}".', '“${”与“}”之间应为一个字段。'),
  layerBehindField: both('A layer number belongs behind a field name.', '层号应写在字段名之后。'),
  rangeTooBig: (digits: string) => both(`${digits} is too big for a range.`, `${digits} 对于范围来说过大。`),
  rangeLength: (length: number) => both(`The length ${length} of a range must be positive.`, `范围的长度 ${length} 必须为正数。`),
  rangeBackwards: (text: string) => both(`The range ends before it starts: ${text}.`, `范围的终点在起点之前：${text}。`),
  noRange: (text: string) =>
    both(
      `"${text}" is not a range; ranges are [4], [4:2], [4-5], [:2], [4:].`,
      `“${text}”不是范围；范围写作 [4]、[4:2]、[4-5]、[:2]、[4:]。`,
    ),
  macroTooLong: both('The macros make the filter too long.', '宏使过滤器过长。'),
  macroItself: (name: string) => both(`The macro "${name}" uses itself.`, `宏“${name}”使用了自身。`),
  macroArguments: (name: string, count: string) =>
    both(
      `The macro "${name}" needs ${count} or more arguments: \${${name}:first;second}.`,
      `宏“${name}”需要 ${count} 个或更多参数：\${${name}:first;second}。`,
    ),
  badPattern: (problem: Sentence) => both(`The pattern is wrong: ${problem.en}.`, `模式有误：${problem.zh}。`),
  noFunction: (name: string, near: string | undefined) =>
    both(
      `There is no function ${name}()${near === undefined ? '' : `; did you mean ${near}()?`}.`,
      `没有函数 ${name}()${near === undefined ? '' : `；您是指 ${near}() 吗？`}。`,
    ),
  needsArgument: (name: string, several: boolean) =>
    both(
      `${name}() needs ${several ? 'at least one argument' : 'an argument'}.`,
      `${name}() ${several ? '至少需要一个参数' : '需要一个参数'}。`,
    ),
  oneArgument: (name: string) => both(`${name}() takes one argument.`, `${name}() 只接受一个参数。`),
  unknownField: (name: string, near: string | undefined, minus: boolean) =>
    both(
      `${name} is neither a field nor a protocol.${near === undefined ? '' : ` Did you mean ${near}?`}${minus ? ' A minus sign needs spaces around it.' : ''}`,
      `${name} 既不是字段也不是协议。${near === undefined ? '' : `您是指 ${near} 吗？`}${minus ? '减号两侧需要空格。' : ''}`,
    ),
}

/** What the parser expected, for the ends of its sentences. */
export const expected = {
  operator: (operator: string) => both(`"${operator}" is expected here`, `此处应为“${operator}”`),
  quantifierFirst: both('any and all stand before a comparison', 'any 和 all 应写在比较之前'),
  comparison: both('a comparison is expected after any or all', 'any 或 all 之后应为一个比较'),
  set: both('a set is expected: {80, 443, 8000..8010}', '此处应为一个集合：{80, 443, 8000..8010}'),
  commas: both('members of a set are separated by commas', '集合的成员以逗号分隔'),
  layer: both('a layer number belongs behind a field name', '层号应写在字段名之后'),
  behindHash: both('a number or "[" is expected behind "#"', '“#”之后应为一个数字或“[”'),
  range: both('a range is expected, for example [0:2]', '此处应为一个范围，例如 [0:2]'),
  somethingBefore: both('something must stand before it', '它之前必须有内容'),
}

/** Sentences of the checks that know types. */
export const meaning = {
  functionAlone: both('A function is always there; compare what it gives with something.', '函数总是存在；请将它的结果与某个值比较。'),
  referenceAlone: both('A reference to the selected packet must be compared with a field.', '对选中数据包的引用必须与一个字段比较。'),
  literalAlone: both('A literal alone is no condition.', '单独的字面值不是条件。'),
  noField: both('One side of a comparison must be a field or a function.', '比较的一侧必须是字段或函数。'),
  notOn: (name: string | undefined, type: Sentence, operator: string) =>
    both(
      `${subject(name).en} is ${type.en}: "${operator}" does not work on it.`,
      `${subject(name).zh}是${type.zh}：“${operator}”对它不起作用。`,
    ),
  incomparable: (one: Sentence, other: Sentence) =>
    both(`${one.en} and ${other.en} cannot be compared.`, `${one.zh}与${other.zh}不能比较。`),
  etherText: both('An Ethernet address holds bytes, not text: write them as 47:45.', '以太网地址是字节而不是文本：请写作 47:45。'),
  containsWhat: both('"contains" needs a string, bytes or a field on its right side.', '“contains”右侧需要字符串、字节或字段。'),
  unsearchable: (what: Sentence) => both(`${what.en} cannot be searched for.`, `不能搜索${what.zh}。`),
  matchesWhat: both('"matches" needs a pattern in double quotes on its right side.', '“matches”右侧需要用双引号括起的模式。'),
  onlyFieldInSet: both('Only a field may be tested for membership in a set.', '只有字段可以检验是否属于集合。'),
  fieldNotLiteral: both('A field or a function is expected here, not a literal.', '此处应为字段或函数，而不是字面值。'),
  noSign: (type: Sentence) => both(`${capital(type.en)} has no sign.`, `${type.zh}没有正负号。`),
  noNegative: both('This has no negative.', '此项没有负值。'),
  notOnType: (operator: string, type: Sentence) =>
    both(`"${operator}" does not work on ${type.en}.`, `“${operator}”对${type.zh}不起作用。`),
  notComputed: both('This cannot be computed.', '此项无法计算。'),
  literalExpected: both('A literal is expected here.', '此处应为字面值。'),
  stringComputed: both('A string cannot be computed with.', '字符串不能参与计算。'),
  onlyFieldsSliced: both('Only fields and functions can be sliced.', '只有字段和函数可以切片。'),
  unsliceable: (name: string | undefined, type: Sentence) =>
    both(`${subject(name).en} is ${type.en} and cannot be sliced into bytes.`, `${subject(name).zh}是${type.zh}，不能切分为字节。`),
  notCombined: (operator: string, left: Sentence, right: Sentence) =>
    both(`"${operator}" cannot combine ${left.en} with ${right.en}.`, `“${operator}”不能将${left.zh}与${right.zh}合并运算。`),
  takesField: (name: string) => both(`${name}() takes a field.`, `${name}() 接受一个字段。`),
  takesString: (name: string) => both(`${name}() takes a string field.`, `${name}() 接受一个字符串字段。`),
  notConverted: (name: string | undefined, type: Sentence) =>
    both(`${subject(name).en} is ${type.en}: string() does not convert it.`, `${subject(name).zh}是${type.zh}：string() 不能转换它。`),
  needsFieldInside: (name: string, several: boolean) =>
    both(`${name}() needs a field in its ${several ? 'arguments' : 'argument'}.`, `${name}() 的参数中需要有字段。`),
  functionNotOn: (name: string, type: Sentence) => both(`${name}() does not work on ${type.en}.`, `${name}() 对${type.zh}不起作用。`),
  oneType: (name: string, one: Sentence, other: Sentence, sizes: boolean) =>
    both(
      `The arguments of ${name}() must have one type: this is ${one.en}, not ${other.en}${sizes ? ' of the same size' : ''}.`,
      `${name}() 的参数必须为同一类型：此项是${one.zh}，而不是${sizes ? '相同大小的' : ''}${other.zh}。`,
    ),
}

/** Sentences of literals; `text` is the literal as it is written. */
export const literal = {
  onlyPresent: (name: string | undefined, type: Sentence) =>
    both(`${subject(name).en} is ${type.en}: it can only be present or not.`, `${subject(name).zh}是${type.zh}：只能判断其是否存在。`),
  noTime: (text: string) =>
    both(
      `${text} is no date and time; write "2026-11-22 13:05:42.5", with Z or +01:00 for another zone than the local one.`,
      `${text} 不是日期和时间；请写作 "2026-11-22 13:05:42.5"，非本地时区时加上 Z 或 +01:00。`,
    ),
  noBoolean: (text: string, name: string | undefined, names: readonly [string, string]) =>
    both(
      `${text} is no value of ${name ?? 'a boolean'}: write 1 or 0, True or False${name === undefined ? '' : `, "${names[0]}" or "${names[1]}"`}.`,
      `${text} 不是${name === undefined ? '布尔值' : ` ${name} 的值`}：请写 1 或 0、True 或 False${name === undefined ? '' : `、"${names[0]}" 或 "${names[1]}"`}。`,
    ),
  noNamedValue: (text: string, name: string) =>
    both(`${text} is no number and no named value of ${name}.`, `${text} 不是数字，也不是 ${name} 的命名值。`),
  stringFor: (text: string, name: string | undefined, type: Sentence) =>
    both(
      `${text} is a string, but ${name ?? 'the left side'} is ${type.en}.`,
      `${text} 是字符串，而${name === undefined ? '左侧' : ` ${name} `}是${type.zh}。`,
    ),
  noNumber: (text: string) => both(`${text} is not a valid number.`, `${text} 不是有效的数字。`),
  tooBig: (text: string, name: string | undefined, type: Sentence, limit: bigint) =>
    both(
      `${text} is too big for ${name ?? type.en}; the maximum is ${limit}.`,
      `${text} 对于 ${name ?? type.zh} 过大；最大值为 ${limit}。`,
    ),
  tooSmall: (text: string, name: string | undefined, type: Sentence, limit: bigint) =>
    both(
      `${text} is too small for ${name ?? type.en}; the minimum is ${limit}.`,
      `${text} 对于 ${name ?? type.zh} 过小；最小值为 ${limit}。`,
    ),
  noFloat: (text: string) => both(`${text} is not a valid floating-point number.`, `${text} 不是有效的浮点数。`),
  noSpan: (text: string) => both(`${text} is not a time span in seconds, for example 0.5.`, `${text} 不是以秒为单位的时长，例如 0.5。`),
  noAddress: (text: string, family: 'IPv4' | 'IPv6' | 'Ethernet') =>
    both(`${text} is not a valid ${family} address.`, `${text} 不是有效的${family === 'Ethernet' ? '以太网' : ` ${family} `}地址。`),
  prefixTooLong: (family: 'IPv4' | 'IPv6', most: number, bits: number) =>
    both(
      `A prefix of an ${family} address has at most ${most} bits, not ${bits}.`,
      `${family} 地址的前缀最多 ${most} 位，而不是 ${bits} 位。`,
    ),
  sixBytes: (text: string, count: number) =>
    both(`An Ethernet address has six bytes; ${text} has ${count}.`, `以太网地址有六个字节；${text} 有 ${count} 个。`),
  noBytes: (text: string) =>
    both(
      `${text} is not a byte sequence; write 47:45:54, or a string in double quotes.`,
      `${text} 不是字节序列；请写作 47:45:54，或用双引号括起的字符串。`,
    ),
}

/** Sentences of what is right or nearly so: what may not mean what one thinks, and what was probably meant. */
export const advice = {
  precedence: both(
    '"and" binds tighter than "or": parentheses would say which is meant.',
    '“and”的优先级高于“or”：用括号可以说明所指的是哪一种。',
  ),
  twoSided: (name: string) =>
    both(
      `"${name}" occurs more than once in a packet, so this passes as soon as one of the values differs. Use != when none may be equal.`,
      `“${name}”在一个数据包中出现不止一次，只要其中一个值不同就会通过。若要求都不相等，请使用 !=。`,
    ),
  addressAlone: (filter: string) => both(`An address alone is no filter. Use ${filter}`, `单独的地址不是过滤器。请使用 ${filter}`),
  captureFilter: (filter: string) =>
    both(
      `This is a capture filter (BPF), which is another language. As a display filter: ${filter}`,
      `这是捕获过滤器（BPF），属于另一种语言。写成显示过滤器：${filter}`,
    ),
}

/** What is wrong with a pattern of "matches", for the end of the sentence that says so. */
export const inPattern = {
  recursion: both('recursion, conditions and callouts are not supported', '不支持递归、条件和标注'),
  tooLarge: both('the pattern is too large', '模式过大'),
  lookbehind: both('lookbehind assertion is not fixed length', '后行断言的长度不固定'),
  unmatched: both('unmatched closing parenthesis', '右括号没有配对'),
  tooDeep: both('the pattern is nested too deeply', '模式嵌套过深'),
  afterQuestion: both('unrecognized character after (? or (?-', '(? 或 (?- 之后有无法识别的字符'),
  quantifier: both('quantifier does not follow a repeatable item', '量词之前没有可重复的内容'),
  repeatTooBig: both('number too big in {} quantifier', '{} 量词中的数过大'),
  repeatOrder: both('numbers out of order in {} quantifier', '{} 量词中的数顺序颠倒'),
  unclosed: both('missing closing parenthesis', '缺少右括号'),
  comment: both('missing ) after (?# comment', '(?# 注释之后缺少 )'),
  verbs: both('verbs are not supported', '不支持控制动词'),
  reference: both('reference to non-existent subpattern', '引用了不存在的子模式'),
  backslashEnd: both('\\ at end of pattern', '模式以 \\ 结尾'),
  propertyForm: both('malformed \\P or \\p sequence', '\\P 或 \\p 序列格式错误'),
  propertyName: both('unknown property after \\P or \\p', '\\P 或 \\p 之后的属性未知'),
  codeTooLarge: both('character code point value in \\x{} or \\o{} is too large', '\\x{} 或 \\o{} 中的字符码点过大'),
  backslash: both('unrecognized character follows \\', '\\ 之后有无法识别的字符'),
  classEnd: both('missing terminating ] for character class', '字符类缺少结尾的 ]'),
  posixClass: both('unknown POSIX class name', '未知的 POSIX 类名'),
  classOrder: both('range out of order in character class', '字符类中的范围顺序颠倒'),
}
