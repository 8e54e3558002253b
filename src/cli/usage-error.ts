/** What the user did wrong; printed with the hint to --help, exit status 1. */
export class UsageError extends Error {}
