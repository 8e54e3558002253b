// Help sheet: all shortcuts of this host, from the command registry.
import { useState } from 'react'
import { Search } from 'lucide-react'
import { Key } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/fields'
import { useApp } from './app-context'
import { COMMANDS } from './commands/commands'
import { COMMAND_GROUPS, IS_MAC, keysOf, type CommandGroup } from './commands/registry'
import { printShortcut } from './commands/shortcut'
import { commandMessages } from './i18n/commands'
import type { PlainMessage } from './i18n/messages'
import { paletteMessages as m } from './i18n/palette'
import { useT } from './i18n/use-t'

const GROUP_NAMES: Readonly<Record<CommandGroup, PlainMessage>> = {
  file: commandMessages.groupFile,
  edit: commandMessages.groupEdit,
  go: commandMessages.groupGo,
  capture: commandMessages.groupCapture,
  packet: commandMessages.groupPacket,
  filter: commandMessages.groupFilter,
  view: commandMessages.groupView,
  help: commandMessages.groupHelp,
}

/** The list of shortcuts. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const [query, setQuery] = useState('')
  const words = query.toLowerCase()
  const rows = COMMANDS.commands
    .filter((command) => !command.id.startsWith('file.tab-') && keysOf(command, app.host.kind).length > 0)
    .map((command) => ({
      id: command.id,
      group: command.group,
      title: t(command.title),
      keys: keysOf(command, app.host.kind).map((key) => printShortcut(key, IS_MAC)),
    }))
    .filter((row) => words === '' || row.title.toLowerCase().includes(words) || row.keys.some((key) => key.toLowerCase().includes(words)))
  return (
    <Dialog title={t(m.keysTitle)} width={720} height={560} onClose={onClose}>
      <TextField
        label={t(m.keysSearch)}
        hideLabel
        placeholder={t(m.keysSearch)}
        icon={Search}
        value={query}
        onChange={setQuery}
        data-autofocus=""
      />
      {app.host.kind === 'browser' && <p className="f3 t11 keys-note">{t(m.keysBrowser)}</p>}
      <div className="keys-cols">
        {COMMAND_GROUPS.map((group) => {
          const own = rows.filter((row) => row.group === group)
          if (own.length === 0) return null
          return (
            <section key={group} className="keys-group">
              <h3>{t(GROUP_NAMES[group])}</h3>
              {own.map((row) => (
                <div key={row.id}>
                  <span>{row.title}</span>
                  {row.keys.map((key) => (
                    <Key key={key}>{key}</Key>
                  ))}
                </div>
              ))}
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
