import { describe, expect, it } from "vitest"
import { consumer, expectRefused, gate, issuer, judge, mintKey, now, sign } from "../keyring.js"

const key = await mintKey("ES256")
const door = gate(consumer(key))
const endless = gate(consumer(key, { require_exp: false }))

/** A truly signed token with exactly these times, as JSON text. */
function timed(times: Readonly<Record<string, string>>): Promise<string> {
  const members = Object.entries({ iss: JSON.stringify(issuer), ...times })
  return sign(key, { payload: `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}` })
}

async function tokens(values: readonly string[], times: (value: string) => Readonly<Record<string, string>>) {
  const signed = values.map(async (value) => [value, await timed(times(value))])
  return Object.fromEntries(await Promise.all(signed)) as Readonly<Record<string, string>>
}

const valid = { exp: `${now + 3600}`, nbf: `${now - 60}`, iat: `${now - 60}` }

/** Not a finite JSON number. Wrong is not the same as absent (CVE-2026-44459, CVE-2026-25537). */
const notTimes = [
  ...[
    "null",
    "true",
    "false",
    '""',
    '"0"',
    `"${now + 60}"`,
    '"never"',
    '"NaN"',
    '"Infinity"',
    '"2999-01-01"',
  ],
  ...["[]", `[${now + 60}]`, "[null]", "{}", '{"valueOf":1}', "1e400", "-1e400", "1e999999999"],
]

describe.each(["exp", "nbf", "iat"] as const)("%s", (name) => {
  it("that is no finite number refuses the token", async () => {
    const cases = await tokens(notTimes, (value) => ({ ...valid, [name]: value }))
    await expectRefused(door, cases, "token_malformed")
    expect(await judge(door, await timed(valid))).toBe("allow web")
  })

  it("that is no finite number refuses it also where exp is not required", async () => {
    const cases = await tokens(notTimes, (value) => ({ [name]: value }))
    await expectRefused(endless, cases, "token_malformed")
    expect(await judge(endless, await timed({}))).toBe("allow web")
  })

  it("refuses against a clock that returns NaN", async () => {
    const broken = gate(consumer(key, { require_exp: false }), {}, { now: () => Number.NaN })
    expect(await judge(broken, await timed({ [name]: valid[name] }))).toMatch(
      /^jwt_(expired: expired|verification_fails: (not_yet_valid|issued_in_future))$/,
    )
  })
})

describe("a time that is a number, and a strange one", () => {
  it("exp of the past, zero or below is expired, not endless", async () => {
    const past = ["0", "-0", "-1", `-${now}`, "1e-400", "0.5", "-1e308", `${now - 61}`, `${now - 60}`]
    const cases = await tokens(past, (exp) => ({ exp }))
    await expectRefused(door, cases, "expired", "jwt_expired")
    await expectRefused(endless, cases, "expired", "jwt_expired")
  })

  it("exp in milliseconds of the past is still a future: the issuer meant it, and signed it", async () => {
    expect(await judge(door, await timed({ exp: `${(now - 3600) * 1000}` }))).toBe("allow web")
  })

  it("nbf of the far future is not yet valid", async () => {
    const future = ["1e308", `${now + 61}`, `${now + 60.5}`, `${now * 1000}`, "9007199254740993"]
    const cases = await tokens(future, (nbf) => ({ ...valid, nbf }))
    await expectRefused(door, cases, "not_yet_valid")
  })

  it("iat of the future is refused", async () => {
    const future = ["1e308", `${now + 61}`, `${now * 1000}`]
    const cases = await tokens(future, (iat) => ({ ...valid, iat }))
    await expectRefused(door, cases, "issued_in_future")
  })

  it("a number by another spelling is the same number", async () => {
    expect(await judge(door, await timed({ exp: "17000036e5" }))).toBe("allow web")
    expect(await judge(door, await timed({ exp: `${now + 60}.0`, nbf: "-0" }))).toBe("allow web")
  })
})

describe("a name that only looks like exp", () => {
  it("does not stand for it", async () => {
    const names = ["EXP", "Exp", "exp ", " exp", "ехр", "expires", "expiresIn", "exp\\u0000"]
    const signed = names.map(async (name) => [name, await timed({ [name]: valid.exp })])
    await expectRefused(door, Object.fromEntries(await Promise.all(signed)), "exp_missing")
    expect(await judge(door, await timed({ "\\u0065xp": valid.exp }))).toBe("allow web")
  })
})

describe("the clock of the token's sender", () => {
  it("learns nothing without a true signature: an expired forgery is only a forgery", async () => {
    const stranger = await mintKey("ES256")
    const forged = await sign(stranger, { payload: { iss: issuer, exp: now - 9999 } })
    await expectRefused(door, { forged }, "signature_invalid")
  })
})
