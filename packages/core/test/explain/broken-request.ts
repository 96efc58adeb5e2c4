import { type Explanation, explain, type Step, type StepName } from "../../src/explain/index.js"
import {
  type AuthRequest,
  type Consumer,
  createAuthenticator,
  type JwtAuthConfig,
  type Reason,
  type Requirement,
} from "../../src/index.js"
import { bearer, consumer, mintKey, now, sign, type TokenParts } from "../keyring.js"

/** A request that somebody stares at, and what the explanation has to tell about it. */
export interface BrokenRequest {
  /** What is wrong, in plain words. */
  readonly name: string
  situation(): Situation | Promise<Situation>
  /** The consumer that the request was meant for. Default `web`. */
  readonly consumer?: string
  /** Where the explanation has to stand. */
  readonly at: StepName | "rule"
  /** Absent where nothing failed, and the hint is a warning. */
  readonly reason?: Reason
  /** The very words. */
  readonly hint: string
}

export interface Situation {
  readonly config: JwtAuthConfig
  readonly request: AuthRequest
  readonly requirement?: Requirement
  /** Default: `now` of the keyring. */
  readonly now?: number
}

export async function explainSituation({
  config,
  request,
  requirement,
  now: clock = now,
}: Situation): Promise<Explanation> {
  return explain(createAuthenticator(config, { now: () => clock }), request, requirement)
}

/** The step of the consumer that a row is about. */
export function stepAt(
  explanation: Explanation,
  { consumer: name = "web", at }: BrokenRequest,
): Partial<Step> {
  if (at === "rule") return explanation.rule
  const explained = explanation.consumers.find(({ consumer }) => consumer === name)
  return explained?.steps.find(({ step }) => step === at) ?? {}
}

/** One consumer, and a truly signed token with these parts: the common situation. */
export async function signedFor(fields: Partial<Consumer>, parts: TokenParts): Promise<Situation> {
  const key = await mintKey("ES256")
  return { config: { consumers: [consumer(key, fields)] }, request: bearer(await sign(key, parts)) }
}
