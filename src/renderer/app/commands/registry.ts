// The one list of commands: menus, palette, shortcuts, help sheet and native menus all read it.
import type { LucideIcon } from 'lucide-react'
import type { App } from '../app-model'
import type { PlainMessage } from '../i18n/messages'
import { matches, parseShortcut, printShortcut, type KeyPress } from './shortcut'

/** Groups of the help sheet and the palette, in order. */
export const COMMAND_GROUPS = ['file', 'edit', 'go', 'capture', 'packet', 'filter', 'view', 'help'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** Something the user can do. */
export interface Command {
  /** Stable, "group.verb"; native menus send it as host.command. */
  readonly id: string
  readonly title: PlainMessage
  readonly group: CommandGroup
  readonly icon?: LucideIcon
  /** Shortcuts in both hosts; the first is printed. */
  readonly keys?: readonly string[]
  /** More shortcuts of the desktop, where no browser takes them; the first is printed there. */
  readonly desktopKeys?: readonly string[]
  /** More shortcuts of the browser, in place of ones that belong to it. */
  readonly browserKeys?: readonly string[]
  /** Whether it can run now; without it, always. */
  readonly enabled?: (app: App) => boolean
  /** Whether it is offered at all; without it, always. */
  readonly offered?: (app: App) => boolean
  /** For commands that switch something: whether it is on. */
  readonly checked?: (app: App) => boolean
  /** Not in the palette, for example steps that only make sense as keys. */
  readonly keyOnly?: boolean
  readonly run: (app: App) => void | Promise<void>
}

/** True on Apple systems, where Cmd takes the place of Ctrl. */
export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Shortcuts of a command in this host, the one to print first. */
export function keysOf(command: Command, hostKind: 'desktop' | 'browser'): readonly string[] {
  const own = hostKind === 'desktop' ? command.desktopKeys : command.browserKeys
  return [...(own ?? []), ...(command.keys ?? [])]
}

/** The shortcut to print beside a command, or undefined. */
export function shortcutText(command: Command, hostKind: 'desktop' | 'browser'): string | undefined {
  const key = keysOf(command, hostKind)[0]
  return key === undefined ? undefined : printShortcut(key, IS_MAC)
}

/** A key without Ctrl, Alt or Cmd, which must not fire while the user types text. */
export function isPlainKey(text: string): boolean {
  const shortcut = parseShortcut(text)
  return !shortcut.mod && !shortcut.ctrl && !shortcut.alt && shortcut.key.length === 1
}

/** All commands, with look-up by id and by key. */
export class CommandRegistry {
  readonly commands: readonly Command[]
  private readonly byId: ReadonlyMap<string, Command>

  constructor(commands: readonly Command[]) {
    this.commands = commands
    this.byId = new Map(commands.map((command) => [command.id, command]))
  }

  /** A command by its id. */
  find(id: string): Command | undefined {
    return this.byId.get(id)
  }

  /** The command that a key press means. `typing`: the focus is in a text field, so plain keys do not count. */
  match(press: KeyPress, hostKind: 'desktop' | 'browser', typing: boolean, mac = IS_MAC): Command | undefined {
    return this.commands.find((command) =>
      keysOf(command, hostKind).some((key) => !(typing && isPlainKey(key)) && matches(parseShortcut(key), press, mac)),
    )
  }

  /** Runs a command if it is offered and enabled; its failure is reported to the user. Returns whether it ran. */
  run(id: string, app: App): boolean {
    const command = this.byId.get(id)
    if (command === undefined || command.offered?.(app) === false || command.enabled?.(app) === false) return false
    void (async () => {
      try {
        await command.run(app)
      } catch (error) {
        app.report(error)
      }
    })()
    return true
  }
}
