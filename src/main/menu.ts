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
      { command: 'file.open', label: ['&Open a Capture…', '打开捕获文件(&O)…'], keys: 'CmdOrCtrl+O' },
      { command: 'file.reload', label: ['&Read the File Again', '重新读取文件(&R)'], keys: 'CmdOrCtrl+Shift+R' },
      { command: 'file.close', label: ['&Close the Capture', '关闭捕获(&C)'], keys: 'CmdOrCtrl+W' },
      '-',
      { command: 'file.save', label: ['&Save or Export…', '保存或导出(&S)…'], keys: 'CmdOrCtrl+S' },
      { command: 'file.save-displayed', label: ['Export &Displayed Packets…', '导出显示的数据包(&D)…'] },
      { command: 'file.save-marked', label: ['Export &Marked Packets…', '导出已标记的数据包(&M)…'] },
      '-',
      { command: 'file.settings', label: ['Se&ttings…', '设置(&T)…'], keys: 'CmdOrCtrl+Shift+,' },
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
      { command: 'packet.copy-summary', label: ['Copy S&ummary Lines', '复制摘要行(&U)'] },
      { command: 'edit.select-all', label: ['Select &All Displayed Packets', '选择所有显示的数据包(&A)'] },
      '-',
      { command: 'edit.find', label: ['&Find…', '查找(&F)…'], keys: 'CmdOrCtrl+F' },
      { command: 'edit.find-next', label: ['Find &Next', '查找下一个(&N)'], keys: 'CmdOrCtrl+N' },
      { command: 'edit.find-previous', label: ['Find Pre&vious', '查找上一个(&V)'], keys: 'CmdOrCtrl+B' },
      '-',
      { command: 'packet.mark', label: ['&Mark or Unmark', '标记或取消标记(&M)'], keys: 'CmdOrCtrl+M' },
      { command: 'packet.mark-displayed', label: ['Mark All &Displayed', '标记所有显示的数据包(&D)'], keys: 'CmdOrCtrl+Shift+M' },
      { command: 'packet.unmark-all', label: ['Remove All Mar&ks', '清除所有标记(&K)'], keys: 'CmdOrCtrl+Alt+M' },
      { command: 'packet.ignore', label: ['&Ignore or Use Again', '忽略或重新使用(&I)'], keys: 'CmdOrCtrl+D' },
      { command: 'packet.unignore-all', label: ['Use All I&gnored Again', '重新使用所有忽略的数据包(&G)'], keys: 'CmdOrCtrl+Alt+D' },
      { command: 'packet.time-reference', label: ['Set or Unset Time &Reference', '设置或取消时间参考(&R)'], keys: 'CmdOrCtrl+T' },
      { command: 'packet.decode-as', label: ['&Decode as…', '解码为(&D)…'], keys: 'CmdOrCtrl+Shift+U' },
      { command: 'packet.comment', label: ['C&omment…', '注释(&O)…'], keys: 'CmdOrCtrl+Alt+C' },
    ],
  },
  {
    label: ['&Capture', '捕获(&C)'],
    items: [
      { command: 'live.new', label: ['&New Capture…', '新建捕获(&N)…'], keys: 'CmdOrCtrl+Shift+E' },
      { command: 'live.toggle', label: ['&Start or Stop', '开始或停止(&S)'], keys: 'CmdOrCtrl+E' },
      { command: 'live.restart', label: ['&Restart', '重新开始(&R)'], keys: 'CmdOrCtrl+R' },
      '-',
      { command: 'live.permission', label: ['&Permission to Capture…', '捕获权限(&P)…'] },
    ],
  },
  {
    label: ['&View', '视图(&V)'],
    items: [
      { command: 'view.palette', label: ['&Command Palette…', '命令面板(&C)…'], keys: 'CmdOrCtrl+K' },
      { command: 'filter.focus', label: ['Go to the &Filter Box', '转到过滤框(&F)'], keys: 'CmdOrCtrl+/' },
      { command: 'filter.clear', label: ['Clear the Fi&lter', '清除过滤(&L)'], keys: 'CmdOrCtrl+Shift+/' },
      '-',
      { command: 'view.columns', label: ['C&olumns…', '列(&O)…'] },
      { command: 'view.color-rules', label: ['Colour &Rules…', '着色规则(&R)…'] },
      { command: 'view.colorize', label: ['Colour the &Packet List', '为数据包列表着色(&P)'] },
      { command: 'view.resolve-names', label: ['Resolve &Names', '解析名称(&N)'] },
      { command: 'view.overview', label: ['O&verview Strip', '概览条(&V)'] },
      '-',
      { command: 'view.layout-bottom', label: ['Layout: Details and Bytes &Below', '布局：详情与字节在下方(&B)'] },
      { command: 'view.layout-side', label: ['Layout: Details and Bytes B&eside', '布局：详情与字节在侧面(&E)'] },
      { command: 'view.layout-rows', label: ['Layout: &Three Rows', '布局：三行(&T)'] },
      '-',
      { command: 'view.theme-dark', label: ['Theme: &Dark', '主题：深色(&D)'] },
      { command: 'view.theme-light', label: ['Theme: Li&ght', '主题：浅色(&G)'] },
      { command: 'view.theme-system', label: ['Theme: As the S&ystem', '主题：跟随系统(&Y)'] },
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
      { command: 'go.to', label: ['&Go to Packet…', '跳转到数据包(&G)…'], keys: 'CmdOrCtrl+G' },
      '-',
      { command: 'go.previous', label: ['&Previous Packet', '上一个数据包(&P)'], keys: 'CmdOrCtrl+Up' },
      { command: 'go.next', label: ['&Next Packet', '下一个数据包(&N)'], keys: 'CmdOrCtrl+Down' },
      { command: 'go.first', label: ['F&irst Packet', '第一个数据包(&I)'], keys: 'CmdOrCtrl+Home' },
      { command: 'go.last', label: ['&Last Packet', '最后一个数据包(&L)'], keys: 'CmdOrCtrl+End' },
      '-',
      {
        command: 'go.previous-conversation',
        label: ['Previous of the Same &Conversation', '同一会话的上一个数据包(&C)'],
        keys: 'CmdOrCtrl+,',
      },
      { command: 'go.next-conversation', label: ['Ne&xt of the Same Conversation', '同一会话的下一个数据包(&X)'], keys: 'CmdOrCtrl+.' },
    ],
  },
  {
    label: ['&Help', '帮助(&H)'],
    items: [{ command: 'help.keys', label: ['&Keyboard Shortcuts', '键盘快捷键(&K)'] }],
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
