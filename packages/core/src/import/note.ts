import type { JwtAuthConfig } from "../config/document.js"

/** One thing that the import changed, added, could not say, or that behaves otherwise here. */
export interface ImportNote {
  /** Where in the source document: `_rules_[2]._match_service_`, `consumers[0].jwt-auth.secret`. */
  readonly path: string
  /** What it meant there. Never holds a key, a secret or a token. */
  readonly there: string
  /** What happens here. */
  readonly here: string
  /**
   * `lost`: something that restricted access, or that nobody knows the meaning of, could not be carried over.
   * `differs`: behaves otherwise here. `info`: carried over under another name.
   */
  readonly kind: "lost" | "differs" | "info"
}

/** A gateway's config in the terms of this library. */
export interface Imported {
  /** The config: `createAuthenticator` takes it as it is. */
  readonly config: JwtAuthConfig
  /** What the reader has to know before it is used. */
  readonly notes: readonly ImportNote[]
}
