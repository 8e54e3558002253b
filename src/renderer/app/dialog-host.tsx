// Draws the open dialogs; each component comes from dialogs/components.ts.
import { Suspense, type ComponentType } from 'react'
import { DIALOGS } from '../dialogs/components'
import { useStore } from '../model/store'
import { useApp } from './app-context'
import type { OpenDialog } from './app-model'

/** All open dialogs, the newest on top. */
export function DialogHost() {
  const app = useApp()
  const dialogs = useStore(app.dialogs)
  return (
    <Suspense fallback={null}>
      {dialogs.map((dialog) => (
        <One key={dialog.id} dialog={dialog} />
      ))}
    </Suspense>
  )
}

function One({ dialog }: { readonly dialog: OpenDialog }) {
  const app = useApp()
  // The registry maps each name to a component for exactly these props; that pairing is lost in the list of open dialogs.
  const Component = DIALOGS[dialog.name] as ComponentType<OpenDialog['props'] & { readonly onClose: () => void }>
  return (
    <Component
      {...dialog.props}
      onClose={() => {
        app.closeDialog(dialog.id)
      }}
    />
  )
}
