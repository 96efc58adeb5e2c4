import type { Effort } from "./result.js"

/** What published figures are measured with. */
export const full: Effort = { quick: false, rounds: 61, roundMs: 5, atMost: Number.POSITIVE_INFINITY }

/** A first look. */
export const quick: Effort = { ...full, quick: true, rounds: 15, roundMs: 2 }

/** For tests of the bench itself: says nothing about speed. */
export const smoke: Effort = { quick: true, rounds: 2, roundMs: 0.5, atMost: 3 }
