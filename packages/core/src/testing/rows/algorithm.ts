import type { Algorithm } from "../../config/document.js"
import { caller, forged, goodClaims, only } from "../cast.js"
import { allows, fails } from "../expectations.js"
import { newEc, newEd25519, newRsa, newSecret, type SigningKey, secretKey } from "../keyring.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"
import { segment, sign, withPayload } from "../sign.js"

type Kind = readonly [
  name: string,
  algorithms: readonly Algorithm[],
  make: () => SigningKey | Promise<SigningKey>,
]

const kinds: readonly Kind[] = [
  ["an HMAC secret", ["HS256", "HS384", "HS512"], () => newSecret(64)],
  ["an RSA key", ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"], newRsa],
  ["a P-256 key", ["ES256"], () => newEc("P-256")],
  ["a P-384 key", ["ES384"], () => newEc("P-384")],
  ["a P-521 key", ["ES512"], () => newEc("P-521")],
  ["an Ed25519 key", ["EdDSA"], newEd25519],
]

/** 3.6: every algorithm, good and forged, and every attempt to have a key checked by a method that is not its own. */
export async function algorithmRows(): Promise<ConformanceRow[]> {
  const rows: ConformanceRow[] = []
  const keys = await Promise.all(kinds.map(async ([, , make]) => Promise.all([make(), make()])))
  for (const [i, [, algorithms]] of kinds.entries()) {
    const [key, other] = keys[i] as [SigningKey, SigningKey]
    for (const algorithm of algorithms) rows.push(...(await rowsFor(algorithm, key, other, algorithms)))
  }
  const rsa = keys[1]?.[0] as SigningKey
  const p256 = keys[2]?.[0] as SigningKey
  return [...rows, ...(await confusionRows(rsa)), ...(await curveRows(p256, keys[3]?.[0] as SigningKey))]
}

async function rowsFor(
  algorithm: Algorithm,
  key: SigningKey,
  other: SigningKey,
  family: readonly Algorithm[],
): Promise<ConformanceRow[]> {
  const web = caller("web", key, algorithm)
  const bound = only(web.consumer({ jwks: { keys: [{ ...key.jwk, alg: algorithm }] } }))
  const narrowed = only(web.consumer({ algorithms: [algorithm] }))
  const row = rowsOf("3.6", only(web.consumer()))
  const good = await web.token()
  const siblings = await Promise.all(
    siblingsOf(algorithm, family).map(async (sibling) => ({
      sibling,
      token: await caller("web", key, sibling).token(),
      // The header says one algorithm, and the signature is of the other.
      mixed: await sign(key, sibling, { alg: algorithm }, goodClaims(web.issuer)),
    })),
  )
  return [
    row(`${algorithm}: a good token`, { token: good }, allows("web")),
    row(
      `${algorithm}: a good token, and a key that names the algorithm`,
      { config: bound, token: good },
      allows("web"),
    ),
    row(
      `${algorithm}: a good token, and a consumer that names the algorithm`,
      { config: narrowed, token: good },
      allows("web"),
    ),
    row(
      `${algorithm}: another payload under the signature`,
      { token: withPayload(good, { ...goodClaims(web.issuer), sub: "root" }) },
      fails,
    ),
    row(
      `${algorithm}: another header under the signature`,
      { token: good.replace(/^[^.]*/, segment({ alg: algorithm, x: 1 })) },
      fails,
    ),
    row(`${algorithm}: a signature cut short`, { token: good.slice(0, -4) }, fails),
    row(`${algorithm}: a signature of zeros (CVE-2022-21449)`, { token: zeroed(good) }, fails),
    row(
      `${algorithm}: signed by a stranger's key of the same kind`,
      { token: await forged(web, other, algorithm) },
      fails,
    ),
    ...siblings.flatMap(({ sibling, token, mixed }) => [
      row(`${algorithm}: a key bound to it does not verify ${sibling}`, { config: bound, token }, fails),
      row(
        `${algorithm}: a consumer narrowed to it does not take ${sibling}`,
        { config: narrowed, token },
        fails,
      ),
      row(`${algorithm}: a signature of ${sibling}`, { token: mixed }, fails),
    ]),
  ]
}

/** The next of the family, and the one of the same hash: RS256 and PS256 share keys. */
function siblingsOf(algorithm: Algorithm, family: readonly Algorithm[]): readonly Algorithm[] {
  const next = family[(family.indexOf(algorithm) + 1) % family.length]
  const alike = (other: Algorithm) => other === next || other.slice(2) === algorithm.slice(2)
  return family.filter((other) => other !== algorithm && alike(other))
}

/** RSA to HMAC (CVE-2015-9235, CVE-2016-10555): the public key, known to all, as the secret. */
async function confusionRows(rsa: SigningKey): Promise<ConformanceRow[]> {
  const web = caller("web", rsa, "RS256")
  const text = new TextEncoder()
  const pem = pemOf(rsa.spki)
  const forms: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
    ["PEM", text.encode(pem)],
    ["PEM without the last line break", text.encode(pem.trimEnd())],
    ["PEM with Windows line breaks", text.encode(pem.replaceAll("\n", "\r\n"))],
    ["DER", rsa.spki],
    ["base64 of DER", text.encode(pem.split("\n").slice(1, -2).join(""))],
    ["JWK", text.encode(JSON.stringify(rsa.jwk))],
    ["key set", text.encode(JSON.stringify({ keys: [rsa.jwk] }))],
    ["modulus", text.encode(rsa.jwk.n ?? "")],
    ["modulus as bytes", decoded(rsa.jwk.n ?? "")],
    ["empty secret (CVE-2026-44699)", new Uint8Array()],
  ]
  const row = rowsOf("3.6", only(web.consumer()))
  return Promise.all(
    forms.map(async ([form, secret]) => {
      // Web Crypto takes no empty secret; HMAC pads with zeros, so one zero byte is the same key (RFC 2104 §2).
      const key = secretKey(secret.length === 0 ? new Uint8Array(1) : secret)
      return row(`RS256 to HS256: the public key as ${form}`, { token: await forged(web, key) }, fails)
    }),
  )
}

