import type { Algorithm, Jwk } from "../../config/document.js"
import { algorithmsOfKind } from "../../config/key-algorithms.js"
import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import { keysFor } from "../differences.js"
import type { Finding } from "../finding.js"
import { listed } from "../show.js"
import { keyName } from "./narrowed.js"
import { otherKeyHint } from "./other-keys.js"
import { publicKeyTextHint } from "./public-key-text.js"
import { rotationHint } from "./rotation.js"
import { signatureFormHint } from "./signature-form.js"

/** Why none of a consumer's keys was asked about the signature. */
export async function keyHint(finding: Finding): Promise<string | undefined> {
  const { jws, reason, consumer } = finding
  if (jws === undefined) return undefined
  const known = await otherKeyHint(finding, jws)
  if (known !== undefined) return known
  switch (reason) {
    case "alg_not_allowed":
      return unfitHint(consumer.keys, finding, jws)
    case "no_fitting_key":
      return unfitHint(keysFor(consumer.keys, jws.header.kid), finding, jws)
    default:
      return signatureFormHint(finding, jws) ?? (await rotationHint(finding, jws, ", under any kid"))
  }
}

/** Why none of these keys goes with the token's algorithm. None of them has signed it: `otherKeyHint` knows those that have. */
async function unfitHint(
  keys: readonly PolicyKey[],
  finding: Finding,
  jws: CompactJws,
): Promise<string | undefined> {
  const { alg } = jws.header
  const secrets = keys.filter(({ jwk }) => jwk.kty === "oct")
  if (alg.startsWith("HS") && secrets.length === 0) {
    return (
      (await publicKeyTextHint(keys, finding, jws)) ??
      `The token is signed with a shared secret, and the keys that may verify it are public. Have it signed with the private key and alg ${keys[0]?.algorithms[0]}: some libraries take a key for a shared secret while no algorithm is named.`
    )
  }
  if (!alg.startsWith("HS") && secrets.length === keys.length) {
    return `The token is signed with a private key (${alg}), and the keys that may verify it are shared secrets. If the issuer is who signed it, put the issuer's public key into jwks: jwt-auth jwks key.pem makes it from a PEM file.`
  }
  const hints = [kindHint(keys, alg), await rotationHint(finding, jws)].filter((hint) => hint !== undefined)
  return hints.join(" ") || undefined
}

function kindHint(keys: readonly PolicyKey[], alg: Algorithm): string | undefined {
  if (keys.some(({ jwk }) => algorithmsOfKind(jwk).includes(alg))) return undefined
  const kinds = listed([...new Set(keys.map(({ jwk }) => keyKind(jwk)))], "and")
  const [only] = keys
  const whose = keys.length === 1 && only ? `${keyName(only)} is` : "those that may verify it are"
  return `${alg} needs a key of kind ${kindFor(alg)}, and ${whose} ${kinds}.`
}

function keyKind({ kty, crv }: Pick<Jwk, "kty" | "crv">): string {
  return crv === undefined || kty === "oct" || kty === "RSA" ? (kty ?? "") : `${kty} ${crv}`
}

const kinds: readonly Pick<Jwk, "kty" | "crv">[] = [
  { kty: "oct" },
  { kty: "RSA" },
  { kty: "EC", crv: "P-256" },
  { kty: "EC", crv: "P-384" },
  { kty: "EC", crv: "P-521" },
  { kty: "OKP", crv: "Ed25519" },
]

function kindFor(alg: Algorithm): string {
  const kind = kinds.find((one) => algorithmsOfKind(one).includes(alg))
  return kind === undefined ? "" : keyKind(kind)
}
