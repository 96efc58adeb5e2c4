import type { PolicyConsumer } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import type { Reason } from "../reasons.js"
import type { Guarded } from "../rules/access.js"
import type { CompactJws } from "../verify/compact-jws.js"
import type { StepName } from "./explanation.js"
import type { Reading } from "./recording.js"
import type { Show } from "./show.js"

/** Where one consumer failed. */
export interface Finding extends Circumstances {
  readonly step: StepName
  readonly reason: Reason
}

/** Everything that a hint about one consumer may look at. */
export interface Circumstances {
  readonly consumer: PolicyConsumer
  /** Every consumer whose token was looked for. */
  readonly everyone: readonly PolicyConsumer[]
  readonly request: AuthRequest
  readonly access: Guarded
  /** The token that this consumer's places gave, if there was one. */
  readonly reading?: Reading
  /** The token, when it could be read. */
  readonly jws?: CompactJws
  /** The clock of the decision, when it was asked for. */
  readonly now?: number
  /** Prints the value of a claim. Everything that is not in the token's payload goes through `show` itself. */
  readonly showClaim: Show
}

/** What would have passed, and what was there instead. */
export interface Difference {
  readonly expected: string
  readonly actual: string
}
