import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto"

/** The algorithms that are measured. */
export type TokenAlgorithm = "HS256" | "RS256" | "PS256" | "ES256" | "EdDSA"

/** Makes tokens, and has the key to verify them with in the forms that libraries take. */
export interface Signer {
  readonly algorithm: TokenAlgorithm
  readonly kid: string
  /** What verifiers are given: the public key, or the secret. */
  readonly key: KeyObject
  readonly jwk: VerificationJwk
  /** @param kid `false` leaves it out of the header */
  token(claims: object, kid?: boolean): string
  /** A token under a signature that nobody made. */
  forged(claims: object): string
}

/** A public key or a secret, as a key set has it. */
export interface VerificationJwk {
  readonly kty: string
  readonly kid: string
  readonly alg: TokenAlgorithm
  readonly use: "sig"
  readonly [member: string]: string
}

/** A signer with a new key. */
export async function createSigner(algorithm: TokenAlgorithm, kid = "2026-01"): Promise<Signer> {
  const { key, secret } = algorithm === "HS256" ? newSecret() : await newKeyPair(algorithm)
  const exported = key.export({ format: "jwk" }) as { kty: string }
  const jwk: VerificationJwk = { ...exported, kid, alg: algorithm, use: "sig" }
  const headers = [
    { alg: algorithm, typ: "JWT" },
    { alg: algorithm, typ: "JWT", kid },
  ].map(base64url)
  return {
    algorithm,
    kid,
    key,
    jwk,
    forged: (claims) =>
      `${headers[1]}.${base64url(claims)}.${randomBytes(signatureBytes[algorithm]).toString("base64url")}`,
    token(claims, withKid = true) {
      const content = `${headers[Number(withKid)]}.${base64url(claims)}`
      return `${content}.${signatureOf(algorithm, secret, content).toString("base64url")}`
    },
  }
}

function newSecret() {
  const secret = createSecretKey(randomBytes(32))
  return { key: secret, secret }
}

/** Not `generateKeyPairSync`: ten thousand of its keys, exported one after another, can stop Node 20. */
async function newKeyPair(algorithm: Exclude<TokenAlgorithm, "HS256">) {
  const pair = (await crypto.subtle.generateKey(keyTypes[algorithm], true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey)
  const secret = createPrivateKey({ key: jwk as Record<string, string>, format: "jwk" })
  return { key: createPublicKey(secret), secret }
}

const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }
const keyTypes = {
  RS256: { name: "RSASSA-PKCS1-v1_5", ...rsa },
  PS256: { name: "RSASSA-PKCS1-v1_5", ...rsa },
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  EdDSA: { name: "Ed25519" },
}

const signatureBytes = { HS256: 32, RS256: 256, PS256: 256, ES256: 64, EdDSA: 64 }

function signatureOf(algorithm: TokenAlgorithm, key: KeyObject, content: string): Buffer {
  if (algorithm === "HS256") return createHmac("sha256", key).update(content).digest()
  return sign(hashOf(algorithm), Buffer.from(content), { key, ...signatureForm(algorithm) })
}

/** The name that `node:crypto` wants: none for Ed25519, which hashes by itself. */
export function hashOf(algorithm: TokenAlgorithm): "sha256" | null {
  return algorithm === "EdDSA" ? null : "sha256"
}

/** How RFC 7518 has a signature padded or written. */
export function signatureForm(algorithm: TokenAlgorithm) {
  if (algorithm === "ES256") return { dsaEncoding: "ieee-p1363" as const }
  if (algorithm === "PS256") {
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  }
  return {}
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}
