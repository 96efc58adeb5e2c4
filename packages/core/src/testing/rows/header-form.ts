import { type Cast, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { segment } from "../sign.js"

/** 3.4: the members of the header. */
export async function headerFormRows({ web }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.4", only(web.consumer()))
  const claims = goodClaims(web.issuer)
  const refused: readonly (readonly [string, Record<string, unknown>])[] = [
    ["no alg", {}],
    ["alg null", { alg: null }],
    ["alg a number", { alg: 256 }],
    ["alg an array", { alg: ["HS256"] }],
    ["alg none", { alg: "none" }],
    ["alg None", { alg: "None" }],
    ["alg nOnE", { alg: "nOnE" }],
    ["alg empty", { alg: "" }],
    ["alg in lower case", { alg: "hs256" }],
    ["alg with a space", { alg: "HS256 " }],
    ["alg ES256K, which is not on the list", { alg: "ES256K" }],
    ["alg Ed25519, which is not on the list", { alg: "Ed25519" }],
    ["alg of encryption", { alg: "dir", enc: "A128GCM" }],
    ["alg the name of something that every object has", { alg: "toString" }],
    ["crit with an unknown extension (RFC 7515 §4.1.11)", { alg: "HS256", crit: ["urn:x"], "urn:x": 1 }],
    ["crit with a registered name", { alg: "HS256", crit: ["exp"], exp: 1 }],
    ["crit empty", { alg: "HS256", crit: [] }],
    ["crit null", { alg: "HS256", crit: null }],
    ["b64 false (RFC 7797)", { alg: "HS256", b64: false, crit: ["b64"] }],
    ["b64 true", { alg: "HS256", b64: true }],
    ["b64 false without crit", { alg: "HS256", b64: false }],
    ["kid a number", { alg: "HS256", kid: 1 }],
    ["kid null", { alg: "HS256", kid: null }],
    ["kid an object", { alg: "HS256", kid: { toString: "x" } }],
    ["kid an array", { alg: "HS256", kid: ["x"] }],
  ]
  const unsigned = `${segment({ alg: "none" })}.${segment(claims)}`
  return [
    ...(await Promise.all(
      refused.map(async ([name, header]) =>
        row(`header: ${name}`, { token: await web.signed(header, claims) }, fails),
      ),
    )),
    row("header: alg none without a signature", { token: `${unsigned}.` }, fails),
    row("header: alg none and two segments", { token: unsigned }, fails),
    row("header: alg none with a signature of no bytes that matter", { token: `${unsigned}.AA` }, fails),
    row(
      "header: kid a string that no key is named by, and the keys have no names",
      { token: await web.token({}, { kid: "x" }) },
      allows("web"),
    ),
    row("header: kid empty", { token: await web.token({}, { kid: "" }) }, allows("web")),
    row(
      "header: members that we do not know",
      { token: await web.token({}, { x: [1, { y: null }] }) },
      allows("web"),
    ),
  ]
}
