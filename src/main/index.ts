// Entry of the desktop host.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app } from 'electron'
import { findSamplesFolder } from '../node/files/samples'
import { configFolder } from '../node/settings/config-folder'
import { createDocumentStore } from '../node/settings/document-store'
import { runApplication } from './application'

const here = dirname(fileURLToPath(import.meta.url))
const icon = app.isPackaged ? join(process.resourcesPath, 'icon.png') : join(here, '..', '..', 'resources', 'icon.png')

// Not awaited: Electron becomes ready only after this module has been evaluated.
void runApplication(
  {
    out: join(here, '..'),
    samples: app.isPackaged ? join(process.resourcesPath, 'samples') : findSamplesFolder(here),
    icon: existsSync(icon) ? icon : undefined,
  },
  createDocumentStore(configFolder()),
)
