import type { Consumer } from "../../config/document.js"
import { type Cast, forged, only } from "../cast.js"
import { allows, allowsPrivately, fails, missing } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.3: headers, and what counts as a token in one. */
export async function tokenRows({ web, stranger }: Cast): Promise<ConformanceRow[]> {
  const from = (places: Partial<Consumer>) => only(web.consumer(places))
  const row = rowsOf("3.3", only(web.consumer()))
  const good = await web.token()
  const bad = await forged(web, stranger)
  const authorization = (...values: readonly string[]) => ({
    headers: values.map((value) => ["Authorization", value] as const),
  })

  const header = [
    row("Authorization: Bearer", { token: good }, allows("web")),
    row("a header name in capitals", { headers: [["AUTHORIZATION", `Bearer ${good}`]] }, allows("web")),
    row("the scheme in lower case (RFC 9110 §11.1)", authorization(`bearer ${good}`), allows("web")),
    row("the scheme in capitals", authorization(`BEARER ${good}`), allows("web")),
    row("spaces around the token", authorization(`Bearer   ${good}  `), allows("web")),
    row("a tab before the token", authorization(`Bearer \t${good}`), allows("web")),
    row("a tab instead of the space is another prefix", authorization(`Bearer\t${good}`), missing),
    row("another scheme is no token", authorization("Basic dXNlcjpwYXNz"), missing),
    row("a token under another scheme is none", authorization(`Basic ${good}`), missing),
    row("a token without a scheme is none", authorization(good), missing),
    row("a scheme that only begins alike", authorization(`BearerX ${good}`), missing),
    row("a prefix in the middle of the value", authorization(`Basic Bearer ${good}`), missing),
    row("a scheme alone", authorization("Bearer"), missing),
    row("a scheme and a space", authorization("Bearer "), missing),
    row("an empty Authorization", authorization(""), missing),
    row("the scheme twice", authorization(`Bearer Bearer ${good}`), fails),
    row("something after the token", authorization(`Bearer ${good} x`), fails),
    row("a token in quotes", authorization(`Bearer "${good}"`), fails),
    row("a token that is not one", authorization("Bearer x"), fails),
  ]

  const repeated = [
    row("Authorization twice, first good", authorization(`Bearer ${good}`, `Bearer ${bad}`), fails),
    row("Authorization twice, second good", authorization(`Bearer ${bad}`, `Bearer ${good}`), fails),
    row("Authorization twice, both the same", authorization(`Bearer ${good}`, `Bearer ${good}`), fails),
    row("Authorization twice, Bearer before Basic", authorization(`Bearer ${good}`, "Basic eA=="), fails),
    row("Authorization twice, Basic before Bearer", authorization("Basic eA==", `Bearer ${good}`), fails),
    row("a comma-joined Authorization", authorization(`Bearer ${good}, Bearer ${good}`), fails),
    row("a comma-joined Authorization without spaces", authorization(`Bearer ${good},Bearer ${bad}`), fails),
    row("a comma-joined Authorization, Basic first", authorization(`Basic eA==, Bearer ${good}`), fails),
    row("a comma after the token", authorization(`Bearer ${good},`), fails),
    row(
      "a malformed Authorization does not give way to a good parameter",
      { ...authorization(`Bearer ${good}`, `Bearer ${bad}`), path: `/?access_token=${good}` },
      fails,
    ),
    row("Authorization twice and none of them Bearer", authorization("Basic eA==", "Digest x"), missing),
  ]
  const xToken = from({ from_headers: [{ name: "X-Token" }] })
  const custom = [
    row(
      "a header of its own, without a prefix",
      { config: xToken, headers: [["x-token", good]] },
      allowsPrivately("web"),
    ),
    row("a header of its own replaces Authorization", { config: xToken, token: good }, missing),
    row(
      "a header of its own replaces access_token",
      { config: xToken, path: `/?access_token=${good}` },
      missing,
    ),
    row("an empty header of its own is no token", { config: xToken, headers: [["X-Token", ""]] }, missing),
    row(
      "a header of its own twice",
      {
        config: xToken,
        headers: [
          ["X-Token", good],
          ["x-token", good],
        ],
      },
      fails,
    ),
    row(
      "a prefix where none is asked for is part of the token",
      { config: xToken, headers: [["X-Token", `Bearer ${good}`]] },
      fails,
    ),
    row(
      "a prefix is text, not a pattern",
      {
        config: from({ from_headers: [{ name: "X-Token", value_prefix: "A.(+ " }] }),
        headers: [["X-Token", `a.(+ ${good}`]],
      },
      allowsPrivately("web"),
    ),
    row(
      "a prefix with pattern characters matches itself alone",
      {
        config: from({ from_headers: [{ name: "X-Token", value_prefix: "A.+ " }] }),
        headers: [["X-Token", `Abb ${good}`]],
      },
      missing,
    ),
    row(
      "a prefix without a space",
      {
        config: from({ from_headers: [{ name: "X-Token", value_prefix: "jwt:" }] }),
        headers: [["X-Token", `JWT:${good}`]],
      },
      allowsPrivately("web"),
    ),
    row(
      "only ASCII letters are compared without case: U+212A is no k",
      {
        config: from({ from_headers: [{ name: "X-Token", value_prefix: "token " }] }),
        headers: [["X-Token", `to\u212aen ${good}`]],
        coreOnly: "a header holds bytes, and this is a character beyond them",
      },
      missing,
    ),
  ]
  return [...header, ...repeated, ...custom]
}
