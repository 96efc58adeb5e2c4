// What an authenticator's process holds after so many different tokens: fill-cache.ts kind count…
import { setImmediate } from "node:timers/promises"
import { createAuthenticator } from "@jwt-auth/core"
import { audience, issuer, usualClaims } from "../tokens/claims.js"
import { createSigner } from "../tokens/signer.js"
import type { Held, TokenKind } from "./held.js"
import { report } from "./run-child.js"

const [kind, ...counts] = process.argv.slice(2) as [TokenKind, ...string[]]
const signer = await createSigner("HS256")
const authenticator = createAuthenticator({
  consumers: [{ name: "web", issuer, audiences: [audience], jwks: { keys: [signer.jwk] } }],
})
const longest = 8_192
// Three bytes are four characters.
const padding = "x".repeat(
  Math.floor(((longest - signer.token(usualClaims({ pad: "" })).length) * 3) / 4) - 2,
)

const tokenOf: Readonly<Record<TokenKind, () => string>> = {
  good: () => signer.token(usualClaims()),
  "good and 8 kB long": () => signer.token(usualClaims({ pad: padding })),
  refused: () => withoutSignature(signer.token(usualClaims())),
}
const expected = kind === "refused" ? "deny" : "allow"

/** As long as before, and so good that only the check finds it out. */
function withoutSignature(token: string): string {
  const end = token.lastIndexOf(".") + 1
  return token.slice(0, end) + "A".repeat(token.length - end)
}

const held: Held[] = []
let sent = 0
for (const count of counts.map(Number)) {
  for (; sent < count; sent++) {
    // As Node hands it over: a copy in one piece, read from bytes.
    const authorization = Buffer.from(`Bearer ${tokenOf[kind]()}`, "latin1").toString("latin1")
    const request = { method: "GET", host: "api.example.com", path: "/", headers: { authorization } }
    const { outcome } = await authenticator.decide(request)
    if (outcome !== expected) throw new Error(`${kind}: ${outcome}`)
    // As a server comes to rest: only then is native memory given back.
    if (sent % 100 === 0) await setImmediate()
  }
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  held.push({ heapUsed, rss })
}
report(held)
