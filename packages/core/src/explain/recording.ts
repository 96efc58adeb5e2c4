import type { ParsedConfig } from "../config/parse.js"
import type { PlaceGroup, PolicyConsumer } from "../config/policy.js"
import type { FoundToken } from "../extract/find-token.js"
import type { Reason } from "../reasons.js"
import type { Access } from "../rules/access.js"
import type { RulePattern } from "../rules/rule-pattern.js"
import type { Trace } from "../trace.js"
import type { CompactJws } from "../verify/compact-jws.js"
import type { Candidate } from "../verify/verify.js"
import { peekSegment } from "./peek.js"

/** What was made of one token. */
export interface Reading {
  readonly found: FoundToken
  readonly jws: CompactJws | Reason
  /** What the token's header seems to say, also when the token cannot be used. */
  readonly header?: Readonly<Record<string, unknown>>
}

/** What one decision was made of. */
export class Recording implements Trace {
  config: ParsedConfig | undefined
  access: Access = { kind: "open" }
  bypasses = false
  now: number | undefined
  readonly compared: { readonly index: number; readonly mismatch: keyof RulePattern | undefined }[] = []
  private readonly headers = new Map<string, Reading["header"]>()
  readonly readings = new Map<PlaceGroup, Reading>()
  /** Every consumer that a token may belong to. */
  readonly candidates = new Set<PolicyConsumer>()
  /** Of every candidate that was verified: why it failed, or undefined. */
  readonly verdicts = new Map<PolicyConsumer, Reason | undefined>()

  asked(config: ParsedConfig, access: Access, bypasses: boolean): void {
    this.config = config
    this.access = access
    this.bypasses = bypasses
  }

  rule(index: number, mismatch: keyof RulePattern | undefined): void {
    this.compared.push({ index, mismatch })
  }

  read(found: FoundToken, jws: CompactJws | Reason, consumers: readonly PolicyConsumer[] | Reason): void {
    const header = typeof jws === "string" ? this.headerOf(found.token) : jws.header
    this.readings.set(found.group, { found, jws, ...(header && { header }) })
    if (typeof consumers !== "string") for (const consumer of consumers) this.candidates.add(consumer)
  }

  /** Looked at once, however many groups found the same token. */
  private headerOf(token: string): Reading["header"] {
    if (!this.headers.has(token)) this.headers.set(token, peekSegment(token, 0))
    return this.headers.get(token)
  }

  judged({ consumer }: Candidate, reason: Reason | undefined, now: number): void {
    this.now = now
    this.verdicts.set(consumer, reason)
  }
}
