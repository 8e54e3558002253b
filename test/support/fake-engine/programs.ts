// Programs of the fake engine: a browser is there, and nothing may be captured.
import { TraceError } from '../../../src/shared/errors'
import type { ServiceMethods } from '../../../src/shared/rpc/dispatcher'

/** The methods. */
export function fakePrograms(): Pick<ServiceMethods, 'program.browsers' | 'program.record'> {
  return {
    'program.browsers': () => ({ browsers: [{ id: 'chromium', name: 'Chromium' }] }),
    'program.record': () => {
      throw new TraceError('live/permission', 'You do not have permission to capture on eth0.')
    },
  }
}
