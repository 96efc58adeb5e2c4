import type { Consumer } from "../../config/document.js"
import { type Cast, forged, only } from "../cast.js"
import { accessDenied, allows, allowsPrivately, fails, passes, passesDespite } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.8: `keep_token: false`. */
export async function stripRows({ web, partner, stranger }: Cast): Promise<ConformanceRow[]> {
  const stripping = (places: Partial<Consumer> = {}) => only(web.consumer({ keep_token: false, ...places }))
  const inCookie = stripping({ from_cookies: ["sid"] })
  const inHeader = stripping({ from_headers: [{ name: "X-Token" }] })
  const row = rowsOf("3.8", stripping())
  const t = await web.token()
  const path = (path: string) => allowsPrivately("web", { path })
  const cookie = (value: string | null) => allowsPrivately("web", { downstream: { cookie: value } })
  const strip = [
    row(
      "keep_token false: Authorization",
      { token: t },
      allowsPrivately("web", { downstream: { authorization: null } }),
    ),
    row(
      "keep_token false: a header of its own",
      { config: inHeader, headers: [["x-token", t]] },
      allowsPrivately("web", { downstream: { "x-token": null } }),
    ),
    row(
      "keep_token false: Authorization stays where it is no place",
      {
        config: inHeader,
        headers: [
          ["x-token", t],
          ["Authorization", "Basic eA=="],
        ],
      },
      allowsPrivately("web", { downstream: { "x-token": null } }),
    ),
    row("keep_token false: the only parameter", { path: `/a?access_token=${t}` }, path("/a")),
    row("keep_token false: the first parameter", { path: `/a?access_token=${t}&b=1` }, path("/a?b=1")),
    row("keep_token false: the last parameter", { path: `/a?b=1&access_token=${t}` }, path("/a?b=1")),
    row(
      "keep_token false: other parameters stay byte for byte",
      { path: `/a%2Fb?x=%41+b%20c&access_token=${t}&y=%zz&=&&z=a=b&w` },
      path("/a%2Fb?x=%41+b%20c&y=%zz&=&&z=a=b&w"),
    ),
    row(
      "keep_token false: a percent-encoded parameter",
      { path: `/?access%5Ftoken=${t.replaceAll(".", "%2e")}&b` },
      path("/?b"),
    ),
    row(
      "keep_token false: a repeated parameter",
      { path: `/?access_token=${t}&b&access_token=${t}` },
      path("/?b"),
    ),
    row(
      "keep_token false: parameters of like names stay",
      { path: `/?Access_Token=1&access_token=${t}&access_tokens=2` },
      path("/?Access_Token=1&access_tokens=2"),
    ),
    row("keep_token false: a fragment stays", { path: `/?access_token=${t}#f` }, path("/#f")),
    row(
      "keep_token false: the path before it stays as it was sent",
      { path: `//a/../%62;c?access_token=${t}` },
      path("//a/../%62;c"),
    ),
    row(
      "keep_token false: the absolute form stays as it was sent",
      { path: `http://evil.test/a?access_token=${t}&b` },
      path("http://evil.test/a?b"),
    ),
    row("keep_token false: the only cookie", { config: inCookie, cookie: `sid=${t}` }, cookie(null)),
    row("keep_token false: the first cookie", { config: inCookie, cookie: `sid=${t}; a=1` }, cookie("a=1")),
    row("keep_token false: the last cookie", { config: inCookie, cookie: `a=1; sid=${t}` }, cookie("a=1")),
    row(
      "keep_token false: other cookies stay byte for byte",
      { config: inCookie, cookie: `a="x y";b=%20;  sid=${t}; c; d=e=f ;g=` },
      cookie('a="x y";b=%20; c; d=e=f ;g='),
    ),
    row(
      "keep_token false: a second Cookie line",
      {
        config: inCookie,
        headers: [
          ["Cookie", "a=1"],
          ["Cookie", `sid=${t}`],
        ],
      },
      cookie("a=1"),
    ),
    row(
      "keep_token false: a cookie in quotes",
      { config: inCookie, cookie: `a=1; sid="${t}"` },
      cookie("a=1"),
    ),
    row(
      "keep_token false: a repeated cookie",
      { config: inCookie, cookie: `sid=${t}; a=1; sid=${t}` },
      cookie("a=1"),
    ),
    row(
      "keep_token false: cookies of like names stay",
      { config: inCookie, cookie: `SID=1; sid=${t}; sid2=2; xsid=3` },
      cookie("SID=1; sid2=2; xsid=3"),
    ),
    row(
      "keep_token false: every place where it stands",
      {
        config: stripping({
          from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
          from_params: ["t"],
          from_cookies: ["sid"],
        }),
        token: t,
        path: `/?t=${t}&b=1`,
        headers: [["X-Token", t]],
        cookie: `sid=${t}; a=1`,
      },
      allowsPrivately("web", {
        path: "/?b=1",
        downstream: { authorization: null, "x-token": null, cookie: "a=1" },
      }),
    ),
    row(
      "keep_token false: the places of other consumers, too",
      {
        config: {
          global_auth: true,
          consumers: [
            web.consumer({ keep_token: false }),
            partner.consumer({ from_headers: [{ name: "X-Partner" }], from_cookies: ["p"] }),
          ],
        },
        token: t,
        headers: [["X-Partner", t]],
        cookie: `p=${t}`,
      },
      allowsPrivately("web", { downstream: { authorization: null, "x-partner": null, cookie: null } }),
    ),
  ]

  const rules = [
    { match: { path: "/public" }, public: true as const },
    { match: { path: "/partner" }, allow: ["partner"] },
    { match: { path: "/reported" }, allow: ["partner"], report_only: true },
  ]
  const config = {
    global_auth: true,
    consumers: [web.consumer({ keep_token: false }), partner.consumer()],
    rules,
  }
  const untouched = [
    row(
      "keep_token false of one consumer is nothing to another",
      { config, token: await partner.token() },
      allows("partner"),
    ),
    row(
      "nothing is stripped where no token is asked for",
      { config, token: t, path: `/public?access_token=${t}` },
      passes,
    ),
    row(
      "nothing is stripped from a request that is only reported",
      { config, token: t, path: "/reported" },
      passesDespite("access_denied"),
    ),
    row("a refused request is refused as ever", { config, token: t, path: "/partner" }, accessDenied),
    row("a bad token is refused as ever", { token: await forged(web, stranger) }, fails),
  ]

  return [...strip, ...untouched]
}
