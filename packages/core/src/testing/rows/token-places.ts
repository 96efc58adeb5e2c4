import { type Cast, forged, only } from "../cast.js"
import { allowsPrivately, fails, missing } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.3: query parameters and cookies. */
export async function tokenPlaceRows({ web, stranger }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.3", only(web.consumer()))
  const good = await web.token()
  const bad = await forged(web, stranger)

  const query = [
    row("the parameter access_token", { path: `/?access_token=${good}` }, allowsPrivately("web")),
    row("the parameter among others", { path: `/a?x=1&access_token=${good}&y` }, allowsPrivately("web")),
    row("the parameter before a fragment", { path: `/?access_token=${good}#x` }, allowsPrivately("web")),
    row(
      "a percent-encoded parameter",
      { path: `/?access%5Ftoken=${good.replaceAll(".", "%2E")}` },
      allowsPrivately("web"),
    ),
    row(
      "an encoded separator does not make another parameter",
      { path: `/?x=1%26access_token=${good}` },
      missing,
    ),
    row("a parameter name in other case is another", { path: `/?Access_Token=${good}` }, missing),
    row("a parameter that only ends alike", { path: `/?my_access_token=${good}` }, missing),
    row("a parameter in the path is none", { path: `/access_token=${good}` }, missing),
    row("an empty parameter is no token", { path: "/?access_token=" }, missing),
    row("a parameter without a value is no token", { path: "/?access_token" }, missing),
    row("a parameter with a broken escape", { path: `/?access_token=${good}%zz` }, fails),
    row(
      "of a repeated parameter the first counts: good",
      { path: `/?access_token=${good}&access_token=${bad}` },
      allowsPrivately("web"),
    ),
    row(
      "of a repeated parameter the first counts: bad",
      { path: `/?access_token=${bad}&access_token=${good}` },
      fails,
    ),
    row(
      "of a repeated parameter the first that is not empty counts",
      { path: `/?access_token=&access_token&access_token=${good}` },
      allowsPrivately("web"),
    ),
    row("brackets make another parameter", { path: `/?access_token[]=${good}` }, missing),
  ]

  const cookies = only(web.consumer({ from_cookies: ["sid"] }))
  const cookie = [
    row("a cookie", { config: cookies, cookie: `sid=${good}` }, allowsPrivately("web")),
    row("a cookie among others", { config: cookies, cookie: `a=1; sid=${good}; b` }, allowsPrivately("web")),
    row(
      "cookies without a space between them",
      { config: cookies, cookie: `a=1;sid=${good}` },
      allowsPrivately("web"),
    ),
    row("a cookie in quotes", { config: cookies, cookie: `sid="${good}"` }, allowsPrivately("web")),
    row(
      "a cookie in two pairs of quotes: one is stripped",
      { config: cookies, cookie: `sid=""${good}""` },
      fails,
    ),
    row("a cookie with one quote", { config: cookies, cookie: `sid="${good}` }, fails),
    row(
      "a cookie is read as sent, not decoded",
      { config: cookies, cookie: `sid=${good.replaceAll(".", "%2E")}` },
      fails,
    ),
    row("a cookie name in other case is another", { config: cookies, cookie: `SID=${good}` }, missing),
    row("a cookie that only begins alike", { config: cookies, cookie: `sid2=${good}` }, missing),
    row("an empty cookie is no token", { config: cookies, cookie: "sid=" }, missing),
    row("a cookie of two quotes is no token", { config: cookies, cookie: 'sid=""' }, missing),
    row(
      "of a repeated cookie the first counts",
      { config: cookies, cookie: `sid=${bad}; sid=${good}` },
      fails,
    ),
    row(
      "of a repeated cookie the first that is not empty counts",
      { config: cookies, cookie: `sid=; sid=${good}` },
      allowsPrivately("web"),
    ),
    row(
      "a cookie in a second Cookie line",
      {
        config: cookies,
        headers: [
          ["Cookie", "a=1"],
          ["Cookie", `sid=${good}`],
        ],
      },
      allowsPrivately("web"),
    ),
    row("cookies replace Authorization", { config: cookies, token: good }, missing),
  ]
  return [...query, ...cookie]
}
