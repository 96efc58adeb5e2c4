// Where the time of a repeated token goes: pnpm --dir bench profile [--core specifier] [algorithm …]
import { parseArgs } from "node:util"
import { requestWith } from "./contestants/request.js"
import { SelfTimes } from "./measure/self-times.js"
import { audience, issuer, usualClaims } from "./tokens/claims.js"
import { createSigner, type TokenAlgorithm } from "./tokens/signer.js"

type Core = typeof import("@jwt-auth/core")

const batch = 10_000
const warmUpMs = 1_000
const profiledMs = 3_000
const shown = 20

/** Functions by what they take of one decision on a token that was seen before. */
async function profile({ createAuthenticator }: Core, algorithm: TokenAlgorithm): Promise<void> {
  const signer = await createSigner(algorithm)
  const jwks = { keys: [signer.jwk] }
  const authenticator = createAuthenticator({
    consumers: [{ name: "web", issuer, audiences: [audience], jwks }],
  })
  const token = signer.token(usualClaims())
  const requests = () => Array.from({ length: batch }, () => requestWith(token))
  async function decideAll(asked: ReturnType<typeof requests>): Promise<void> {
    for (const request of asked) {
      const decision = authenticator.decide(request)
      const { outcome } = decision instanceof Promise ? await decision : decision
      if (outcome !== "allow") throw new Error(`a good ${algorithm} token: ${outcome}`)
    }
  }
  const warm = performance.now() + warmUpMs
  while (performance.now() < warm) await decideAll(requests())
  const times = new SelfTimes()
  let decisions = 0
  for (; times.totalMs < profiledMs; decisions += batch) {
    const asked = requests()
    await times.add(() => decideAll(asked))
  }
  print(algorithm, times, decisions)
}

function print(algorithm: TokenAlgorithm, times: SelfTimes, decisions: number): void {
  const perDecision = (ms: number) => Math.round((ms * 1e6) / decisions).toLocaleString("en")
  const share = (ms: number) => `${((100 * ms) / times.totalMs).toFixed(1)} %`
  console.log(
    `\nA repeated ${algorithm} token: ${perDecision(times.totalMs)} ns per decision, under the profiler.\n`,
  )
  console.log("| share | ns per decision | function | place |\n| ---: | ---: | --- | --- |")
  for (const { name, place, ms } of times.longest(shown)) {
    console.log(`| ${share(ms)} | ${perDecision(ms)} | ${name} | ${place} |`)
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { core: { type: "string", default: "@jwt-auth/core" } },
})
const core = (await import(values.core)) as Core
const algorithms = positionals.length === 0 ? ["HS256", "RS256"] : positionals
for (const algorithm of algorithms) await profile(core, algorithm as TokenAlgorithm)
