import { createPublicKey } from "node:crypto"
import type { JWK } from "jose"
import type { Consumer } from "../../../src/index.js"
import { bearer, consumer, macWith, mintKey, sign, type TestKey, type TokenParts } from "../../keyring.js"
import type { BrokenRequest, Situation } from "../broken-request.js"

/** The token of one key, before a consumer with another one. */
export async function mixed(
  signer: TestKey,
  inConfig: TestKey | readonly TestKey[],
  parts: TokenParts = {},
  fields: Partial<Consumer> = {},
): Promise<Situation> {
  return {
    config: { consumers: [consumer(inConfig, fields)] },
    request: bearer(await sign(signer, parts)),
  }
}

/** A token that is signed with the public key of the consumer, written like this. */
async function confused(
  alg: "RS256" | "ES256" | "EdDSA",
  write: (key: TestKey) => string | Buffer,
): Promise<Situation> {
  const key = await mintKey(alg)
  return { config: { consumers: [consumer(key)] }, request: bearer(macWith(write(key))) }
}

const spki = ({ jwk }: TestKey) => createPublicKey({ key: jwk as JWK, format: "jwk" })
const pem = (key: TestKey) => spki(key).export({ type: "spki", format: "pem" }).toString()
const der = (key: TestKey) => spki(key).export({ type: "spki", format: "der" })

export const rotated =
  "No key that verifies tokens here made the signature. If the issuer has rotated its keys, put its current key set into jwks, and keep the old keys until their tokens have expired."

const publicAsSecret = (alg: string) =>
  `The token is signed with a public key as a shared secret. Everybody has that key, so this is never accepted: have it signed with the private key and alg ${alg}.`

export const notAllowed: readonly Omit<BrokenRequest, "at" | "reason">[] = [
  {
    name: "a token is signed with the PEM of the public RSA key",
    situation: () => confused("RS256", pem),
    hint: publicAsSecret("RS256"),
  },
  {
    name: "a token is signed with the PEM of the public key, without the last line break",
    situation: () => confused("ES256", (key) => pem(key).trimEnd()),
    hint: publicAsSecret("ES256"),
  },
  {
    name: "a token is signed with the body of the PEM",
    situation: () => confused("EdDSA", (key) => der(key).toString("base64")),
    hint: publicAsSecret("EdDSA"),
  },
  {
    name: "a token is signed with the bytes of the public key",
    situation: () => confused("EdDSA", der),
    hint: publicAsSecret("EdDSA"),
  },
  {
    name: "a token is signed with the JSON of the public key",
    situation: () => confused("ES256", ({ jwk }) => JSON.stringify(jwk)),
    hint: publicAsSecret("ES256"),
  },
  {
    name: "the signer has a shared secret, the config a public key",
    situation: async () => mixed(await mintKey("HS256"), await mintKey("RS256")),
    hint: "The token is signed with a shared secret, and the keys that may verify it are public. Have it signed with the private key and alg RS256: some libraries take a key for a shared secret while no algorithm is named.",
  },
  {
    name: "the signer has a private key, the config a shared secret",
    situation: async () => mixed(await mintKey("ES256"), await mintKey("HS256")),
    hint: "The token is signed with a private key (ES256), and the keys that may verify it are shared secrets. If the issuer is who signed it, put the issuer's public key into jwks: jwt-auth jwks key.pem makes it from a PEM file.",
  },
  {
    name: "the key is bound to RS256, and signs with PS256",
    situation: async () => {
      const key = await mintKey("RS256", { alg: "RS256", kid: "a" })
      return mixed(key, key, { header: { alg: "PS256", kid: "a" }, signedWith: "PS256" })
    },
    hint: 'Key "a" could verify PS256, but its own alg says "RS256". Sign with RS256, or leave alg out of the key, if that is meant.',
  },
  {
    name: "the consumer's algorithms leave out that of the token",
    situation: async () => {
      const key = await mintKey("RS256")
      return mixed(key, key, {}, { algorithms: ["PS256", "PS384"] })
    },
    hint: "The key could verify RS256, but the consumer's algorithms leave it out. Sign with PS256 or PS384, or add RS256 there, if that is meant.",
  },
  {
    name: "the secret is too short for the token's algorithm",
    situation: async () => {
      const key = await mintKey("HS256")
      return mixed(key, key, { header: { alg: "HS512" }, signedWith: "HS512" })
    },
    hint: "The key could verify HS512, but it has 32 bytes, and HS512 needs 64 (RFC 7518 §3.2). Sign with HS256, or make a longer secret.",
  },
  {
    name: "the token is by a key on P-256, and that of the config is on P-384",
    situation: async () => mixed(await mintKey("ES256"), await mintKey("ES384", { kid: "a" })),
    hint: `ES256 needs a key of kind EC P-256, and key "a" is EC P-384. ${rotated}`,
  },
  {
    name: "an RSA token comes to a consumer with an EC key and one of Ed25519",
    situation: async () => mixed(await mintKey("RS256"), [await mintKey("ES256"), await mintKey("EdDSA")]),
    hint: `RS256 needs a key of kind RSA, and those that may verify it are EC P-256 and OKP Ed25519. ${rotated}`,
  },
  {
    name: "the keys of two consumers of different kinds are swapped",
    situation: async () => {
      const [rsa, ec] = [await mintKey("RS256"), await mintKey("ES256")]
      const partner = consumer(rsa, { name: "partner", issuer: "https://partner.example" })
      return { config: { consumers: [consumer(ec), partner] }, request: bearer(await sign(rsa)) }
    },
    hint: 'The signature is by a key of consumer "partner", but iss of the token is that of "web": "partner" may be posing as "web". If it is not, correct the claims where "partner" signs.',
  },
]
