import type { Consumer, JwtAuthConfig } from "@jwt-auth/core"
import { consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import type { Sent } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { through } from "./proxy-client.js"
import { stacks } from "./proxy-stacks.js"
import { comparable } from "./upstream.js"

const places: Partial<Consumer> = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["access_token", "t"],
  from_cookies: ["session", "s"],
}
const configOf = (keep_token: boolean): JwtAuthConfig => ({
  global_auth: true,
  consumers: [consumer("web", { ...places, keep_token })],
})
const token = tokenOf("web")

/** A request with a token, and the same request as if its client had never had one. */
type Row = readonly [what: string, withToken: Sent, without: Sent]

const header = (name: string, value: string, rest = {}): Sent => ({ headers: { ...rest, [name]: value } })
const cookie = (value: string): Sent => header("Cookie", value)
const kept = { "X-Other": "1", Cookie: "a=1; b=2" }

const rows: readonly Row[] = [
  ["Authorization", header("Authorization", `Bearer ${token}`, kept), { headers: kept }],
  ["Authorization, oddly spelled", header("aUTHORIZATION", `bEARER   ${token}`, kept), { headers: kept }],
  ["a header of its own", header("x-tOKEN", token, kept), { headers: kept }],
  ["the query, alone", { path: `/a?t=${token}` }, { path: "/a" }],
  ["the query, first", { path: `/a?t=${token}&a=%20+&b` }, { path: "/a?a=%20+&b" }],
  ["the query, last", { path: `/a?c=&d=1&d=2&t=${token}` }, { path: "/a?c=&d=1&d=2" }],
  ["the query, between duplicates", { path: `/?d=1&t=${token}&d=2` }, { path: "/?d=1&d=2" }],
  ["the query, under an encoded name", { path: `/?a=1&%74=${token}&%61=2` }, { path: "/?a=1&%61=2" }],
  [
    "the query, with its dots encoded",
    { path: `/?t=${token.replaceAll(".", "%2E")}&a=1` },
    { path: "/?a=1" },
  ],
  ["the query, twice", { path: `/?t=${token}&x=%C3%A9%FF&t=${token}&&=` }, { path: "/?x=%C3%A9%FF&&=" }],
  ["the query, beside one of another case", { path: `/?T=1&t=${token}` }, { path: "/?T=1" }],
  [
    "the query of an encoded path",
    { path: `/%7Ea/%2fb;c?t=${token}&e='(!)*` },
    { path: "/%7Ea/%2fb;c?e='(!)*" },
  ],
  [
    "the query, beside what a URL parser would escape",
    { path: `/?x="<>{}|^\`[\\]'&t=${token}&a` },
    { path: "/?x=\"<>{}|^`[\\]'&a" },
  ],
  ["a cookie, alone", cookie(`s=${token}`), {}],
  ["a cookie, first", cookie(`s=${token}; a=1; b="2 3"`), cookie('a=1; b="2 3"')],
  ["a cookie, last", cookie(`a=%20+; b;c=;a=1;  d; s=${token}`), cookie("a=%20+; b;c=;a=1;  d")],
  ["a cookie, in between", cookie(`a=1 ; s=${token} ;  S=2`), cookie("a=1 ;  S=2")],
  ["a cookie, in quotes", cookie(`a="x"; s="${token}"; b=\\"`), cookie('a="x"; b=\\"')],
  ["a cookie, twice", cookie(`s=${token}; =x; s=${token}; é=ü`), cookie("=x; é=ü")],
  ["a cookie, of an encoded one", cookie(`%73=1; s=${token}`), cookie("%73=1")],
  [
    "Authorization and the query",
    { path: `/?t=${token}&a=1`, headers: { Authorization: `Bearer ${token}` } },
    { path: "/?a=1" },
  ],
  ["a header and a cookie", { headers: { "X-Token": token, Cookie: `a=1; s=${token}` } }, cookie("a=1")],
  [
    "two parameters and two cookies",
    { path: `/?access_token=${token}&a=1&t=${token}`, ...cookie(`session=${token}; a=1; s=${token}`) },
    { path: "/?a=1", ...cookie("a=1") },
  ],
  [
    "several Cookie lines",
    { headers: { Cookie: ["a=1", `s=${token}; b=2`, "c=3"] } },
    cookie("a=1; b=2; c=3"),
  ],
]

const identity = ["x-mse-consumer"]

describe.each(stacks)("the token behind $name", (stack) => {
  it.each(rows)("is gone from %s, and nothing else, with keep_token: false", async (_what, sent, without) => {
    const got = await through(stack, configOf(false), sent)
    expect(JSON.stringify(got)).not.toContain(token)
    expect(JSON.stringify(got)).not.toContain(token.split(".")[1])
    expect(comparable(got, identity)).toEqual(comparable(await through(stack, undefined, without)))
  })

  it.each(rows)("in %s stays with keep_token: true, and so does all the rest", async (_what, sent) => {
    const got = await through(stack, configOf(true), sent)
    expect(comparable(got, identity)).toEqual(comparable(await through(stack, undefined, sent)))
  })
})
