import { type Cast, caller, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { sign } from "../sign.js"

/** 3.5: the consumers that a token may belong to. */
export async function consumerRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const config = { global_auth: true, consumers: [web.consumer(), partner.consumer()] }
  const row = rowsOf("3.5", config)
  const tenants = {
    global_auth: true,
    consumers: ["red", "blue"].map((tenant) => ({ ...web.consumer({ claims: { tenant } }), name: tenant })),
  }
  const { issuer: _, ...byClaims } = web.consumer({ claims: { azp: "app", tenant: "red" } })
  const own = only(byClaims)
  const object = only({ ...byClaims, claims: { constructor: "app" } })
  const second = caller("web", stranger)
  const rotated = {
    global_auth: true,
    consumers: [web.consumer(), { ...second.consumer(), name: "web-next" }],
  }

  return [
    row("the issuer tells whose a token is: the first consumer", { token: await web.token() }, allows("web")),
    row(
      "the issuer tells whose a token is: the second consumer",
      { token: await partner.token() },
      allows("partner"),
    ),
    row("an issuer that nobody has", { token: await web.token({ iss: "https://other.example" }) }, fails),
    row("no issuer", { token: await web.token({ iss: undefined }) }, fails),
    row("an empty issuer", { token: await web.token({ iss: "" }) }, fails),
    row("an issuer with a slash more", { token: await web.token({ iss: `${web.issuer}/` }) }, fails),
    row("an issuer in capitals", { token: await web.token({ iss: web.issuer.toUpperCase() }) }, fails),
    row(
      "a part of the issuer (CVE-2024-53861)",
      { token: await web.token({ iss: web.issuer.slice(0, -1) }) },
      fails,
    ),
    row("an issuer with a space after it", { token: await web.token({ iss: `${web.issuer} ` }) }, fails),
    row(
      "a list with the issuer in it (CVE-2025-30144)",
      { token: await web.token({ iss: [web.issuer] }) },
      fails,
    ),
    row(
      "a list of the issuer and another",
      { token: await web.token({ iss: ["https://evil.example", web.issuer] }) },
      fails,
    ),
    row("an object as issuer", { token: await web.token({ iss: { 0: web.issuer } }) }, fails),
    row(
      "one consumer's key does not sign for another",
      { token: await sign(partner.key, "HS256", { alg: "HS256" }, goodClaims(web.issuer)) },
      fails,
    ),
    row(
      "claims tell consumers of one issuer apart: the first",
      { config: tenants, token: await web.token({ tenant: "red" }) },
      allows("red"),
    ),
    row(
      "claims tell consumers of one issuer apart: the second",
      { config: tenants, token: await web.token({ tenant: "blue" }) },
      allows("blue"),
    ),
    row(
      "a claim that no consumer has",
      { config: tenants, token: await web.token({ tenant: "green" }) },
      fails,
    ),
    row("the claim is missing", { config: tenants, token: await web.token() }, fails),
    row(
      "the issuer is missing beside the claim",
      { config: tenants, token: await web.token({ tenant: "red", iss: undefined }) },
      fails,
    ),
    row(
      "all claims match, without an issuer",
      { config: own, token: await web.token({ azp: "app", tenant: "red", iss: undefined }) },
      allows("web"),
    ),
    row("one claim of two matches", { config: own, token: await web.token({ azp: "app" }) }, fails),
    row(
      "one claim of two differs",
      { config: own, token: await web.token({ azp: "app", tenant: "blue" }) },
      fails,
    ),
    row(
      "the values of two claims are swapped",
      { config: own, token: await web.token({ azp: "red", tenant: "app" }) },
      fails,
    ),
    row(
      "a claim that is a list of the value",
      { config: own, token: await web.token({ azp: ["app"], tenant: "red" }) },
      fails,
    ),
    row(
      "a number is not the string of it",
      { config: only({ ...byClaims, claims: { v: "1" } }), token: await web.token({ v: 1 }) },
      fails,
    ),
    row(
      "true is not the string of it",
      { config: only({ ...byClaims, claims: { v: "true" } }), token: await web.token({ v: true }) },
      fails,
    ),
    row(
      "claims.iss is the issuer",
      { config: only({ ...byClaims, claims: { iss: web.issuer } }), token: await web.token() },
      allows("web"),
    ),
    row("what every object has is no claim", { config: object, token: await web.token() }, fails),
    row(
      "a claim of the name of something that every object has",
      { config: object, token: await web.token({ constructor: "app" }) },
      allows("web"),
    ),
    row(
      "of two consumers of one issuer, the one whose key signed: the first",
      { config: rotated, token: await web.token() },
      allows("web"),
    ),
    row(
      "of two consumers of one issuer, the one whose key signed: the second",
      { config: rotated, token: await second.token() },
      allows("web-next"),
    ),
    row(
      "of two consumers of one issuer, neither's key",
      { config: rotated, token: await sign(partner.key, "HS256", { alg: "HS256" }, goodClaims(web.issuer)) },
      fails,
    ),
  ]
}
