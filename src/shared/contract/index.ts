// The contract between engine and interface: methods, events, data, and the messages that carry them.
export * from './commands'
export * from './diagram'
export * from './graphs'
export * from './schemas'
export * from './methods'
export * from './rpc'
