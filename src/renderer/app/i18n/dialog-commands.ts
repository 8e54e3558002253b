// Titles of the commands that open dialogs about the capture and the program.
import { defineMessages } from './messages'

/** Titles of those commands. */
export const dialogCommandMessages = defineMessages({
  en: {
    properties: 'Capture file properties…',
    timeFormat: 'Time format…',
    about: 'About Wireglass',
    openSample: 'Open a sample or another file…',
  },
  zh: { properties: '捕获文件属性…', timeFormat: '时间格式…', about: '关于 Wireglass', openSample: '打开示例或其他文件…' },
})
