import { type Cast, caller, forged, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import { newSecret, secretKey } from "../keyring.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { sign } from "../sign.js"

/** 3.6: which keys of the consumer's own set are tried. */
export async function keyRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const first = web.key.jwk
  const second = partner.key.jwk
  const set = (...keys: readonly (typeof first)[]) => only(web.consumer({ jwks: { keys } }))
  const row = rowsOf("3.6", only(web.consumer()))
  const byFirst = (kid?: string) => web.token({}, { kid })
  const bySecond = (kid?: string) => sign(partner.key, "HS256", { alg: "HS256", kid }, goodClaims(web.issuer))
  const named = set({ ...first, kid: "1" }, { ...second, kid: "2" })
  const half = set({ ...first, kid: "1" }, second)
  const twins = set({ ...first, kid: "1" }, { ...second, kid: "1" })

  const kids = [
    row("kid: the key of that name", { config: named, token: await bySecond("2") }, allows("web")),
    row(
      "kid: a key of another name does not count, though it signed",
      { config: named, token: await bySecond("1") },
      fails,
    ),
    row("kid: a name that no key has", { config: named, token: await byFirst("3") }, fails),
    row(
      "kid: a name in other case is another",
      { config: set({ ...first, kid: "k" }), token: await byFirst("K") },
      fails,
    ),
    row("kid: an empty name is a name", { config: named, token: await byFirst("") }, fails),
    row(
      "kid: a path is a name like any other",
      { config: named, token: await byFirst("../../dev/null") },
      fails,
    ),
    row("kid: what every object has is no name", { config: named, token: await byFirst("__proto__") }, fails),
    row(
      "kid: a key without a name counts for every name",
      { config: half, token: await bySecond("3") },
      allows("web"),
    ),
    row(
      "kid: a key without a name counts beside the named one",
      { config: half, token: await bySecond("1") },
      allows("web"),
    ),
    row(
      "kid: of two keys of one name, the first",
      { config: twins, token: await byFirst("1") },
      allows("web"),
    ),
    row(
      "kid: of two keys of one name, the second",
      { config: twins, token: await bySecond("1") },
      allows("web"),
    ),
    row("no kid: the first key", { config: named, token: await byFirst() }, allows("web")),
    row("no kid: the last key", { config: named, token: await bySecond() }, allows("web")),
    row("no kid: a key that is not in the set", { config: named, token: await forged(web, stranger) }, fails),
  ]

  const uses = [
    row("use sig", { config: set({ ...first, use: "sig" }), token: await byFirst() }, allows("web")),
    row(
      "alg: a key's own counts, not that of a key beside it",
      { config: set({ ...first, alg: "HS512" }, { ...second, alg: "HS256" }), token: await byFirst() },
      fails,
    ),
    row(
      "alg: the key beside it counts",
      { config: set({ ...first, alg: "HS512" }, { ...second, alg: "HS256" }), token: await bySecond() },
      allows("web"),
    ),
    row(
      "alg: a key of the right name and another algorithm does not count",
      {
        config: set({ ...first, kid: "1", alg: "HS512" }, { ...second, kid: "2" }),
        token: await byFirst("1"),
      },
      fails,
    ),
    row(
      "use enc: the key that signed is for something else",
      { config: set({ ...first, use: "enc" }, second), token: await byFirst() },
      fails,
    ),
    row(
      "use enc: the keys beside it count",
      { config: set({ ...first, use: "enc" }, second), token: await bySecond() },
      allows("web"),
    ),
    row(
      "key_ops verify",
      { config: set({ ...first, key_ops: ["sign", "verify"] }), token: await byFirst() },
      allows("web"),
    ),
    row(
      "key_ops without verify",
      { config: set({ ...first, key_ops: ["sign"] }, second), token: await byFirst() },
      fails,
    ),
    row("key_ops empty", { config: set({ ...first, key_ops: [] }, second), token: await byFirst() }, fails),
    row(
      "a key of an unknown kind is passed over",
      { config: set({ kty: "LWE" }, first), token: await byFirst() },
      allows("web"),
    ),
    row(
      "a key bound to an unknown algorithm is passed over",
      { config: set({ ...first, alg: "HS1" }, second), token: await byFirst() },
      fails,
    ),
    row(
      "key sets may be JSON text",
      { config: only(web.consumer({ jwks: JSON.stringify({ keys: [first] }) })), token: await byFirst() },
      allows("web"),
    ),
    row(
      "a key set as JSON text keeps strangers out",
      {
        config: only(web.consumer({ jwks: JSON.stringify({ keys: [first] }) })),
        token: await forged(web, stranger),
      },
      fails,
    ),
  ]

  const strangerJwk = stranger.jwk
  const brought = await Promise.all(
    (
      [
        ["jwk (CVE-2018-0114)", { jwk: strangerJwk }],
        ["jku", { jku: "https://evil.example/jwks.json" }],
        ["x5u", { x5u: "https://evil.example/cert.pem" }],
        ["x5c", { x5c: ["MIIB"] }],
        ["jwk and its kid", { jwk: { ...strangerJwk, kid: "s" }, kid: "s" }],
      ] as const
    ).map(async ([name, header]) => {
      const good = await web.token({}, header)
      const bad = await sign(stranger, "HS256", { alg: "HS256", ...header }, goodClaims(web.issuer))
      return [
        row(`a key that the token brings is not used: ${name}`, { token: bad }, fails),
        row(`a good token that brings a key is checked by ours: ${name}`, { token: good }, allows("web")),
      ]
    }),
  )

  const weak = caller("web", secretKey(new TextEncoder().encode("abcd")))
  const short = caller("web", newSecret(32))
  const weakConfig = only(weak.consumer({ allow_weak_hmac: true }))
  const hmac = [
    row(
      "a secret of 32 bytes verifies HS256",
      { config: only(short.consumer()), token: await short.token() },
      allows("web"),
    ),
    row(
      "a secret of 32 bytes is too short for HS512",
      { config: only(short.consumer()), token: await caller("web", short.key, "HS512").token() },
      fails,
    ),
    row(
      "allow_weak_hmac: a secret of 32 bytes verifies HS512",
      {
        config: only(short.consumer({ allow_weak_hmac: true })),
        token: await caller("web", short.key, "HS512").token(),
      },
      allows("web"),
    ),
    row(
      "allow_weak_hmac: a secret of 4 bytes verifies HS256",
      { config: weakConfig, token: await weak.token() },
      allows("web"),
    ),
    row(
      "allow_weak_hmac: another secret does not",
      { config: weakConfig, token: await forged(weak, secretKey(new TextEncoder().encode("abce"))) },
      fails,
    ),
  ]
  return [...kids, ...uses, ...brought.flat(), ...hmac]
}
