import type { Consumer } from "../../config/document.js"
import { type Cast, forged, now, only } from "../cast.js"
import { allows, expired, fails } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { withPayload } from "../sign.js"

/** 3.7: the claims of a token whose signature is good. */
export async function claimRows(cast: Cast): Promise<ConformanceRow[]> {
  return [...(await timeRows(cast)), ...(await audienceRows(cast)), ...(await typeRows(cast))]
}

async function timeRows({ web, stranger }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.7", only(web.consumer()))
  const as = (over: Partial<Consumer>) => only(web.consumer(over))
  const exact = as({ clock_skew_seconds: 0 })
  const wide = as({ clock_skew_seconds: 300 })
  const timeless = as({ require_exp: false })
  const at = now
  const exp = await web.token({ exp: at, iat: undefined })
  const nbf = await web.token({ nbf: at })
  const iat = await web.token({ iat: at })
  const odd: readonly (readonly [string, unknown])[] = [
    ["a string", String(now + 300)],
    ["a word (CVE-2026-44459)", "never"],
    ["null", null],
    ["true", true],
    ["an array", [now + 300]],
    ["an object", { valueOf: now + 300 }],
  ]
  const infinite = (claim: string, number: string) => {
    const times = Object.entries({ exp: now + 300, [claim]: number }).map(
      ([name, value]) => `"${name}":${value}`,
    )
    return web.signed({ alg: "HS256" }, `{"iss":"${web.issuer}",${times}}`)
  }
  return [
    row("exp: a second before exp + 60", { token: exp, now: at + 59 }, allows("web")),
    row("exp: at exp + 60", { token: exp, now: at + 60 }, expired),
    row("exp: long after", { token: exp, now: at + 1e9 }, expired),
    row("exp: a second before, without skew", { config: exact, token: exp, now: at - 1 }, allows("web")),
    row("exp: at exp, without skew", { config: exact, token: exp }, expired),
    row("exp: a second before exp + 300", { config: wide, token: exp, now: at + 299 }, allows("web")),
    row("exp: at exp + 300", { config: wide, token: exp, now: at + 300 }, expired),
    row(
      "exp: a fraction counts",
      { config: exact, token: await web.token({ exp: at + 0.5 }) },
      allows("web"),
    ),
    row(
      "exp: a fraction that has passed",
      { config: exact, token: await web.token({ exp: at - 0.5 }) },
      expired,
    ),
    row("exp: zero is a time", { token: await web.token({ exp: 0 }) }, expired),
    row("exp: a negative number is a time", { token: await web.token({ exp: -1 }) }, expired),
    row("exp: missing", { token: await web.token({ exp: undefined }) }, fails),
    row(
      "require_exp false: exp missing",
      { config: timeless, token: await web.token({ exp: undefined }) },
      allows("web"),
    ),
    row(
      "require_exp false: exp passed",
      { config: timeless, token: await web.token({ exp: at - 60 }) },
      expired,
    ),
    row(
      "require_exp false: exp of another type is not a missing one",
      { config: timeless, token: await web.token({ exp: null }) },
      fails,
    ),
    row("nbf: at nbf - 60", { token: nbf, now: at - 60 }, allows("web")),
    row(
      "nbf: a second before nbf - 60",
      { token: await web.token({ nbf: at, iat: at - 100 }), now: at - 61 },
      fails,
    ),
    row("nbf: at nbf, without skew", { config: exact, token: nbf }, allows("web")),
    row("nbf: a second before, without skew", { config: exact, token: nbf, now: at - 1 }, fails),
    row("nbf: at nbf - 300", { config: wide, token: nbf, now: at - 300 }, allows("web")),
    row(
      "nbf: a second before nbf - 300",
      { config: wide, token: await web.token({ nbf: at, iat: at - 400 }), now: at - 301 },
      fails,
    ),
    row("iat: at iat - 60", { token: iat, now: at - 60 }, allows("web")),
    row("iat: a second before iat - 60", { token: iat, now: at - 61 }, fails),
    row("iat: at iat, without skew", { config: exact, token: iat }, allows("web")),
    row("iat: a second before, without skew", { config: exact, token: iat, now: at - 1 }, fails),
    row("iat: missing", { token: await web.token({ iat: undefined }) }, allows("web")),
    ...(await Promise.all(
      (["exp", "nbf", "iat"] as const).flatMap((claim) => [
        ...odd.map(async ([name, value]) =>
          row(`${claim}: ${name}`, { token: await web.token({ [claim]: value }) }, fails),
        ),
        infinite(claim, "1e400").then((token) =>
          row(`${claim}: a number that is infinite`, { token }, fails),
        ),
        infinite(claim, "-1e400").then((token) =>
          row(`${claim}: a number that is infinite below zero`, { token }, fails),
        ),
      ]),
    )),
    row(
      "an expired token under a stranger's signature is not told to be expired",
      { token: await forged(web, stranger), now: at + 1e6 },
      fails,
    ),
    row(
      "an expired token with another payload is not told to be expired",
      { token: withPayload(exp, { iss: web.issuer, exp: 1 }) },
      fails,
    ),
  ]
}

