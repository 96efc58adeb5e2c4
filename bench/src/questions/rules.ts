import type { AuthRequest, Rule } from "@jwt-auth/core"
import { showGood } from "../contestants/gate.js"
import { deciderOf } from "../contestants/jwt-auth.js"
import { requestWith } from "../contestants/request.js"
import { type Contestant, runRounds } from "../measure/rounds.js"
import { figureOf, ratioOf, type Sample } from "../measure/samples.js"
import { writtenNumber } from "../report/format.js"
import type { Effort, Question } from "../result.js"
import { audience, issuer, usualClaims } from "../tokens/claims.js"
import { operationsOn } from "../tokens/live-tokens.js"
import { createSigner, type Signer } from "../tokens/signer.js"

const sizes = [1, 10, 100, 1_000]

/** A kind of rule, and a request that the rule of that number is about. */
interface Kind {
  readonly name: string
  readonly rule: (number: number) => Rule
  readonly request: (number: number) => Partial<AuthRequest>
}

const kinds: readonly Kind[] = [
  {
    name: "by path",
    rule: (number) => ({ match: { path: `/service-${number}/*` }, allow: ["web"] }),
    request: (number) => ({ path: `/service-${number}/orders/1042?expand=items` }),
  },
  {
    name: "by domain",
    rule: (number) => ({ match: { domain: `tenant-${number}.example.com` }, allow: ["web"] }),
    request: (number) => ({ host: `tenant-${number}.example.com` }),
  },
]

export const rules: Question = {
  id: "rules",
  title: "What does a request cost as the rules become more?",
  about:
    "A whole `decide()` with a token that was seen before, so that the rules show. Each rule is about a path or a domain of its " +
    "own; requests ask for all of them in random order.",
  chart: "lines",
  axis: "rules",
  budgets: [],
  async measure(progress, effort) {
    const signer = await createSigner("HS256")
    const contestants: Contestant[] = []
    for (const kind of kinds) {
      for (const size of sizes) contestants.push(await contestantFor(kind, size, signer, effort))
    }
    const samples = await runRounds(contestants, effort, progress)
    return {
      figures: samples.map((sample) => figureOf(sample, "ns")),
      ratios: kinds.map(({ name }) => growthOf(samples.filter((sample) => sample.name === name))),
    }
  },
}

async function contestantFor(
  kind: Kind,
  size: number,
  signer: Signer,
  { atMost }: Effort,
): Promise<Contestant> {
  const count = Math.min(size, atMost)
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const config = {
    // Whatever no rule is about is refused: a request that its rule did not match would be noticed.
    global_auth: true,
    consumers: [
      { name: "web", issuer, audiences: [audience], jwks: { keys: [signer.jwk] } },
      { name: "other", issuer: "https://other.example.com/", jwks: { keys: [signer.jwk] } },
    ],
    rules: numbers.map(kind.rule),
  }
  const anyNumber = () => 1 + Math.floor(Math.random() * count)
  const decider = deciderOf(config, {}, (token) => requestWith(token, kind.request(anyNumber())))
  const token = signer.token(usualClaims())
  await showGood(decider, [token])
  return { group: writtenNumber(size), name: kind.name, prepare: operationsOn([token], decider.present) }
}

function growthOf(samples: readonly Sample[]) {
  return ratioOf(samples.at(-1) as Sample, samples[0] as Sample)
}
