import { type Cast, forged, now } from "../cast.js"
import { accessDenied, allows, allowsPrivately, expired, fails, missing } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.8: the first consumer in config order that verifies and is allowed wins. 3.9: otherwise the deepest failure is told. */
export async function winnerRows({ web, partner, local, stranger }: Cast): Promise<ConformanceRow[]> {
  // Two consumers that the same token belongs to.
  const twins = [web.consumer(), { ...web.consumer(), name: "twin" }]
  const allow = (...names: readonly string[]) => ({
    global_auth: true,
    consumers: twins,
    rules: [{ match: {}, allow: names }],
  })
  const row = rowsOf("3.8", { global_auth: true, consumers: twins })
  const token = await web.token()
  const late = await web.token({ exp: now - 100 })
  const patience = [
    { ...web.consumer(), name: "strict" },
    { ...web.consumer({ clock_skew_seconds: 3600 }), name: "patient" },
  ]
  // Each consumer looks in a place of its own.
  const apart = [
    web.consumer({ from_headers: [{ name: "X-Web" }] }),
    partner.consumer({ from_headers: [{ name: "X-Partner" }] }),
  ]
  const both = (webToken: string, partnerToken: string) =>
    ({
      headers: [
        ["X-Partner", partnerToken],
        ["X-Web", webToken],
      ],
    }) as const
  const separate = { global_auth: true, consumers: apart }
  const reversed = { global_auth: true, consumers: apart.toReversed() }
  const partnerOnly = { ...separate, rules: [{ match: {}, allow: ["partner"] }] }
  const good = { web: token, partner: await partner.token() }
  const bad = await forged(web, stranger)
  const old = { web: await web.token({ exp: 1 }), partner: await partner.token({ exp: 1 }) }

  // Found by two ways of looking, the later consumer by the first of them.
  const inX = { from_headers: [{ name: "X-One" }] }
  const around = [
    web.consumer(inX),
    partner.consumer({ from_headers: [{ name: "X-Two" }] }),
    local.consumer(inX),
  ]
  const { issuer: _, ...byClaim } = web.consumer({ claims: { azp: "app" } })
  const recognised = [
    partner.consumer(),
    { ...byClaim, name: "by-claim" },
    { ...web.consumer(), name: "by-issuer" },
  ]
  const winners = [
    row("of two that verify, the first in the config wins", { token }, allows("web")),
    row(
      "of two that verify, the first that is allowed wins",
      { config: allow("twin"), token },
      allows("twin"),
    ),
    row("the order of an allow list does not matter", { config: allow("twin", "web"), token }, allows("web")),
    row(
      "one that fails its claims leaves it to the next",
      { config: { global_auth: true, consumers: patience }, token: late },
      allows("patient"),
    ),
    row(
      "with tokens of two callers, the first in the config wins",
      { config: separate, ...both(good.web, good.partner) },
      allowsPrivately("web"),
    ),
    row(
      "with tokens of two callers, the config decides and not the request",
      { config: reversed, ...both(good.web, good.partner) },
      allowsPrivately("partner"),
    ),
    row(
      "with tokens of two callers, the one that is allowed wins",
      { config: partnerOnly, ...both(good.web, good.partner) },
      allowsPrivately("partner"),
    ),
    row(
      "the order of the config holds across places",
      {
        config: { global_auth: true, consumers: around },
        headers: [
          ["X-One", await local.token()],
          ["X-Two", good.partner],
        ],
      },
      allowsPrivately("partner"),
    ),
    row(
      "the order of the config holds across the claims that recognise a consumer",
      { config: { global_auth: true, consumers: recognised }, token: await web.token({ azp: "app" }) },
      allows("by-claim"),
    ),
    row(
      "with tokens of two callers, a bad first one leaves it to the second",
      { config: separate, ...both(bad, good.partner) },
      allowsPrivately("partner"),
    ),
    row(
      "with tokens of two callers, an expired first one leaves it to the second",
      { config: separate, ...both(old.web, good.partner) },
      allowsPrivately("partner"),
    ),
  ]

  const told = rowsOf("3.9", separate)
  const failures = [
    told("expired is told before a verification that fails", both(old.web, bad), expired),
    told(
      "expired is told before a signature that fails",
      both(old.web, await forged(partner, stranger)),
      expired,
    ),
    told(
      "expired is told after a signature that fails",
      both(await forged(web, stranger), old.partner),
      expired,
    ),
    told(
      "expired is told before a verification that fails, the other way around",
      both(bad, old.partner),
      expired,
    ),
    told(
      "a verification that fails is told before a token that is missing",
      { headers: [["X-Partner", bad]] },
      fails,
    ),
    told(
      "expired is told before a token that is missing",
      { headers: [["X-Partner", old.partner]] },
      expired,
    ),
    told("two bad tokens", both(bad, bad), fails),
    told("two expired tokens", both(old.web, old.partner), expired),
    told("no token in any place", {}, missing),
    told(
      "a known caller that is not allowed is told so, whatever else failed: bad",
      { config: partnerOnly, ...both(good.web, bad) },
      accessDenied,
    ),
    told(
      "a known caller that is not allowed is told so, whatever else failed: expired",
      { config: partnerOnly, ...both(good.web, old.partner) },
      accessDenied,
    ),
    told(
      "an expired token of a caller that is not allowed has expired",
      { config: partnerOnly, headers: [["X-Web", old.web]] },
      expired,
    ),
    told(
      "a bad token of a caller that is not allowed is bad",
      { config: partnerOnly, headers: [["X-Web", bad]] },
      fails,
    ),
  ]
  return [...winners, ...failures]
}
