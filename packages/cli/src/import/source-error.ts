import type { LocatedIssue } from "../read-config.js"

export interface SourceIssue extends LocatedIssue {
  readonly file: string
}

/** What keeps a gateway's config from being imported, each with its place in the source. */
export class SourceError extends Error {
  override readonly name = "SourceError"
  readonly issues: readonly SourceIssue[]

  constructor(issues: readonly SourceIssue[]) {
    super("the config cannot be imported")
    this.issues = issues
  }
}
