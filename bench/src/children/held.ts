/** What the tokens have in common; no two of them are alike. */
export type TokenKind = "good" | "refused" | "good and 8 kB long"

/** Bytes of a process after a full garbage collection. */
export interface Held {
  readonly heapUsed: number
  readonly rss: number
}
