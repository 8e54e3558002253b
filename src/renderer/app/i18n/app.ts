// Texts of the application outside any view: failures, connection.
import { defineMessages } from './messages'

/** Texts of failures and of the connection. */
export const appMessages = defineMessages({
  en: {
    failed: 'That did not work',
    openFailed: '{name} cannot be opened',
    connectionLost: 'The connection to the engine is lost',
    connectionLostText: 'What is on screen is from before. Marks and comments that were not saved may be lost.',
    reconnect: 'Reconnect',
    noToken: 'This page needs the link with its token',
    noTokenText: 'Open the address that the program printed in the terminal. It holds a secret that lets only you use this page.',
    startFailed: 'The engine did not answer',
    retry: 'Try again',
  },
  zh: {
    failed: '操作未成功',
    openFailed: '无法打开 {name}',
    connectionLost: '与引擎的连接已断开',
    connectionLostText: '屏幕上显示的是断开之前的内容。尚未保存的标记和注释可能会丢失。',
    reconnect: '重新连接',
    noToken: '此页面需要带令牌的链接',
    noTokenText: '请打开程序在终端中给出的地址，其中的密钥保证只有您能使用此页面。',
    startFailed: '引擎没有响应',
    retry: '重试',
  },
})
