// Errors as they cross the wire, in both directions: TraceError -> Problem -> RpcError.
import type { Problem } from '../contract'
import { FilterError, TraceError, type ErrorCode } from '../errors'

/** Failures of the moment: the same call may succeed later without any change by the user. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'io/not-found',
  'io/permission',
  'io/no-space',
  'io/read',
  'io/write',
  'rpc/cancelled',
  'rpc/closed',
  'rpc/busy',
  'host/engine-stopped',
])

/** What the interface receives in place of an exception. The place keeps only the parts that are known. */
export function toProblem(error: TraceError): Problem {
  const { file, offset, packet, field } = error.where
  return {
    code: error.code,
    message: error.message,
    ...(error instanceof FilterError ? { sentence: error.sentence } : {}),
    where: {
      ...(file === undefined ? {} : { file }),
      ...(offset === undefined ? {} : { offset }),
      ...(packet === undefined ? {} : { packet }),
      ...(field === undefined ? {} : { field }),
      ...(error instanceof FilterError ? { start: error.start, end: error.end } : {}),
    },
    retryable: RETRYABLE.has(error.code),
  }
}

/** A call's failure as its caller sees it: the engine's code, message and place. `code` is an ErrorCode unless the engine is newer. */
export class RpcError extends Error {
  readonly code: string
  readonly sentence: Problem['sentence']
  readonly where: Problem['where']
  readonly retryable: boolean

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'RpcError'
    this.code = problem.code
    this.sentence = problem.sentence
    this.where = problem.where
    this.retryable = problem.retryable
  }
}

/** True when a call ended because its caller cancelled it: usually nothing to show. */
export function isCancelled(error: unknown): boolean {
  return (error instanceof RpcError || error instanceof TraceError) && error.code === 'rpc/cancelled'
}
