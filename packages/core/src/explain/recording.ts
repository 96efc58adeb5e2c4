import type { ParsedConfig } from "../config/parse.js"
import type { PlaceGroup, PolicyConsumer } from "../config/policy.js"
import type { FoundToken } from "../extract/find-token.js"
import type { Reason } from "../reasons.js"
import type { Access } from "../rules/access.js"
import type { RulePattern } from "../rules/match-rule.js"
import type { Trace } from "../trace.js"
import type { CompactJws } from "../verify/compact-jws.js"
import type { Candidate } from "../verify/verify.js"

/** What was made of one token. */
export interface Reading {
  readonly found: FoundToken
  readonly jws: CompactJws | Reason
}

/** What one decision was made of. */
export class Recording implements Trace {
  config: ParsedConfig | undefined
  access: Access = { kind: "open" }
  bypasses = false
  now: number | undefined
  readonly compared: { readonly index: number; readonly mismatch: keyof RulePattern | undefined }[] = []
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
    this.readings.set(found.group, { found, jws })
    if (typeof consumers !== "string") for (const consumer of consumers) this.candidates.add(consumer)
  }

  judged({ consumer }: Candidate, reason: Reason | undefined, now: number): void {
    this.now = now
    this.verdicts.set(consumer, reason)
  }
}
