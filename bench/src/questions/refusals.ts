import { showBad, showGood } from "../contestants/gate.js"
import { deciderOf } from "../contestants/jwt-auth.js"
import { requestWith } from "../contestants/request.js"
import { findRatio } from "../measure/find-ratio.js"
import { type Contestant, runRounds } from "../measure/rounds.js"
import { figureOf, ratioOf, type Sample } from "../measure/samples.js"
import type { Budget, Question } from "../result.js"
import { garbage, structuredGarbage } from "../tokens/bad-tokens.js"
import { audience, issuer, usualClaims } from "../tokens/claims.js"
import { FreshTokens } from "../tokens/fresh-tokens.js"
import { createSigner, type Signer, type TokenAlgorithm } from "../tokens/signer.js"

const algorithms: readonly TokenAlgorithm[] = ["HS256", "RS256"]
const good = "good, new"

/** What is refused, and how it is made. */
interface Kind {
  readonly name: string
  readonly make: (signer: Signer) => string
  /** Large ones cannot be made by the thousand. */
  readonly mostPerRound?: number
  /** A true signature has to be checked before a token may be told that it expired: that costs what a good one does. */
  readonly afterSignature?: true
}

const kinds: readonly Kind[] = [
  { name: "missing", make: () => "" },
  { name: "garbage", make: () => garbage(700) },
  { name: "structured garbage", make: (signer) => structuredGarbage(headerOf(signer), 700) },
  { name: "8 kB", make: (signer) => structuredGarbage(headerOf(signer), 8_000), mostPerRound: 2_000 },
  { name: "1 MB", make: (signer) => structuredGarbage(headerOf(signer), 1_000_000), mostPerRound: 40 },
  {
    name: "unknown issuer",
    make: (signer) => signer.forged(usualClaims({ iss: "https://nobody.example.com/" })),
  },
  { name: "wrong signature", make: (signer) => signer.forged(usualClaims()), afterSignature: true },
  {
    name: "expired",
    make: (signer) => signer.token(usualClaims({ exp: 1_600_000_000 })),
    afterSignature: true,
  },
]

export const refusals: Question = {
  id: "refusals",
  title: "What does it cost to refuse?",
  about:
    "A whole `decide()` on what a stranger can send, against one on a good token that is new. Garbage is 700 characters that no token " +
    "begins with; structured garbage has a true header and a payload that is not JSON; so have the tokens of 8 kB and of 1 MB. " +
    "Whoever names a known issuer makes the gate check a signature, which costs what a good token costs.",
  chart: "bars",
  budgets: algorithms.flatMap((algorithm) =>
    kinds.filter(({ afterSignature }) => !afterSignature).map(({ name }) => budgetOf(algorithm, name)),
  ),
  async measure(progress, effort) {
    const samples: Sample[] = []
    for (const algorithm of algorithms) {
      const step = (what: string) => progress(`${algorithm}: ${what}`)
      samples.push(...(await runRounds(await contestantsFor(algorithm), effort, step)))
    }
    const goodOne = (group: string) =>
      samples.find((sample) => sample.group === group && sample.name === good) as Sample
    return {
      figures: samples.map((sample) => figureOf(sample, "ns")),
      ratios: samples
        .filter(({ name }) => name !== good)
        .map((sample) => ratioOf(sample, goodOne(sample.group))),
    }
  },
}

async function contestantsFor(algorithm: TokenAlgorithm): Promise<Contestant[]> {
  const signer = await createSigner(algorithm)
  const decider = deciderOf(
    { consumers: [{ name: "web", issuer, audiences: [audience], jwks: { keys: [signer.jwk] } }] },
    {},
    (token) => requestWith(token === "" ? undefined : token),
  )
  await showGood(decider, [signer.token(usualClaims())])
  const contestants: Contestant[] = [
    {
      group: algorithm,
      name: good,
      prepare: new FreshTokens(() => signer.token(usualClaims())).operations(decider.present),
    },
  ]
  for (const { name, make, mostPerRound } of kinds) {
    const tokens = new FreshTokens(() => make(signer))
    await showBad(decider, tokens.of({ round: 0, from: 0, count: 2 }))
    contestants.push({
      group: algorithm,
      name,
      ...(mostPerRound !== undefined && { mostPerRound }),
      prepare: tokens.operations(decider.present),
    })
  }
  return contestants
}

function headerOf(signer: Signer): string {
  return signer.token({}).split(".")[0] as string
}

function budgetOf(algorithm: TokenAlgorithm, name: string): Budget {
  return {
    what: `refusal, ${name}: costs at most a good ${algorithm} token that is new`,
    limit: { atMost: 1 },
    measured: (measurement) => findRatio(measurement, algorithm, name, good),
  }
}
