// The menus as a table; every item of ours only sends a command to the page, so that menus, shortcuts and the palette do the same thing.
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { HostCommand } from '../shared/contract'

/** Languages of the menus. */
export type MenuLanguage = 'en' | 'zh'

type Label = readonly [en: string, zh: string]
type Role = NonNullable<MenuItemConstructorOptions['role']>
type Row =
  { readonly command: HostCommand; readonly label: Label; readonly keys?: string } | { readonly role: Role; readonly label: Label } | '-'

interface MenuRow {
  readonly label: Label
  readonly items: readonly Row[]
}

/** Menus in order. `keys` are Electron accelerators; the page handles them itself, so that they work alike in a browser. */
export const MENUS: readonly MenuRow[] = [
  {
    label: ['&File', '文件(&F)'],
    items: [
      { command: 'file.open', label: ['&Open…', '打开(&O)…'], keys: 'CmdOrCtrl+O' },
      { command: 'file.reload', label: ['&Reload', '重新载入(&R)'], keys: 'CmdOrCtrl+R' },
      { command: 'file.close', label: ['&Close', '关闭(&C)'], keys: 'CmdOrCtrl+W' },
      '-',
      { command: 'file.save', label: ['&Save', '保存(&S)'], keys: 'CmdOrCtrl+S' },
      { command: 'file.saveAs', label: ['Save &As…', '另存为(&A)…'], keys: 'CmdOrCtrl+Shift+S' },
      { command: 'file.exportPackets', label: ['&Export Packets…', '导出分组(&E)…'] },
      '-',
      { command: 'file.information', label: ['Capture File &Properties', '捕获文件属性(&P)'] },
      '-',
      { role: 'quit', label: ['&Quit', '退出(&Q)'] },
    ],
  },
  {
    label: ['&Edit', '编辑(&E)'],
    items: [
      { role: 'cut', label: ['Cu&t', '剪切(&T)'] },
      { role: 'copy', label: ['&Copy', '复制(&C)'] },
      { role: 'paste', label: ['&Paste', '粘贴(&P)'] },
      { command: 'edit.copySummary', label: ['Copy S&ummary', '复制摘要(&U)'] },
      { command: 'edit.selectAll', label: ['Select &All', '全选(&A)'] },
      '-',
      { command: 'edit.find', label: ['&Find Packet…', '查找分组(&F)…'], keys: 'CmdOrCtrl+F' },
      { command: 'edit.findNext', label: ['Find &Next', '查找下一个(&N)'], keys: 'CmdOrCtrl+N' },
      { command: 'edit.findPrevious', label: ['Find Pre&vious', '查找上一个(&V)'], keys: 'CmdOrCtrl+B' },
      '-',
      { command: 'edit.mark', label: ['&Mark or Unmark', '标记或取消标记(&M)'], keys: 'CmdOrCtrl+M' },
      { command: 'edit.markDisplayed', label: ['Mark All &Displayed', '标记所有显示的分组(&D)'], keys: 'CmdOrCtrl+Shift+M' },
      { command: 'edit.unmarkAll', label: ['Unmar&k All', '取消所有标记(&K)'] },
      { command: 'edit.ignore', label: ['&Ignore or Unignore', '忽略或取消忽略(&I)'], keys: 'CmdOrCtrl+D' },
      { command: 'edit.unignoreAll', label: ['Uni&gnore All', '取消所有忽略(&G)'] },
      { command: 'edit.timeReference', label: ['Set or Unset &Time Reference', '设置或取消时间参考(&T)'], keys: 'CmdOrCtrl+T' },
      { command: 'edit.comment', label: ['Packet C&omment…', '分组注释(&O)…'], keys: 'CmdOrCtrl+Alt+C' },
      '-',
      { command: 'edit.settings', label: ['&Settings…', '设置(&S)…'], keys: 'CmdOrCtrl+,' },
    ],
  },
  {
    label: ['&View', '视图(&V)'],
    items: [
      { command: 'view.commandPalette', label: ['&Command Palette…', '命令面板(&C)…'], keys: 'CmdOrCtrl+K' },
      { command: 'view.filterBox', label: ['Display &Filter', '显示过滤器(&F)'], keys: 'CmdOrCtrl+/' },
      '-',
      { command: 'view.columns', label: ['C&olumns…', '列(&O)…'] },
      { command: 'view.colorRules', label: ['Colour &Rules…', '着色规则(&R)…'] },
      { command: 'view.colorize', label: ['Colouri&ze Packet List', '为分组列表着色(&Z)'] },
      { command: 'view.resolveNames', label: ['Resolve &Names', '解析名称(&N)'] },
      { command: 'view.overview', label: ['O&verview Strip', '概览条(&V)'] },
      { command: 'view.layout', label: ['&Layout', '布局(&L)'] },
      { command: 'view.theme', label: ['&Theme', '主题(&T)'] },
      '-',
      { role: 'zoomIn', label: ['Zoom &In', '放大(&I)'] },
      { role: 'zoomOut', label: ['Zoom O&ut', '缩小(&U)'] },
      { role: 'resetZoom', label: ['&Actual Size', '实际大小(&A)'] },
      { role: 'togglefullscreen', label: ['Full &Screen', '全屏(&S)'] },
    ],
  },
  {
    label: ['&Go', '跳转(&G)'],
    items: [
      { command: 'go.back', label: ['&Back', '后退(&B)'], keys: 'Alt+Left' },
      { command: 'go.forward', label: ['&Forward', '前进(&F)'], keys: 'Alt+Right' },
      { command: 'go.packet', label: ['&Go to Packet…', '转到分组(&G)…'], keys: 'CmdOrCtrl+G' },
      '-',
      { command: 'go.previous', label: ['&Previous Packet', '上一个分组(&P)'], keys: 'CmdOrCtrl+Up' },
      { command: 'go.next', label: ['&Next Packet', '下一个分组(&N)'], keys: 'CmdOrCtrl+Down' },
      { command: 'go.first', label: ['F&irst Packet', '首个分组(&I)'], keys: 'CmdOrCtrl+Home' },
      { command: 'go.last', label: ['&Last Packet', '最后一个分组(&L)'], keys: 'CmdOrCtrl+End' },
      '-',
      { command: 'go.previousInConversation', label: ['Previous in &Conversation', '会话中的上一个分组(&C)'], keys: 'CmdOrCtrl+,' },
      { command: 'go.nextInConversation', label: ['Ne&xt in Conversation', '会话中的下一个分组(&X)'], keys: 'CmdOrCtrl+.' },
    ],
  },
  {
    label: ['&Help', '帮助(&H)'],
    items: [
      { command: 'help.shortcuts', label: ['&Keyboard Shortcuts', '键盘快捷键(&K)'] },
      { command: 'help.about', label: ['&About Wireglass', '关于 Wireglass(&A)'] },
    ],
  },
]

/** The language for a system locale such as "zh-CN". */
export function menuLanguage(locale: string): MenuLanguage {
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Builds and installs the menus; `send` passes a command on. */
export function installMenus(language: MenuLanguage, send: (command: HostCommand) => void): void {
  const template = MENUS.map((menu) => ({ label: text(menu.label, language), submenu: menu.items.map((row) => item(row, language, send)) }))
  if (process.platform === 'darwin')
    template.unshift({
      label: app.name,
      submenu: [{ role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' }],
    })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function item(row: Row, language: MenuLanguage, send: (command: HostCommand) => void): MenuItemConstructorOptions {
  if (row === '-') return { type: 'separator' }
  if ('role' in row) return { role: row.role, label: text(row.label, language) }
  const { command, keys } = row
  return {
    id: command,
    label: text(row.label, language),
    // Shown but not registered: the page hears the keys first, and would otherwise act twice.
    ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }),
    click: () => {
      send(command)
    },
  }
}

/** macOS has no mnemonics. */
function text(label: Label, language: MenuLanguage): string {
  const chosen = label[language === 'zh' ? 1 : 0]
  return process.platform === 'darwin' ? chosen.replace(/\(&[A-Z]\)|&/g, '') : chosen
}