/** A curve belongs to one algorithm (RFC 7518 §3.4), and an ECDSA signature has one form. */
async function curveRows(p256: SigningKey, p384: SigningKey): Promise<ConformanceRow[]> {
  const web = caller("web", p256, "ES256")
  const row = rowsOf("3.6", only(web.consumer()))
  const claims = goodClaims(web.issuer)
  const good = await web.token()
  return [
    row(
      "ES256 key: a token that says ES384",
      { token: await sign(p256, "ES384", { alg: "ES384" }, claims) },
      fails,
    ),
    row(
      "ES256 key: a token of a P-384 key",
      { token: await sign(p384, "ES384", { alg: "ES384" }, claims) },
      fails,
    ),
    row(
      "ES256 key: a token of a P-384 key that says ES256",
      { token: await sign(p384, "ES384", { alg: "ES256" }, claims) },
      fails,
    ),
    row("ES256 key: a signature in DER", { token: inDer(good) }, fails),
    row(
      "ES256 key: a token that says EdDSA",
      { token: await sign(p256, "ES256", { alg: "EdDSA" }, claims) },
      fails,
    ),
  ]
}

function zeroed(token: string): string {
  return token.replace(/[^.]*$/, (signature) => "A".repeat(signature.length))
}

function pemOf(der: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...der))
  return `-----BEGIN PUBLIC KEY-----\n${base64.replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PUBLIC KEY-----\n`
}

function decoded(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** The signature as an ASN.1 sequence of two integers, as most of the world beside JOSE writes it. */
function inDer(token: string): string {
  const at = token.lastIndexOf(".") + 1
  const raw = decoded(token.slice(at))
  const integer = (bytes: Uint8Array) => {
    const value = [0, ...bytes].slice((bytes[0] ?? 0) < 128 ? 1 : 0)
    return [0x02, value.length, ...value]
  }
  const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]
  return token.slice(0, at) + segment(Uint8Array.from([0x30, body.length, ...body]))
}
