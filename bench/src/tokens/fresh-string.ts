/**
 * A copy of a string as a server gets it: read from bytes, in one piece, and never hashed. A string that was looked up
 * before keeps its hash, which would flatter whoever has a map of tokens.
 */
export function freshString(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1")
}
