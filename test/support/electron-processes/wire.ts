// What main's process and a utility process of these tests say to each other.

/** Main to utility process. */
export type ToUtility =
  | { readonly kind: 'parent'; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'close'; readonly id: number }

/** Utility process to main. */
export type FromUtility =
  | { readonly kind: 'parent'; readonly message: unknown }
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'close'; readonly id: number }
