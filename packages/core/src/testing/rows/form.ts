import { type Cast, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { segment, signText } from "../sign.js"

/** 3.4: one token has one spelling. The refused ones are truly signed: it is the form alone that is wrong. */
export async function formRows({ web }: Cast): Promise<ConformanceRow[]> {
  const row = rowsOf("3.4", only(web.consumer()))
  const claims = goodClaims(web.issuer)
  const header = { alg: "HS256", typ: "JWT" }
  const good = await web.token()
  const [h = "", p = "", s = ""] = good.split(".")
  const spelled = (headerText: string, payloadText: string) =>
    signText(web.key, "HS256", `${headerText}.${payloadText}`)

  const segments = [
    row("three segments", { token: good }, allows("web")),
    row("one segment", { token: h }, fails),
    row("two segments", { token: `${h}.${p}` }, fails),
    row("four segments", { token: `${good}.${s}` }, fails),
    row("five segments, as an encrypted token has", { token: `${h}.${p}.${s}.${s}.${s}` }, fails),
    row("a dot at the end", { token: `${good}.` }, fails),
    row("a dot at the start", { token: `.${good}` }, fails),
    row("dots alone", { token: ".." }, fails),
    row("an empty header", { token: await spelled("", p) }, fails),
    row("an empty payload", { token: await spelled(h, "") }, fails),
    row("an empty signature", { token: `${h}.${p}.` }, fails),
    row(
      "the JSON serialisation (RFC 7515 §7.2)",
      { token: JSON.stringify({ protected: h, payload: p, signature: s }) },
      fails,
    ),
    row("padding after the header", { token: await spelled(`${h}=`, p) }, fails),
    row("padding after the payload", { token: await spelled(h, `${p}=`) }, fails),
    row("padding after the signature", { token: `${good}=` }, fails),
    row("a space inside the payload", { token: await spelled(h, `${p.slice(0, 8)} ${p.slice(8)}`) }, fails),
    row("a space inside the signature", { token: `${h}.${p}.${s.slice(0, 8)} ${s.slice(8)}` }, fails),
    row("a tab after the header", { token: await spelled(`${h}\t`, p) }, fails),
    row(
      "the alphabet of plain base64",
      {
        token: await spelled(
          h,
          segment(JSON.stringify({ ...claims, x: "???>>>" }))
            .replaceAll("_", "/")
            .replaceAll("-", "+"),
        ),
      },
      fails,
    ),
    row("a character outside of the alphabet", { token: `${h}.${p}.${s.slice(0, -1)}!` }, fails),
    row(
      "non-zero trailing bits in the header",
      { token: await spelled(withTrailingBits(segment(untilTwoOver(header))), p) },
      fails,
    ),
    row(
      "non-zero trailing bits in the payload",
      { token: await spelled(h, withTrailingBits(segment(untilTwoOver(claims)))) },
      fails,
    ),
    row("non-zero trailing bits in the signature", { token: `${h}.${p}.${withTrailingBits(s)}` }, fails),
    row(
      "a segment of a length that no bytes have",
      { token: await spelled(h, `${segment(untilWhole(claims))}A`) },
      fails,
    ),
  ]

  const sized = async (length: number) => {
    const payload = Math.floor(((length - h.length - s.length - 2) * 3) / 4)
    const pad = "x".repeat(payload - JSON.stringify({ ...claims, pad: "" }).length)
    const token = await web.token({ pad })
    if (token.length !== length) throw new Error(`made a token of ${token.length} bytes, not of ${length}`)
    return token
  }
  const sizes = [
    row("a token of 8192 bytes", { token: await sized(8192) }, allows("web")),
    row("a token of 8193 bytes", { token: await sized(8193) }, fails),
  ]
  return [...segments, ...sizes]
}

/** The same bytes for a lenient decoder: the last character carries bits that no byte uses. */
function withTrailingBits(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1)
}

/** JSON of a length that leaves two characters over, the last of which has four bits to spare. */
function untilTwoOver(value: object): string {
  const text = JSON.stringify(value)
  return text + " ".repeat((4 - (text.length % 3)) % 3)
}

function untilWhole(value: object): string {
  const text = JSON.stringify(value)
  return text + " ".repeat((3 - (text.length % 3)) % 3)
}
