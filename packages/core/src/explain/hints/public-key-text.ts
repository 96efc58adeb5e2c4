import { encodeBase64url } from "../../base64url.js"
import type { Jwk } from "../../config/document.js"
import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { Checks } from "./checks.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { base64, utf8 } from "./text-bytes.js"

const checksOf = oncePerExplanation((_, _jws: CompactJws) => new Checks())

/** What everybody has is no secret: told when the MAC was made with one of these public keys as text. */
export async function publicKeyTextHint(
  keys: readonly PolicyKey[],
  finding: Finding,
  jws: CompactJws,
): Promise<string | undefined> {
  const checks = checksOf(finding, jws)
  for (const { jwk, algorithms } of keys) {
    if (checks.exhausted) return undefined
    for (const secret of jwk.kty === "oct" ? [] : await spellings(jwk)) {
      const key: PolicyKey = {
        jwk: { kty: "oct", k: encodeBase64url(secret) },
        algorithms: [jws.header.alg],
        verifiers: [],
      }
      if (!(await checks.verifies(jws, key))) continue
      return `The token is signed with a public key as a shared secret. Everybody has that key, so this is never accepted: have it signed with the private key and alg ${algorithms[0]}.`
    }
  }
  return undefined
}

/** As key tools write it: PEM (RFC 7468 §13) with and without the last line break, its bytes and body, and the JWK. */
async function spellings(jwk: Jwk): Promise<readonly Uint8Array[]> {
  const members = ["kty", "crv", "n", "e", "x", "y"].flatMap((name) =>
    jwk[name] === undefined ? [] : [[name, jwk[name]] as const],
  )
  const json = [JSON.stringify(jwk), JSON.stringify(Object.fromEntries(members))]
  const spki = await spkiOf(jwk)
  if (spki === undefined) return json.map(utf8)
  const body = base64(spki)
  const pem = `-----BEGIN PUBLIC KEY-----\n${body.replaceAll(/.{1,64}/g, "$&\n")}-----END PUBLIC KEY-----`
  return [utf8(`${pem}\n`), utf8(pem), utf8(body), spki, ...json.map(utf8)]
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
async function spkiOf({ kty, crv, n, e, x, y }: Jwk): Promise<Uint8Array | undefined> {
  try {
    const key = await crypto.subtle.importKey(
      "jwk",
      JSON.parse(JSON.stringify({ kty, crv, n, e, x, y })),
      importOf({ kty, crv }),
      true,
      ["verify"],
    )
    return new Uint8Array(await crypto.subtle.exportKey("spki", key))
  } catch {
    return undefined
  }
}

function importOf({ kty, crv }: Pick<Jwk, "kty" | "crv">) {
  switch (kty) {
    case "RSA":
      return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
    case "EC":
      return { name: "ECDSA", namedCurve: crv ?? "" }
    default:
      return { name: "Ed25519" }
  }
}
