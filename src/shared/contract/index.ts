// The contract between engine and interface: methods, events, data, and the messages that carry them.
export * from './commands'
export * from './diagram'
export * from './graphs'
export * from './http'
export * from './schemas'
export * from './methods'
export * from './rpc'
export * from './tls'
