import { bearer, consumer, mintKey, sign } from "../../keyring.js"
import type { BrokenRequest } from "../broken-request.js"
import { mixed, notAllowed, rotated } from "./key-alg-not-allowed.js"

const unknownKid: readonly Omit<BrokenRequest, "at" | "reason">[] = [
  {
    name: "the kid differs in case and white space",
    situation: async () => {
      const key = await mintKey("ES256", { kid: "Key-1" })
      return mixed(key, key, { header: { alg: "ES256", kid: "key-1 " } })
    },
    hint: 'The signature is by key "Key-1" of this consumer, which the token calls "key-1 ". A kid is compared letter by letter: write it alike in both.',
  },
  {
    name: "the kid differs in a letter",
    situation: async () => {
      const key = await mintKey("ES256", { kid: "primary" })
      return mixed(key, key, { header: { alg: "ES256", kid: "primry" } })
    },
    hint: 'The signature is by key "primary" of this consumer, which the token calls "primry". A kid is compared letter by letter: write it alike in both.',
  },
  {
    name: "the key is in jwks under another kid",
    situation: async () => {
      const key = await mintKey("ES256", { kid: "2024-01" })
      return mixed(key, key, { header: { alg: "ES256", kid: "production" } })
    },
    hint: 'The signature is by key "2024-01" of this consumer, which the token calls "production". The key was given another kid, or this jwks is from another environment: use the kid that the signer sets.',
  },
  {
    name: "the kid is that of another consumer's key",
    situation: async () => {
      const [key, other] = [await mintKey("ES256", { kid: "a" }), await mintKey("ES256", { kid: "b" })]
      const partner = consumer(other, { name: "partner", issuer: "https://partner.example" })
      return {
        config: { consumers: [consumer(key), partner] },
        request: bearer(await sign(other, { header: { alg: "ES256", kid: "b" } })),
      }
    },
    hint: 'The signature is by a key of consumer "partner", but iss of the token is that of "web": "partner" may be posing as "web". If it is not, correct the claims where "partner" signs.',
  },
  {
    name: "the issuer has rotated its keys",
    situation: async () => {
      const old = await mintKey("ES256", { kid: "2024-01" })
      return mixed(await mintKey("ES256"), old, { header: { alg: "ES256", kid: "2024-02" } })
    },
    hint: "No key that verifies tokens here made the signature, under any kid. If the issuer has rotated its keys, put its current key set into jwks, and keep the old keys until their tokens have expired.",
  },
]

const unfit: readonly Omit<BrokenRequest, "at" | "reason">[] = [
  {
    name: "the token names the kid of a key of another kind",
    situation: async () => {
      const [rsa, ec] = [await mintKey("RS256", { kid: "rsa" }), await mintKey("ES256", { kid: "ec" })]
      return mixed(rsa, [rsa, ec], { header: { alg: "RS256", kid: "ec" } })
    },
    hint: 'The signature is by key "rsa" of this consumer, and the token names "ec". The signer sets the wrong kid, or the two are swapped in jwks.',
  },
  {
    name: "the key of that kid is of another kind than what signed",
    situation: async () => {
      const [rsa, ec] = [await mintKey("RS256", { kid: "rsa" }), await mintKey("ES256", { kid: "ec" })]
      return mixed(await mintKey("RS256"), [rsa, ec], { header: { alg: "RS256", kid: "ec" } })
    },
    hint: `RS256 needs a key of kind RSA, and key "ec" is EC P-256. ${rotated}`,
  },
  {
    name: "the key of that kid is bound to another algorithm",
    situation: async () => {
      const bound = await mintKey("RS256", { kid: "a", alg: "RS256" })
      const other = await mintKey("PS256", { kid: "b" })
      return mixed(bound, [bound, other], { header: { alg: "PS256", kid: "a" }, signedWith: "PS256" })
    },
    hint: 'Key "a" could verify PS256, but its own alg says "RS256". Sign with RS256, or leave alg out of the key, if that is meant.',
  },
]

export const key: readonly BrokenRequest[] = [
  ...notAllowed.map((row) => ({ ...row, at: "key", reason: "alg_not_allowed" }) as const),
  ...unknownKid.map((row) => ({ ...row, at: "key", reason: "kid_unknown" }) as const),
  ...unfit.map((row) => ({ ...row, at: "key", reason: "no_fitting_key" }) as const),
]
