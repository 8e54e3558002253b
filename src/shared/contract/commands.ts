// Commands that a native menu or the operating system may send to the page (event host.command). The page maps them to its own actions and
// ignores those it does not have.

/** Ids of the commands; 'subject.verb'. */
export const HOST_COMMANDS = [
  'file.open',
  'file.close',
  'file.reload',
  'file.save',
  'file.saveAs',
  'file.exportPackets',
  'file.information',
  'edit.copySummary',
  'edit.find',
  'edit.findNext',
  'edit.findPrevious',
  'edit.mark',
  'edit.markDisplayed',
  'edit.unmarkAll',
  'edit.ignore',
  'edit.unignoreAll',
  'edit.timeReference',
  'edit.comment',
  'edit.selectAll',
  'edit.settings',
  'view.commandPalette',
  'view.filterBox',
  'view.columns',
  'view.colorRules',
  'view.colorize',
  'view.resolveNames',
  'view.overview',
  'view.layout',
  'view.theme',
  'go.packet',
  'go.first',
  'go.last',
  'go.next',
  'go.previous',
  'go.back',
  'go.forward',
  'go.nextInConversation',
  'go.previousInConversation',
  'help.shortcuts',
  'help.about',
] as const

/** A command of the host. */
export type HostCommand = (typeof HOST_COMMANDS)[number]