async function audienceRows({ web }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.7", only(web.consumer({ audiences: ["orders", "stock"] })))
  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ["the first audience", "orders", true],
    ["the second audience", "stock", true],
    ["a list with one of them", ["other", "stock"], true],
    ["missing", undefined, false],
    ["another audience", "billing", false],
    ["a list without any of them", ["billing", "other"], false],
    ["an empty list", [], false],
    ["a list with something in it that is no string", ["orders", 1], false],
    ["in capitals", "ORDERS", false],
    ["a part of it", "order", false],
    ["a longer one", "orders2", false],
    ["several in one string", "orders stock", false],
    ["a list in a list", [["orders"]], false],
    ["an object", { orders: true }, false],
    ["a number", 1, false],
  ]
  return [
    ...(await Promise.all(
      cases.map(async ([name, aud, good]) =>
        row(`audience: ${name}`, { token: await web.token({ aud }) }, good ? allows("web") : fails),
      ),
    )),
    row(
      "audience: any, while none is configured",
      { config: only(web.consumer()), token: await web.token({ aud: "billing" }) },
      allows("web"),
    ),
    row(
      "audience: of an expired token with the wrong one, the expiry is told",
      { token: await web.token({ aud: "billing", exp: now - 60 }) },
      expired,
    ),
  ]
}

async function typeRows({ web }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.7", only(web.consumer({ types: ["at+jwt"] })))
  const long = only(web.consumer({ types: ["JWT", "application/AT+JWT"] }))
  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ["the type", "at+jwt", true],
    ["the type in capitals", "AT+JWT", true],
    ["the type with application/", "application/at+jwt", true],
    ["the type with Application/ in capitals", "APPLICATION/AT+jwt", true],
    ["another type, as an ID token has", "JWT", false],
    ["missing", undefined, false],
    ["a list of it", ["at+jwt"], false],
    ["null", null, false],
    ["with something after it", "at+jwt; x=1", false],
    ["of another top-level type", "text/at+jwt", false],
  ]
  return [
    ...(await Promise.all(
      cases.map(async ([name, typ, good]) =>
        row(`typ: ${name}`, { token: await web.token({}, { typ }) }, good ? allows("web") : fails),
      ),
    )),
    row(
      "typ: a configured type in capitals and with application/",
      { config: long, token: await web.token({}, { typ: "at+jwt" }) },
      allows("web"),
    ),
    row(
      "typ: the first of several",
      { config: long, token: await web.token({}, { typ: "jwt" }) },
      allows("web"),
    ),
    row(
      "typ: any, while none is configured",
      { config: only(web.consumer()), token: await web.token({}, { typ: "secevent+jwt" }) },
      allows("web"),
    ),
  ]
}
