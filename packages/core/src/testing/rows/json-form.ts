import { type Cast, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import type { Part } from "../sign.js"

/** 3.4: header and payload are JSON objects, in UTF-8, without a member named twice. */
export async function jsonFormRows({ web }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.4", only(web.consumer()))
  const claims = goodClaims(web.issuer)
  const header = { alg: "HS256", typ: "JWT" }
  const text = new TextEncoder()
  const claimsText = JSON.stringify(claims)
  const headerText = JSON.stringify(header)
  const refused: readonly (readonly [string, Part, Part])[] = [
    ["a header that is an array", `[${headerText}]`, claims],
    ["a header that is a string", '"HS256"', claims],
    ["a header that is null", "null", claims],
    ["a header that is no JSON", "{alg:HS256}", claims],
    ["a header with something after it", `${headerText}x`, claims],
    [
      "a header of invalid UTF-8",
      bytes(text.encode('{"alg":"HS256","x":"'), [0xff], text.encode('"}')),
      claims,
    ],
    ["a header with a byte order mark", `\ufeff${headerText}`, claims],
    ["alg twice in the header", '{"alg":"none","alg":"HS256"}', claims],
    ["alg twice in the header, once escaped", '{"\\u0061lg":"none","alg":"HS256"}', claims],
    ["a member twice inside the header", '{"alg":"HS256","x":{"a":1,"a":2}}', claims],
    ["a payload that is an array", header, `[${claimsText}]`],
    ["a payload that is a string", header, JSON.stringify(claimsText)],
    ["a payload that is a number", header, "1"],
    ["a payload that is null", header, "null"],
    ["a payload that is no JSON", header, "sub=user-1"],
    [
      "a payload of invalid UTF-8",
      header,
      bytes(text.encode(`${claimsText.slice(0, -1)},"x":"`), [0xc3, 0x28], text.encode('"}')),
    ],
    ["a payload with a byte order mark", header, `\ufeff${claimsText}`],
    ["iss twice in the payload (CVE-2022-25757)", header, `{"iss":"evil",${claimsText.slice(1)}`],
    ["exp twice in the payload", header, `{"exp":1,${claimsText.slice(1)}`],
    ["sub twice in the payload, once escaped", header, `{"su\\u0062":"root",${claimsText.slice(1)}`],
    ["a member twice deep inside the payload", header, `{"a":[{"b":{"c":1,"c":1}}],${claimsText.slice(1)}`],
    ["__proto__ twice in the payload", header, `{"__proto__":1,"__proto__":2,${claimsText.slice(1)}`],
    ["alg in the header's __proto__", '{"__proto__":{"alg":"HS256"}}', claims],
    ["the claims in the payload's __proto__", header, `{"__proto__":${claimsText}}`],
  ]
  return [
    row(
      "a header and a payload with white space between their members",
      { token: await web.signed(spaced(header), spaced(claims)) },
      allows("web"),
    ),
    row(
      "the same member name in different objects",
      { token: await web.token({ a: { x: 1 }, b: { x: 1 }, x: 1 }) },
      allows("web"),
    ),
    row(
      "a member name as a string value",
      { token: await web.token({ a: ["sub", "sub"], b: "sub" }) },
      allows("web"),
    ),
    ...(await Promise.all(
      refused.map(async ([name, h, p]) => row(name, { token: await web.signed(h, p) }, fails)),
    )),
  ]
}

function spaced(value: object): string {
  return JSON.stringify(value, null, 2)
}

function bytes(...parts: readonly ArrayLike<number>[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)))
}
