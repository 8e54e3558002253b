// What protocols tell the index of a packet on its first visit, so that questions that are often asked need no dissection later.

/** Bits of Decoder.facts. They say what the packet's tree holds whenever it is dissected again. */
export const FACT = {
  /** http.request is in the tree. */
  HTTP_REQUEST: 1,
  /** http.response is in the tree. */
  HTTP_RESPONSE: 2,
  /** Something of HTTP may be in the tree that belongs neither to a whole request nor to a whole response. */
  HTTP_OTHER: 4,
  /** The first TCP segment lies wholly inside a message that ends in a later one: no protocol above this TCP occurs. */
  SEGMENT: 8,
  /** Some of HTTP does not stand in the frame as it is: it was reassembled, decrypted or decompressed. */
  HTTP_ELSEWHERE: 16,
} as const
