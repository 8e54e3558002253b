// What the engine uses of WebAssembly, which no library of its project declares: engines of ECMAScript have it beside the language.

/** Memory that the core and the engine share; it only grows, and views of it stay valid. */
export interface CoreMemory {
  /** A new object after the memory has grown; older ones show the same bytes, as far as they went. */
  readonly buffer: ArrayBufferLike
}

/** Functions of an instance. */
export type CoreExports = Readonly<Record<string, (...args: number[]) => number>>

interface Instance {
  readonly exports: unknown
}
interface WebAssemblyLike {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => CoreMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => Instance
}
declare const WebAssembly: WebAssemblyLike

/** Fresh memory. */
export function newMemory(pages: number, maximum: number): CoreMemory {
  return new WebAssembly.Memory({ initial: pages, maximum, shared: true })
}

/** A compiled program, of which there may be many instances. */
export function newModule(bytes: Uint8Array): object {
  return new WebAssembly.Module(bytes)
}

/** The exports of a new instance of a program. */
export function newInstance(module: object, memory: CoreMemory, engine: Record<string, (...args: number[]) => number | void>): unknown {
  return new WebAssembly.Instance(module, { env: { memory }, engine }).exports
}
