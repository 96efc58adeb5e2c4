import { describe, expect, it } from "vitest"
import { consumer, expectRefused, gate, issuer, judge, mintKey, now, sign } from "../keyring.js"

const key = await mintKey("ES256")

async function withClaim(name: string, values: readonly unknown[], rest: object = {}) {
  const signed = values.map(async (value) => [
    JSON.stringify(value),
    await sign(key, { payload: { iss: issuer, exp: now + 60, ...rest, [name]: value } }),
  ])
  return Object.fromEntries(await Promise.all(signed)) as Readonly<Record<string, string>>
}

const notStrings = [null, true, false, 0, 1, {}, { 0: issuer }, [], [issuer], [issuer, issuer], [[issuer]]]

describe("an issuer that is almost ours (CVE-2024-53861, CVE-2025-30144)", () => {
  const door = gate(consumer(key))

  it("is another issuer: prefix, part, case, slash, space, port", async () => {
    const others = [
      ...["", " ", "https", "https://", "issuer.example", "https://issuer", "https://issuer.exampl"],
      ...[`${issuer}/`, `${issuer}.`, ` ${issuer}`, `${issuer} `, `${issuer}\0`, `${issuer}\n`, `${issuer}#`],
      ...[issuer.toUpperCase(), "https://Issuer.example", "HTTPS://issuer.example", "http://issuer.example"],
      ...[
        `${issuer}:443`,
        `${issuer}?`,
        `${issuer}.attacker.example`,
        "https://attacker.example/issuer.example",
      ],
      ...[
        `${issuer},https://attacker.example`,
        `${issuer} https://attacker.example`,
        "https://ıssuer.example",
      ],
      ...[
        "https://issuer%2Eexample",
        "https://issuer．example",
        ".*",
        "https://issuer.*",
        "*",
        "undefined",
        "web",
      ],
    ]
    await expectRefused(door, await withClaim("iss", others), "claim_mismatch")
    expect(await judge(door, await sign(key))).toBe("allow web")
  })

  it("is no issuer at all when it is not a string", async () => {
    await expectRefused(door, await withClaim("iss", notStrings), "claim_missing")
  })

  it("is compared character by character: composed and decomposed letters differ", async () => {
    const accented = gate(consumer(key, { issuer: "caf\u00e9" }))
    await expectRefused(
      accented,
      await withClaim("iss", ["cafe\u0301", "cafe", "CAF\u00c9"]),
      "claim_mismatch",
    )
    expect(await judge(accented, (await withClaim("iss", ["caf\u00e9"]))['"caf\u00e9"'] ?? "")).toBe(
      "allow web",
    )
  })

  it("is read from the payload, never from the header", async () => {
    const header = { alg: "ES256", iss: issuer }
    const token = await sign(key, { header, payload: { exp: now + 60 } })
    await expectRefused(door, { token }, "claim_missing")
  })

  it.each(["sub", "tenant"])("nor does any other recognising claim bend: %s", async (name) => {
    const door = gate(consumer(key, { claims: { [name]: "value" } }))
    await expectRefused(door, await withClaim(name, ["Value", "value ", "val", ""]), "claim_mismatch")
    await expectRefused(
      door,
      await withClaim(name, [null, ["value"], { value: 1 }, 1, true]),
      "claim_missing",
    )
    expect(await judge(door, Object.values(await withClaim(name, ["value"]))[0] ?? "")).toBe("allow web")
  })
})

describe("an audience that is not ours (CVE-2025-62610, CVE-2020-26160)", () => {
  const door = gate(consumer(key, { audiences: ["api", "https://api.example"] }))

  it("refuses the token: missing, another, almost, or of another type", async () => {
    const audiences = [
      ...[
        "",
        " ",
        "API",
        "ap",
        "apis",
        "api ",
        " api",
        "api\0",
        "api,other",
        "api other",
        "https://api.example/",
      ],
      ...["*", ".*", "^api$", "a.i", "undefined", "null", "other"],
      ...[null, true, false, 0, 1, {}, { api: true }, { 0: "api" }, { length: 1, 0: "api" }],
      ...[[], ["other"], ["API"], [""], [["api"]], [{ api: 1 }], ["ap", "i"]],
    ]
    await expectRefused(door, await withClaim("aud", audiences), "audience_mismatch")
    await expectRefused(door, { missing: await sign(key) }, "audience_mismatch")
  })

  it("refuses a list with anything but strings in it, although ours is there too (RFC 7519 §4.1.3)", async () => {
    const lists = [
      ["api", null],
      ["api", 1],
      [true, "api"],
      ["api", ["other"]],
      ["api", {}],
    ]
    await expectRefused(door, await withClaim("aud", lists), "audience_mismatch")
  })

  it("and ours alone, or in a list of strings, is allowed", async () => {
    const ours = await withClaim("aud", ["api", "https://api.example", ["api"], ["other", "api"]])
    for (const token of Object.values(ours)) expect(await judge(door, token)).toBe("allow web")
  })
})

describe("a type of token that is not ours (RFC 8725 §3.11)", () => {
  const door = gate(consumer(key, { types: ["at+jwt"] }))

  it("refuses an ID token, a logout token, and a typ that is no string", async () => {
    const types = [
      "JWT",
      "logout+jwt",
      "at+jw",
      "at+jwtx",
      "at jwt",
      "",
      null,
      1,
      true,
      ["at+jwt"],
      { "at+jwt": 1 },
    ]
    const signed = types.map(async (typ) => [
      JSON.stringify(typ),
      await sign(key, { header: { alg: "ES256", typ } }),
    ])
    await expectRefused(door, Object.fromEntries(await Promise.all(signed)), "type_mismatch")
    await expectRefused(door, { missing: await sign(key) }, "type_mismatch")
    await expectRefused(
      door,
      { claim: (await withClaim("typ", ["at+jwt"]))['"at+jwt"'] ?? "" },
      "type_mismatch",
    )
  })

  it("and takes ours in the spellings of RFC 7515 §4.1.9", async () => {
    for (const typ of ["at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt"]) {
      expect(await judge(door, await sign(key, { header: { alg: "ES256", typ } }))).toBe("allow web")
    }
  })
})
