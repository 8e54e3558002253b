// Troubles that more than one back end meets, in the same words.
import { CaptureProblem } from './backend'

/** A capture filter that libpcap's compiler does not take. */
export function filterProblem(filter: string, name: string, complaint: string): CaptureProblem {
  return new CaptureProblem('live/filter', `Invalid capture filter "${filter}" for interface ${name}: ${complaint}.`, complaint)
}

/** The user may not capture. */
export function permissionProblem(name: string, details: string): CaptureProblem {
  return new CaptureProblem('live/permission', `You do not have permission to capture on ${name}.`, details)
}

/** An interface that is not there. */
export function missingProblem(name: string, details: string): CaptureProblem {
  return new CaptureProblem('live/no-interface', `There is no interface named "${name}".`, details)
}

/** An interface that was lost while it was captured. */
export function lostProblem(details: string): CaptureProblem {
  const message = 'The interface went away or was switched off while it was captured. What came before is kept.'
  return new CaptureProblem('live/interface-lost', message, details)
}
