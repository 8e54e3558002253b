// Texts of the generic controls in src/renderer/ui.
import { defineMessages } from './messages'

/** Texts of dialogs, menus, toasts and fields. */
export const uiMessages = defineMessages({
  en: {
    close: 'Close',
    cancel: 'Cancel',
    apply: 'Apply',
    dismiss: 'Dismiss',
    details: 'Details',
    copy: 'Copy',
    copied: 'Copied',
    notRecorded: 'not recorded',
    notifications: 'Notifications',
  },
  zh: {
    close: '关闭',
    cancel: '取消',
    apply: '应用',
    dismiss: '忽略',
    details: '详细信息',
    copy: '复制',
    copied: '已复制',
    notRecorded: '未记录',
    notifications: '通知',
  },
})
