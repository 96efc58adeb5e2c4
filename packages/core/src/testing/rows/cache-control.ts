import { type Cast, only } from "../cast.js"
import { allows, allowsPrivately, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.8: the `Cache-Control` of a response that a shared cache would not know for private. */
export async function cacheControlRows({ web }: Cast): Promise<ConformanceRow[]> {
  const t = await web.token()
  const kept = only(
    web.consumer({
      from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
      from_params: ["t"],
      from_cookies: ["sid"],
    }),
  )
  const row = rowsOf("3.8", kept)
  return [
    row(
      "a token in a parameter that nobody asked for leaves caching to the app",
      { config: { ...kept, global_auth: false }, path: `/?t=${t}` },
      passes,
    ),
    row(
      "keep_token true: a token in Authorization needs no Cache-Control (RFC 9111 §3.5)",
      { token: t },
      allows("web"),
    ),
    row(
      "keep_token true: a token in a header of its own makes the response private",
      { headers: [["X-Token", t]] },
      allowsPrivately("web"),
    ),
    row(
      "keep_token true: a token in a parameter makes the response private and stays",
      { path: `/?t=${t}&b=1` },
      allowsPrivately("web"),
    ),
    row(
      "keep_token true: a token in a cookie makes the response private and stays",
      { cookie: `a=1; sid=${t}` },
      allowsPrivately("web"),
    ),
    row(
      "keep_token true: a token in Authorization as well as in a cookie",
      { token: t, cookie: `sid=${t}` },
      allows("web"),
    ),
  ]
}
