import { createPrivateKey, createPublicKey, sign as signWithNode } from "node:crypto"
import type { JWK } from "jose"
import { bearer, consumer, goodClaims, issuer, macWith, mintKey, sign, type TestKey } from "../../keyring.js"
import type { BrokenRequest, Situation } from "../broken-request.js"
import { signatureSecrets } from "./signature-secrets.js"

/** `web` and `partner`, each with a key. */
async function twoConsumers(
  fields: { readonly issuer: string },
  signedBy: (partner: TestKey) => Promise<string>,
): Promise<Situation> {
  const partner = await mintKey("ES256")
  return {
    config: {
      consumers: [consumer(await mintKey("ES256")), consumer(partner, { name: "partner", ...fields })],
    },
    request: bearer(await signedBy(partner)),
  }
}

/** A true token of "web" whose signature was made into this. */
async function withSignature(
  alg: "ES256" | "RS256" | "HS512",
  change: (signature: Buffer, input: string, key: TestKey) => Uint8Array,
): Promise<Situation> {
  const key = await mintKey(alg)
  const token = await sign(key)
  const end = token.lastIndexOf(".")
  const signature = change(Buffer.from(token.slice(end + 1), "base64url"), token.slice(0, end), key)
  return {
    config: { consumers: [consumer(key)] },
    request: bearer(`${token.slice(0, end)}.${Buffer.from(signature).toString("base64url")}`),
  }
}

type Row = Omit<BrokenRequest, "at" | "reason">

const rows: readonly Row[] = [
  ...signatureSecrets,
  {
    name: "a consumer has a shared secret and a public key, and a token is signed with the text of the latter",
    situation: async () => {
      const key = await mintKey("EdDSA")
      const pem = createPublicKey({ key: key.jwk as JWK, format: "jwk" }).export({
        type: "spki",
        format: "pem",
      })
      return {
        config: { consumers: [consumer([await mintKey("HS256"), key])] },
        request: bearer(macWith(pem.toString())),
      }
    },
    hint: "The token is signed with a public key as a shared secret. Everybody has that key, so this is never accepted: have it signed with the private key and alg EdDSA.",
  },
  {
    name: "the token names another kid than that of the key that signed",
    situation: async () => {
      const [a, b] = [await mintKey("ES256", { kid: "a" }), await mintKey("ES256", { kid: "b" })]
      return {
        config: { consumers: [consumer([a, b])] },
        request: bearer(await sign(b, { header: { alg: "ES256", kid: "a" } })),
      }
    },
    hint: 'The signature is by key "b" of this consumer, and the token names "a". The signer sets the wrong kid, or the two are swapped in jwks.',
  },
  {
    name: "another consumer's signer sets this consumer's issuer",
    situation: () => twoConsumers({ issuer: "https://partner.example" }, (partner) => sign(partner)),
    hint: 'The signature is by a key of consumer "partner", but iss of the token is that of "web": "partner" may be posing as "web". If it is not, correct the claims where "partner" signs.',
  },
  {
    name: "two consumers have the same issuer, and the token is the other's",
    situation: () => twoConsumers({ issuer }, (partner) => sign(partner)),
    hint: 'The signature is by a key of consumer "partner", which is recognised by the same claims: this is a token of "partner".',
  },
  {
    name: "the issuer has a new key, and has given it no kid",
    situation: async () => ({
      config: { consumers: [consumer(await mintKey("ES256"))] },
      request: bearer(await sign(await mintKey("ES256"))),
    }),
    hint: "No key that verifies tokens here made the signature: it is by another key, or the token was changed after it was signed. If the issuer has rotated its keys, put its current key set into jwks, and keep the old keys until their tokens have expired.",
  },
  {
    name: "an ECDSA signature is in DER form",
    situation: () =>
      withSignature("ES256", (_, input, { secretJwk }) =>
        signWithNode(
          "sha256",
          Buffer.from(input),
          createPrivateKey({ key: secretJwk as JWK, format: "jwk" }),
        ),
      ),
    hint: "The signature is in DER form. A JWS has r and s side by side, 64 bytes for ES256 (RFC 7518 §3.4): crypto libraries call that P1363, and libraries for JWTs do it by themselves.",
  },
  {
    name: "the end of the token was cut off",
    situation: () => withSignature("RS256", (signature) => signature.subarray(0, 240)),
    hint: "The signature has 240 bytes, and one by RS256 has 256 here: the token was probably cut off or changed on its way. Copy it whole.",
  },
  {
    name: "the signature has the length of that by a longer RSA key",
    situation: () => withSignature("RS256", (signature) => Buffer.concat([signature, signature])),
    hint: "The signature has the length of an RSA key of 4096 bits, and the key in jwks has 2048. It was made with another key.",
  },
  {
    name: "the header names HS512, and the signature is by HS256",
    situation: async () => {
      const key = await mintKey("HS512")
      const token = await sign(key, {
        header: { alg: "HS512" },
        payload: goodClaims,
        signedWith: "HS256",
      })
      return { config: { consumers: [consumer(key)] }, request: bearer(token) }
    },
    hint: "The signature has 32 bytes, as those of HS256 have, and the header says HS512. Let the header name the algorithm that signs.",
  },
]

export const signature: readonly BrokenRequest[] = rows.map((row) => ({
  ...row,
  at: "signature",
  reason: "signature_invalid",
}))
