// All commands of the application.
import { DIALOG_COMMANDS } from './dialog-commands'
import { FILE_COMMANDS } from './file-commands'
import { LIVE_COMMANDS } from './live-commands'
import { GO_COMMANDS, PACKET_COMMANDS } from './packet-commands'
import { CommandRegistry } from './registry'
import { FILTER_COMMANDS, VIEW_COMMANDS } from './view-commands'

/** The registry that menus, palette, shortcuts and help read. */
export const COMMANDS = new CommandRegistry([
  ...LIVE_COMMANDS,
  ...FILE_COMMANDS,
  ...GO_COMMANDS,
  ...PACKET_COMMANDS,
  ...FILTER_COMMANDS,
  ...VIEW_COMMANDS,
  ...DIALOG_COMMANDS,
])
