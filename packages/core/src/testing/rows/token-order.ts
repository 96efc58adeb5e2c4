import { type Cast, forged, only } from "../cast.js"
import { allows, allowsPrivately, fails, missing } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.3: which place decides when there are tokens in several. */
export async function tokenOrderRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const bad = await forged(web, stranger)
  const claims_to_headers = [{ claim: "sub", header: "X-Sub" }]
  const [a, b, c] = await Promise.all(["a", "b", "c"].map((sub) => web.token({ sub })))
  const headers = [{ name: "X-One" }, { name: "X-Two", value_prefix: "Bearer " }]
  const places = {
    from_headers: headers,
    from_params: ["p", "q"],
    from_cookies: ["c", "d"],
    claims_to_headers,
  }
  const row = rowsOf("3.3", only(web.consumer(places)))
  const from = (sub: string) => allowsPrivately("web", { downstream: { "x-sub": sub } })
  const defaults = only(web.consumer({ claims_to_headers }))
  const apart = {
    global_auth: true,
    consumers: [web.consumer(), partner.consumer({ from_params: ["t"] })],
  }
  return [
    row(
      "headers come before parameters and cookies",
      { headers: [["X-One", a ?? ""]], path: `/?p=${b}`, cookie: `c=${c}` },
      from("a"),
    ),
    row("parameters come before cookies", { path: `/?p=${b}`, cookie: `c=${c}` }, from("b")),
    row("cookies come last", { cookie: `c=${c}` }, from("c")),
    row(
      "headers come in the order of the config",
      {
        headers: [
          ["X-Two", `Bearer ${b}`],
          ["X-One", a ?? ""],
        ],
      },
      from("a"),
    ),
    row("parameters come in the order of the config", { path: `/?q=${b}&p=${a}` }, from("a")),
    row("cookies come in the order of the config", { cookie: `d=${b}; c=${a}` }, from("a")),
    row(
      "an empty header leaves it to the next place",
      {
        headers: [
          ["X-One", ""],
          ["X-Two", `Bearer ${b}`],
        ],
      },
      from("b"),
    ),
    row(
      "a header with another prefix leaves it to the next place",
      { headers: [["X-Two", `Basic ${a}`]], path: `/?p=${b}` },
      from("b"),
    ),
    row("an empty parameter leaves it to the next place", { path: "/?p=&q=", cookie: `c=${c}` }, from("c")),
    row(
      "the first place that has a token decides: bad before good",
      { headers: [["X-One", bad]], path: `/?p=${b}` },
      fails,
    ),
    row(
      "the first place that has a token decides: good before bad",
      { headers: [["X-One", a ?? ""]], path: `/?p=${bad}` },
      from("a"),
    ),
    row(
      "by default Authorization comes before access_token",
      { config: defaults, token: a ?? "", path: `/?access_token=${b}` },
      allows("web", { downstream: { "x-sub": "a" } }),
    ),
    row("by default no cookie is a token", { config: defaults, cookie: `access_token=${c}` }, missing),
    row(
      "each consumer has its own places: one's bad token does not hide another's good one",
      { config: apart, token: bad, path: `/?t=${await partner.token()}` },
      allowsPrivately("partner"),
    ),
    row(
      "a good token in another consumer's place is none",
      { config: apart, path: `/?t=${await web.token()}` },
      fails,
    ),
    row(
      "a consumer with a place of its own is not found in the default ones",
      { config: apart, token: await partner.token() },
      fails,
    ),
  ]
}
