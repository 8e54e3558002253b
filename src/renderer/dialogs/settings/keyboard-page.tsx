// All shortcuts of this host, with a note where two commands share one.
import { useState } from 'react'
import { Search } from 'lucide-react'
import { useApp } from '../../app/app-context'
import { COMMANDS } from '../../app/commands/commands'
import { IS_MAC, keysOf, type Command } from '../../app/commands/registry'
import { printShortcut } from '../../app/commands/shortcut'
import { settingsMessages as m } from '../../app/i18n/settings'
import { useT } from '../../app/i18n/use-t'
import { Key } from '../../ui/button'
import { TextField } from '../../ui/fields'

/** Commands that share a key with another: id of the later one to the earlier one, which is the one that runs. */
export function keyConflicts(commands: readonly Command[], host: 'desktop' | 'browser'): ReadonlyMap<string, Command> {
  const owners = new Map<string, Command>()
  const conflicts = new Map<string, Command>()
  for (const command of commands) {
    for (const key of keysOf(command, host)) {
      const owner = owners.get(key)
      if (owner === undefined) owners.set(key, command)
      else if (owner !== command) conflicts.set(command.id, owner)
    }
  }
  return conflicts
}

/** The list of shortcuts. */
export function KeyboardPage() {
  const app = useApp()
  const t = useT()
  const [query, setQuery] = useState('')
  const host = app.host.kind
  const conflicts = keyConflicts(COMMANDS.commands, host)
  const words = query.trim().toLowerCase()
  const rows = COMMANDS.commands
    .filter((command) => !command.id.startsWith('file.tab-') && keysOf(command, host).length > 0)
    .map((command) => ({ command, title: t(command.title), keys: keysOf(command, host).map((key) => printShortcut(key, IS_MAC)) }))
    .filter((row) => words === '' || row.title.toLowerCase().includes(words) || row.keys.some((key) => key.toLowerCase().includes(words)))
  return (
    <>
      <TextField label={t(m.search)} hideLabel placeholder={t(m.search)} icon={Search} value={query} onChange={setQuery} />
      {rows.length === 0 && <p className="dl-empty f3">{t(m.noKeys)}</p>}
      <ul className="set-keys" tabIndex={0} aria-label={t(m.keyboard)}>
        {rows.map(({ command, title, keys }) => {
          const other = conflicts.get(command.id)
          return (
            <li key={command.id}>
              <span>{title}</span>
              <span className="sp" />
              {other !== undefined && <span className="bad-text t11">{t(m.conflict, { name: t(other.title) })}</span>}
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </li>
          )
        })}
      </ul>
    </>
  )
}
