import { createPublicKey } from "node:crypto"
import { calculateJwkThumbprint, type JWK, base64url as jose } from "jose"
import { describe, expect, it } from "vitest"
import {
  base64url,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  macWith,
  mintKey,
  sign,
  type TestKey,
} from "../keyring.js"

// CVE-2015-9235 and its many sisters: an HMAC whose secret is the public key that everybody may read.

type Secrets = Readonly<Record<string, string | Uint8Array>>

/** Every form in which somebody may hold a public key, as text or bytes. */
async function formsOf({ jwk }: TestKey): Promise<Secrets> {
  const key = createPublicKey({ key: jwk as JWK, format: "jwk" })
  const spki = key.export({ type: "spki", format: "der" })
  const pem = key.export({ type: "spki", format: "pem" }).toString()
  const sorted = Object.fromEntries(Object.entries(jwk).sort(([a], [b]) => (a < b ? -1 : 1)))
  const members = Object.entries(jwk).flatMap(([name, value]) => {
    if (typeof value !== "string" || !["n", "e", "x", "y"].includes(name)) return []
    return [
      [`${name} as base64url text`, value],
      [`${name} as bytes`, jose.decode(value)],
      [`${name} as base64 text`, Buffer.from(value, "base64url").toString("base64")],
      [`${name} as hexadecimal text`, Buffer.from(value, "base64url").toString("hex")],
    ]
  })
  return {
    "": "",
    PEM: pem,
    "PEM without the last line break": pem.trimEnd(),
    "PEM with CRLF": pem.replaceAll("\n", "\r\n"),
    "PEM after white space": ` \n${pem}`,
    "PEM after a zero-width character": `\u200b${pem}`,
    "PEM on one line": pem.replaceAll("\n", ""),
    "PEM body": pem.replace(/-.*\n/g, ""),
    "certificate-like PEM": pem.replaceAll("PUBLIC KEY", "CERTIFICATE"),
    DER: spki,
    "DER as base64": spki.toString("base64"),
    "DER as base64url": spki.toString("base64url"),
    JWK: JSON.stringify(jwk),
    "JWK, sorted": JSON.stringify(sorted),
    "JWK, indented": JSON.stringify(jwk, null, 2),
    "JWK, spaced": JSON.stringify(jwk).replaceAll(":", ": ").replaceAll(",", ", "),
    "JWK set": JSON.stringify({ keys: [jwk] }),
    thumbprint: await calculateJwkThumbprint(jwk as JWK),
    "[object Object]": "[object Object]",
    ...(jwk.kty === "RSA" && {
      "PKCS #1 PEM": key.export({ type: "pkcs1", format: "pem" }).toString(),
      "PKCS #1 PEM without the last line break": key
        .export({ type: "pkcs1", format: "pem" })
        .toString()
        .trimEnd(),
      "PKCS #1 DER": key.export({ type: "pkcs1", format: "der" }),
    }),
    ...(jwk.kty === "EC" && {
      "uncompressed point": Buffer.concat([Buffer.of(4), jose.decode(jwk.x ?? ""), jose.decode(jwk.y ?? "")]),
    }),
    ...Object.fromEntries(members),
  }
}

const asymmetric = ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"] as const
const secret = await mintKey("HS512")

describe.each(asymmetric)("an HMAC made with the public key of %s", async (alg) => {
  const key = await mintKey(alg)
  const forms = await formsOf(key)
  const forgeries = Object.fromEntries(
    Object.entries(forms).flatMap(([name, form]) =>
      ["HS256", "HS384", "HS512"].map((hs) => [`${hs} with ${name}`, macWith(form, hs)]),
    ),
  )

  it("is refused by a key without alg: the kind of the key decides", async () => {
    await expectRefused(gate(consumer(key)), forgeries, "alg_not_allowed")
  })

  it("is refused by a key with its own alg", async () => {
    const withAlg = { ...key, jwk: { ...key.jwk, alg } }
    await expectRefused(gate(consumer(withAlg)), forgeries, "alg_not_allowed")
  })

  it("is refused also where the same key set holds a true secret", async () => {
    const door = gate(consumer([key, secret]))
    await expectRefused(door, forgeries, "signature_invalid")
    expect(await judge(door, await sign(secret))).toBe("allow web")
    expect(await judge(door, macWith(jose.decode(secret.jwk.k ?? ""), "HS512"))).toBe("allow web")
  })

  it("is refused when the header names the public key's kid", async () => {
    const named = { ...key, jwk: { ...key.jwk, kid: "public" } }
    const both = gate(consumer([named, { ...secret, jwk: { ...secret.jwk, kid: "secret" } }]))
    const cases = Object.entries(forms).map(([name, form]) => [
      name,
      macWith(form, "HS256", { kid: "public" }),
    ])
    await expectRefused(both, Object.fromEntries(cases), "no_fitting_key")
  })
})

describe("the other way round", () => {
  it.each(asymmetric)("a %s token of somebody's own key is refused by a secret", async (alg) => {
    const token = await sign(await mintKey(alg))
    await expectRefused(gate(consumer(secret)), { token }, "alg_not_allowed")
  })

  it("the text of k is not the secret: only the bytes that it encodes are", async () => {
    const k = secret.jwk.k ?? ""
    const bytes = Buffer.from(k, "base64url")
    const door = gate(consumer(secret))
    await expectRefused(
      door,
      {
        "text of k": macWith(k),
        "k as base64": macWith(bytes.toString("base64")),
        "k as hexadecimal": macWith(bytes.toString("hex")),
        "k and a line break": macWith(`${k}\n`),
        "k as UTF-8": macWith(bytes.toString("utf8")),
        JWK: macWith(JSON.stringify(secret.jwk)),
        "name of the consumer": macWith("web"),
        nothing: macWith(""),
      },
      "signature_invalid",
    )
    expect(await judge(door, macWith(bytes))).toBe("allow web")
  })

  it("an all-zero MAC and the MAC of another text are refused", async () => {
    const input = `${base64url({ alg: "HS512" })}.${base64url(goodClaims)}`
    const other = (await sign(secret, { payload: {} })).split(".")[2]
    await expectRefused(
      gate(consumer(secret)),
      { zero: `${input}.${base64url(new Uint8Array(64))}`, other: `${input}.${other}` },
      "signature_invalid",
    )
  })
})
