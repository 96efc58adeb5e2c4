import { showBad, showGood } from "../contestants/gate.js"
import { deciderOf } from "../contestants/jwt-auth.js"
import { findRatio } from "../measure/find-ratio.js"
import { type Contestant, runRounds } from "../measure/rounds.js"
import { figureOf, ratioOf, type Sample } from "../measure/samples.js"
import { writtenNumber } from "../report/format.js"
import type { Budget, Effort, Question, Ratio } from "../result.js"
import { usualClaims } from "../tokens/claims.js"
import { createCrowd, type Member } from "../tokens/crowd.js"
import { operationsOn } from "../tokens/live-tokens.js"

const sizes = [1, 10, 100, 1_000, 10_000]
const largest = writtenNumber(10_000)
/** Fewer for those that walk through all consumers: ten thousand take tens of milliseconds. */
const walkedSizes = sizes.slice(0, -1)

const newHs256 = "new token, HS256"
const newEs256 = "new token, ES256"
const seen = "seen before"
const unknownIssuer = "unknown issuer"
const byClaim = "one issuer, by claim"
const byKey = "one issuer, by key only"

export const consumers: Question = {
  id: "consumers",
  title: "What does a token cost as the consumers become more?",
  about:
    "A whole `decide()` under a config of so many consumers, each with a key of its own, and tokens of all of them in random " +
    "order, of which there are as many at every size: no two of 10,000 are alike, which are decided with `cache: false`, and of " +
    "those seen before 1,000 are live. The last line is what to " +
    "keep away from: consumers that have the same issuer and claims, without `kid` in the tokens, so that only trying one key after " +
    "the other tells them apart, where the last one fits. It is linear.",
  chart: "lines",
  axis: "consumers",
  budgets: [...[seen, newHs256, newEs256, byClaim].map(flat), ...sizes.map(cheapToRefuse)],
  async measure(progress, effort) {
    const samples: Sample[] = []
    for (const prepare of [newHs256Tokens, newEs256Tokens, tokensSeenBefore, tokensByClaim, tokensByKey]) {
      progress("making keys and tokens")
      samples.push(...(await runRounds(await prepare(effort), effort, progress)))
    }
    return { figures: samples.map((sample) => figureOf(sample, "ns")), ratios: ratiosOf(samples) }
  },
}

/** With tokens of issuers that nobody knows in the same rounds: they are held against these. */
async function newHs256Tokens({ atMost }: Effort): Promise<Contestant[]> {
  const crowd = await createCrowd("HS256", Math.min(10_000, atMost))
  const contestants: Contestant[] = []
  for (const size of sizes) {
    const members = crowd.slice(0, size)
    contestants.push(await decisionsOn(size, newHs256, members, tokensOf(members, crowd.length)))
    contestants.push(await refusalsOf(size, members, Math.min(1_000, atMost)))
  }
  return contestants
}

async function newEs256Tokens({ atMost }: Effort): Promise<Contestant[]> {
  const crowd = await createCrowd("ES256", Math.min(10_000, atMost))
  return forSizes(sizes, (size) => {
    const members = crowd.slice(0, size)
    return decisionsOn(size, newEs256, members, tokensOf(members, crowd.length))
  })
}

async function tokensSeenBefore({ atMost }: Effort): Promise<Contestant[]> {
  const crowd = await createCrowd("HS256", Math.min(10_000, atMost))
  return forSizes(sizes, (size) => {
    const members = crowd.slice(0, size)
    return decisionsOn(size, seen, members, tokensOf(members, Math.min(1_000, atMost)), {})
  })
}

async function tokensByClaim({ atMost }: Effort): Promise<Contestant[]> {
  const crowd = await createCrowd("HS256", Math.min(10_000, atMost), "claim")
  return forSizes(sizes, (size) => {
    const members = crowd.slice(0, size)
    return decisionsOn(size, byClaim, members, tokensOf(members, crowd.length))
  })
}

async function tokensByKey({ atMost }: Effort): Promise<Contestant[]> {
  const crowd = await createCrowd("HS256", Math.min(1_000, atMost), "key")
  return forSizes(walkedSizes, (size) => {
    const members = crowd.slice(0, size)
    const last = members.at(-1) as Member
    return decisionsOn(size, byKey, members, [last.signer.token(usualClaims(last.claims), false)])
  })
}

/** Decides on good tokens of these members, each of which has been seen once: every key is imported. */
async function decisionsOn(
  size: number,
  name: string,
  members: readonly Member[],
  tokens: readonly string[],
  options: object = { cache: false },
): Promise<Contestant> {
  const decider = deciderOf({ consumers: members.map(({ consumer }) => consumer) }, options)
  await showGood(decider, tokens)
  return { group: writtenNumber(size), name, prepare: operationsOn(tokens, decider.present) }
}

/** Refuses tokens that look right, of issuers that no consumer has. */
async function refusalsOf(size: number, members: readonly Member[], count: number): Promise<Contestant> {
  const decider = deciderOf({ consumers: members.map(({ consumer }) => consumer) })
  const [{ signer }] = members as [Member, ...Member[]]
  const tokens = Array.from({ length: count }, (_, number) =>
    signer.forged(usualClaims({ iss: `https://nobody-${number}.example.com/` })),
  )
  await showBad(decider, tokens)
  return { group: writtenNumber(size), name: unknownIssuer, prepare: operationsOn(tokens, decider.present) }
}

/** So many different tokens, spread over all members: the same token again and again is read in less time than others. */
function tokensOf(members: readonly Member[], count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const { signer, claims } = members[Math.floor((number * members.length) / count)] as Member
    return signer.token(usualClaims(claims))
  })
}

async function forSizes(
  ofSizes: readonly number[],
  contestant: (size: number) => Promise<Contestant>,
): Promise<Contestant[]> {
  const contestants: Contestant[] = []
  for (const size of ofSizes) contestants.push(await contestant(size))
  return contestants
}

/** Each line's end against its beginning, and unknown issuers against good tokens. */
function ratiosOf(samples: readonly Sample[]): Ratio[] {
  const one = (name: string) =>
    samples.find((sample) => sample.name === name && sample.group === "1") as Sample
  const last = (name: string) => samples.findLast((sample) => sample.name === name) as Sample
  const growth = [...new Set(samples.map(({ name }) => name))].map((name) => ratioOf(last(name), one(name)))
  const refusals = samples
    .filter(({ name }) => name === unknownIssuer)
    .map((refused) =>
      ratioOf(
        refused,
        samples.find(({ name, group }) => name === newHs256 && group === refused.group) as Sample,
      ),
    )
  return [...growth, ...refusals]
}

function flat(name: string): Budget {
  return {
    what: `consumers, ${name}: 10,000 cost at most 1.3 × what 1 costs`,
    limit: { atMost: 1.3 },
    measured: (measurement) => findRatio(measurement, largest, name, `${name}, 1`),
  }
}

function cheapToRefuse(size: number): Budget {
  return {
    what: `consumers, ${writtenNumber(size)}: an unknown issuer costs at most a good token, HS256`,
    limit: { atMost: 1 },
    measured: (measurement) => findRatio(measurement, writtenNumber(size), unknownIssuer, newHs256),
  }
}
