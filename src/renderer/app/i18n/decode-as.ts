// Texts of Decode As.
import { defineMessages } from './messages'

/** Texts of Decode As. */
export const decodeAsMessages = defineMessages({
  en: {
    title: 'Decode as',
    intro: 'What stands under a key is read as the protocol that you choose, in every capture that is open and from now on.',
    table: 'Table of rule {number}',
    key: 'Key of rule {number}',
    protocol: 'Protocol of rule {number}',
    tableTitle: 'Table',
    keyTitle: 'Key',
    protocolTitle: 'Read as',
    remove: 'Remove rule {number}',
    add: 'Add a rule',
    suggested: 'From packet {number}',
    suggest: '{table} {key}, now {protocol}',
    suggestNone: '{table} {key}, not read now',
    badKey: 'A whole number from 0 to {largest}, or hexadecimal as 0x…',
    badProtocol: 'No protocol has this name. Choose one of the list.',
    none: 'No rule: every key is read as usual.',
    apply: 'Apply',
  },
  zh: {
    title: '解码为',
    intro: '所选键下的内容将按您选择的协议读取，对所有已打开的捕获和以后打开的捕获均有效。',
    table: '规则 {number} 的表',
    key: '规则 {number} 的键',
    protocol: '规则 {number} 的协议',
    tableTitle: '表',
    keyTitle: '键',
    protocolTitle: '读作',
    remove: '删除规则 {number}',
    add: '添加规则',
    suggested: '来自数据包 {number}',
    suggest: '{table} {key}，当前为 {protocol}',
    suggestNone: '{table} {key}，当前未解析',
    badKey: '0 到 {largest} 的整数，或 0x… 形式的十六进制数',
    badProtocol: '没有这个名称的协议。请从列表中选择。',
    none: '没有规则：所有键按通常方式读取。',
    apply: '应用',
  },
})
