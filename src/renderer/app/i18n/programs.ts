// Texts about recording a browser or a command with its TLS keys.
import { defineMessages } from './messages'

/** Texts of the start screen's section, the dialog and what follows. */
export const programMessages = defineMessages({
  en: {
    title: 'Record a program and decrypt its TLS',
    command: 'Record a browser or program with its TLS keys…',
    intro:
      'The capture starts first, then the program with SSLKEYLOGFILE set. A browser gets a fresh profile. The capture ends with the program.',
    address: 'Page to open',
    badAddress: 'Write the whole address, with http:// or https://.',
    browser: 'Record {name}',
    noBrowser: 'No browser that logs its keys was found (Chrome, Chromium, Edge, Brave, Vivaldi, Firefox). Start yours as a command.',
    line: 'Command',
    record: 'Record',
    recording: '{name} is being recorded',
    keysIn: 'Its keys are in {path}.',
    ended: '{name} has ended',
    secrets: { one: '{count} secret logged.', other: '{count} secrets logged.' },
    noSecrets: 'No key was logged: the program does not heed SSLKEYLOGFILE, or used no TLS.',
    failed: '{name} ended with status {status}',
    notStarted: 'The program was not recorded',
    noInterface: 'There is no interface to capture on.',
    offer: 'Record a program…',
  },
  zh: {
    title: '录制程序并解密其 TLS',
    command: '录制浏览器或程序及其 TLS 密钥…',
    intro: '先开始捕获，再以 SSLKEYLOGFILE 启动程序。浏览器使用全新的配置文件。程序结束时捕获随之结束。',
    address: '要打开的页面',
    badAddress: '请写出完整地址，包含 http:// 或 https://。',
    browser: '录制 {name}',
    noBrowser: '未找到会记录密钥的浏览器（Chrome、Chromium、Edge、Brave、Vivaldi、Firefox）。请以命令方式启动。',
    line: '命令',
    record: '录制',
    recording: '正在录制 {name}',
    keysIn: '其密钥位于 {path}。',
    ended: '{name} 已结束',
    secrets: '已记录 {count} 个密钥。',
    noSecrets: '未记录任何密钥：程序不理会 SSLKEYLOGFILE，或未使用 TLS。',
    failed: '{name} 以状态 {status} 结束',
    notStarted: '未能录制程序',
    noInterface: '没有可用于捕获的接口。',
    offer: '录制程序…',
  },
})
