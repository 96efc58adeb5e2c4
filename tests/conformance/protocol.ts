import type { HeaderView, ObservedPassage } from "@jwt-auth/core/testing"

// What the driver and a server under test say to each other. Nothing here or in the servers is of one runtime alone.

/** In a request: the number of the row. The suite's own, like `Host` and `Connection`. */
export const rowHeader = "x-conformance-row"

/** In every answer of a server under test: the request as its app was given it. */
export const shownHeader = "x-conformance-shown"

/** In an answer from the handler: what it saw. A header, since an answer to HEAD has no body. */
export const seenHeader = "x-conformance-seen"

/** A request as the app was given it. */
export interface Shown {
  readonly method: string
  readonly host: string
  readonly path: string
  /** Where the app is given a Fetch API `Request`. */
  readonly url?: string
  readonly cookie?: string
}

/** What a handler saw. */
export type Seen = Pick<ObservedPassage, "outcome" | "consumer" | "wouldDeny" | "path"> & {
  readonly views: Readonly<Record<string, HeaderView>>
}

/** As a header value. */
export function packed(value: Shown | Seen): string {
  return encodeURIComponent(JSON.stringify(value))
}

export function unpacked<T extends Shown | Seen>(value: string): T {
  return JSON.parse(decodeURIComponent(value)) as T
}
