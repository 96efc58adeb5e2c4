import { type Cast, forged } from "../cast.js"
import { accessDenied, allows, fails, missing, passes } from "../expectations.js"
import type { ConformanceRow, HeaderLine } from "../row.js"
import { rowsOf } from "../row-builder.js"

const origin: HeaderLine = ["Origin", "https://app.example"]
const wanted: HeaderLine = ["Access-Control-Request-Method", "DELETE"]

/** 2: `bypass_cors_preflight`. Browsers send a preflight without credentials (Fetch standard §4.8). */
export async function preflightRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const rules = [{ match: { path: "/web" }, allow: ["web"] }]
  const config = { global_auth: true, consumers: [web.consumer(), partner.consumer()], rules }
  const row = rowsOf("2", { ...config, bypass_cors_preflight: true })
  const preflight = { method: "OPTIONS", headers: [origin, wanted] }
  const token = await partner.token()
  return [
    row("a preflight passes where preflights are let through", preflight, passes),
    row("a preflight passes on a guarded path", { ...preflight, path: "/web" }, passes),
    row("a preflight with a token passes as anonymous", { ...preflight, token }, passes),
    row(
      "a preflight passes where code asks for a consumer",
      { ...preflight, requirement: { allow: ["web"] } },
      passes,
    ),
    row(
      "a preflight with requested headers",
      { ...preflight, headers: [origin, wanted, ["Access-Control-Request-Headers", "authorization"]] },
      passes,
    ),
    row("a preflight for a resource that is no URL of an app", { ...preflight, path: "/a//b" }, passes),
    row("a plain OPTIONS is no preflight", { method: "OPTIONS" }, missing),
    row("OPTIONS with Origin alone is no preflight", { method: "OPTIONS", headers: [origin] }, missing),
    row("OPTIONS without Origin is no preflight", { method: "OPTIONS", headers: [wanted] }, missing),
    row("a GET with the headers of a preflight is none", { headers: [origin, wanted] }, missing),
    row(
      "a POST with the headers of a preflight is none",
      { method: "POST", headers: [origin, wanted] },
      missing,
    ),
    row("a plain OPTIONS with a good token is let in", { method: "OPTIONS", token }, allows("partner")),
    row(
      "a plain OPTIONS of the wrong consumer is refused",
      { method: "OPTIONS", path: "/web", token },
      accessDenied,
    ),
    row(
      "a plain OPTIONS with a bad token is refused",
      { method: "OPTIONS", token: await forged(web, stranger) },
      fails,
    ),
    row("without the field, a preflight is a request like any other", { config, ...preflight }, missing),
    row(
      "with the field false, a preflight is a request like any other",
      { config: { ...config, bypass_cors_preflight: false }, ...preflight },
      missing,
    ),
    row(
      "without the field, a preflight with a bad token passes where nothing is asked for",
      { config: { ...config, global_auth: false }, ...preflight, token: await forged(web, stranger) },
      passes,
    ),
  ]
}
