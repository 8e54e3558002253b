// Commands on the view: filter box, panes, layout, theme, language, help.
import {
  Columns3,
  Command as CommandIcon,
  Filter,
  Keyboard,
  Lightbulb,
  Moon,
  Palette,
  PanelBottom,
  PanelRight,
  Rows3,
  Sun,
} from 'lucide-react'
import type { Settings } from '../../model/settings'
import type { App } from '../app-model'
import { commandMessages as m } from '../i18n/commands'
import { cyclePane } from './panes'
import { setWholeTree } from '../../views/packets/use-tree'
import type { Command } from './registry'

const hasCapture = (app: App): boolean => app.active.get() !== null

function choice<K extends keyof Settings>(key: K, value: Settings[K]): Pick<Command, 'checked' | 'run'> {
  return {
    checked: (app) => app.settings.get()[key] === value,
    run: (app) => {
      app.settings.update({ [key]: value })
    },
  }
}

function toggle(key: 'overview' | 'inspector' | 'resolveNames' | 'colorize'): Pick<Command, 'checked' | 'run'> {
  return {
    checked: (app) => app.settings.get()[key],
    run: (app) => {
      app.settings.update({ [key]: !app.settings.get()[key] })
    },
  }
}

/** Filter box. */
export const FILTER_COMMANDS: readonly Command[] = [
  {
    id: 'filter.focus',
    title: m.filterFocus,
    group: 'filter',
    icon: Filter,
    keys: ['Mod+/', '/'],
    enabled: hasCapture,
    run: () => {
      const input = document.getElementById('filter-input')
      if (input instanceof HTMLInputElement) {
        input.focus()
        input.select()
      }
    },
  },
  {
    id: 'filter.clear',
    title: m.filterClear,
    group: 'filter',
    // On many keyboards Shift and / is ?.
    keys: ['Mod+Shift+/', 'Mod+?'],
    enabled: (app) => (app.active.get()?.info.get().filter ?? '') !== '',
    run: async (app) => {
      await app.active.get()?.applyFilter('')
    },
  },
]

/** Window, layout, theme, language. */
export const VIEW_COMMANDS: readonly Command[] = [
  {
    id: 'view.palette',
    title: m.palette,
    group: 'view',
    icon: CommandIcon,
    keys: ['Mod+K'],
    keyOnly: true,
    run: (app) => {
      app.openDialog('palette', { text: '' })
    },
  },
  {
    id: 'view.next-pane',
    title: m.nextPane,
    group: 'view',
    keys: ['F6'],
    keyOnly: true,
    run: () => {
      cyclePane(1)
    },
  },
  {
    id: 'view.previous-pane',
    title: m.previousPane,
    group: 'view',
    keys: ['Shift+F6'],
    keyOnly: true,
    run: () => {
      cyclePane(-1)
    },
  },
  { id: 'view.layout-bottom', title: m.layoutBottom, group: 'view', icon: PanelBottom, ...choice('layout', 'bottom') },
  { id: 'view.layout-side', title: m.layoutSide, group: 'view', icon: PanelRight, ...choice('layout', 'side') },
  { id: 'view.layout-rows', title: m.layoutRows, group: 'view', icon: Rows3, ...choice('layout', 'rows') },
  { id: 'view.overview', title: m.overview, group: 'view', ...toggle('overview') },
  { id: 'view.inspector', title: m.inspector, group: 'view', icon: Lightbulb, keys: ['E'], enabled: hasCapture, ...toggle('inspector') },
  {
    id: 'view.expand-all',
    title: m.expandAll,
    group: 'view',
    keys: ['Mod+ArrowRight'],
    enabled: hasCapture,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) setWholeTree(app, session, true)
    },
  },
  {
    id: 'view.collapse-all',
    title: m.collapseAll,
    group: 'view',
    keys: ['Mod+ArrowLeft'],
    enabled: hasCapture,
    run: (app) => {
      const session = app.active.get()
      if (session !== null) setWholeTree(app, session, false)
    },
  },
  { id: 'view.resolve-names', title: m.resolveNames, group: 'view', ...toggle('resolveNames') },
  { id: 'view.colorize', title: m.colorize, group: 'view', ...toggle('colorize') },
  {
    id: 'view.color-rules',
    title: m.colorRules,
    group: 'view',
    icon: Palette,
    run: (app) => {
      app.openDialog('color-rules', {})
    },
  },
  {
    id: 'view.columns',
    title: m.columns,
    group: 'view',
    icon: Columns3,
    run: (app) => {
      app.openDialog('columns', {})
    },
  },
  { id: 'view.theme-dark', title: m.themeDark, group: 'view', icon: Moon, ...choice('theme', 'dark') },
  { id: 'view.theme-light', title: m.themeLight, group: 'view', icon: Sun, ...choice('theme', 'light') },
  { id: 'view.theme-system', title: m.themeSystem, group: 'view', ...choice('theme', 'system') },
  { id: 'view.language-en', title: m.languageEnglish, group: 'view', ...choice('language', 'en') },
  { id: 'view.language-zh', title: m.languageChinese, group: 'view', ...choice('language', 'zh') },
  {
    id: 'help.keys',
    title: m.keys,
    group: 'help',
    icon: Keyboard,
    keys: ['?'],
    run: (app) => {
      app.openDialog('keys', {})
    },
  },
]
