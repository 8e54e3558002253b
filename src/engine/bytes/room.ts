// Tables of numbers that grow.

/** Numbers of a table. */
export type Numbers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float64Array

/**
 * The same numbers with room for four times as many, and for `least` numbers at least. Four times, since the system gives memory page by page when it is
 * first touched: room that is never used costs next to nothing, and copying into fresh pages is what growing costs.
 */
export function withRoom<A extends Numbers>(numbers: A, least = 0): A {
  const larger = new (numbers.constructor as new (length: number) => A)(Math.max(least, numbers.length * 4))
  larger.set(numbers)
  return larger
}
