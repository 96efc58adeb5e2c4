import { type Cast, forged, now, only } from "../cast.js"
import { accessDenied, expired, fails, missing } from "../expectations.js"
import type { ConformanceRow, ExpectedDeny, HeaderLine } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.9: the answer to a refused request: status, challenge and body. */
export async function refuseRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const rules = [
    { match: { path: "/partner" }, allow: ["partner"] },
    { match: { path: "/scoped" }, allow: "any" as const, scopes: ["orders:write"] },
  ]
  const consumers = [web.consumer(), partner.consumer()]
  const config = { global_auth: true, consumers, rules }
  const row = rowsOf("3.9", config)
  const good = await web.token()
  const scope: ExpectedDeny = {
    outcome: "deny",
    status: 403,
    code: "insufficient_scope",
    wwwAuthenticate: 'Bearer realm="jwt-auth", error="insufficient_scope", scope="orders:write"',
  }
  const denials = [
    ["jwt_missing", {}, missing, "Jwt missing"],
    ["jwt_expired", { token: await web.token({ exp: now - 60 }) }, expired, "Jwt expired"],
    ["jwt_verification_fails", { token: await forged(web, stranger) }, fails, "Jwt verification fails"],
    ["access_denied", { token: good, path: "/partner" }, accessDenied, "Access Denied"],
    ["insufficient_scope", { token: good, path: "/scoped" }, scope, "Insufficient scope"],
  ] as const

  const table = denials.flatMap(([code, given, deny, message]) => {
    const asText = { ...deny, contentType: "text/plain", body: message }
    const asJson = {
      ...deny,
      contentType: "application/problem+json",
      body: { title: message, status: deny.status, code },
    }
    const accept = (value: string): readonly HeaderLine[] => [["Accept", value]]
    return [
      row(`${code}: as text, as the gateway answers`, { ...given, headers: accept("*/*") }, asText),
      row(
        `${code}: as text for a browser`,
        { ...given, headers: accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") },
        asText,
      ),
      row(
        `${code}: as problem details for application/json`,
        { ...given, headers: accept("application/json") },
        asJson,
      ),
      row(
        `${code}: as problem details for application/problem+json`,
        { ...given, headers: accept("application/problem+json") },
        asJson,
      ),
      row(`${code}: to HEAD, without a body`, { ...given, method: "HEAD", headers: accept("*/*") }, deny),
      row(`${code}: to POST`, { ...given, method: "POST", headers: accept("*/*") }, asText),
    ]
  })

  const plain = { ...missing, contentType: "text/plain", body: "Jwt missing" }
  const problem = {
    ...missing,
    contentType: "application/problem+json",
    body: { title: "Jwt missing", status: 401, code: "jwt_missing" },
  }
  const accepts: readonly (readonly [string, string, ExpectedDeny])[] = [
    ["JSON among others", "text/html, application/json;q=0.9, */*;q=0.1", problem],
    ["JSON in capitals", "Application/JSON", problem],
    ["JSON with a parameter", "application/json; charset=utf-8", problem],
    ["JSON refused with q=0", "application/json;q=0, */*", plain],
    ["a wildcard of application", "application/*", plain],
    ["an empty Accept", "", plain],
    ["JSON as a part of another name", "application/jsonp", plain],
  ]
  const realm = (realm: string) => ({ ...config, realm })
  const challenge = (deny: ExpectedDeny, realm: string): ExpectedDeny => ({
    ...deny,
    wwwAuthenticate: deny.wwwAuthenticate?.replace('"jwt-auth"', `"${realm}"`) ?? null,
  })
  return [
    ...table,
    ...accepts.map(([name, value, deny]) => row(`Accept: ${name}`, { headers: [["Accept", value]] }, deny)),
    row(
      "realm: in the challenge for a missing token",
      { config: realm("My API, v2") },
      challenge(missing, "My API, v2"),
    ),
    row(
      "realm: in the challenge for a bad token",
      { config: realm("My API"), token: await forged(web, stranger) },
      challenge(fails, "My API"),
    ),
    row(
      "realm: in the challenge for scopes",
      { config: realm("My API"), token: good, path: "/scoped" },
      challenge(scope, "My API"),
    ),
    row("realm: empty", { config: realm("") }, challenge(missing, "")),
    row(
      "a token in the query is not repeated in the answer",
      {
        config: only(web.consumer()),
        path: `/?access_token=${await forged(web, stranger)}`,
        headers: [["Accept", "*/*"]],
      },
      { ...fails, body: "Jwt verification fails" },
    ),
  ]
}
