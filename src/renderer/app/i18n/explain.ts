// Texts of the explain panel's frame.
import { defineMessages } from './messages'

/** Texts of the explain panel's frame. */
export const explainMessages = defineMessages({
  en: { title: 'Explain', close: 'Close the panel', nothing: 'Select a field in the details to have it explained.' },
  zh: { title: '解释', close: '关闭面板', nothing: '在详情中选择一个字段，即可查看其解释。' },
})
