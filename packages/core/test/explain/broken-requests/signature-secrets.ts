import { randomBytes } from "node:crypto"
import { bearer, consumer, issuer, macWith, mintKey } from "../../keyring.js"
import type { BrokenRequest, Situation } from "../broken-request.js"

const utf8 = (text: string) => new TextEncoder().encode(text)

/** The secret stands in `k` as these bytes (or those of this text), and the token is signed with those. */
export function secrets(inConfig: Uint8Array | string, atSigner: Uint8Array | string): Situation {
  const bytes = typeof inConfig === "string" ? utf8(inConfig) : inConfig
  const jwk = { kty: "oct", k: Buffer.from(bytes).toString("base64url") }
  return {
    config: { consumers: [{ name: "web", issuer, jwks: { keys: [jwk] } }] },
    request: bearer(macWith(atSigner)),
  }
}

const secret = randomBytes(33)
/** Bytes whose base64 has both of the characters that base64url replaces. */
const spiky = Uint8Array.from({ length: 48 }, (_, i) => [0xfb, 0xef, 0xff][i % 3] ?? 0)
const text = () => `a secret of words, ${randomBytes(12).toString("hex")} and more`

/** The signer spells the secret otherwise than `k` does. */
export const signatureSecrets: readonly Omit<BrokenRequest, "at" | "reason">[] = [
  {
    name: "the signer uses the text of k as the secret",
    situation: () => secrets(secret, secret.toString("base64url")),
    hint: "The signer takes the string in k itself for the secret, undecoded. Have it decode base64url first, or write the base64url of that string into k.",
  },
  {
    name: "hex was written into k, and the signer decodes hex",
    situation: () => {
      const hex = randomBytes(32).toString("hex")
      return secrets(Buffer.from(hex, "base64url"), Buffer.from(hex, "hex"))
    },
    hint: "The signer decodes k as hex. A JWK has it in base64url: write the bytes that the hex stands for into k that way.",
  },
  {
    name: "the signer decodes k as base64, without - and _",
    situation: () => {
      const bytes = Buffer.concat([utf8("exactly thirty-three bytes of it!"), spiky])
      const plain = bytes.toString("base64url").replaceAll(/[-_]/g, "")
      return secrets(bytes, Buffer.from(plain, "base64"))
    },
    hint: "The signer decodes k as plain base64, where - and _ count for nothing. Have it decode base64url.",
  },
  {
    name: "base64 text was encoded once more for k",
    situation: () => secrets(Buffer.from(spiky).toString("base64"), spiky),
    hint: "The bytes of k are a base64 string, which the signer decodes once more. Write that string itself into k, with - for +, _ for / and without =.",
  },
  {
    name: "base64url text was encoded once more for k",
    situation: () => secrets(Buffer.from(spiky).toString("base64url"), spiky),
    hint: "The bytes of k are a base64url string, which the signer decodes once more. Write that string itself into k, without =.",
  },
  {
    name: "hex text was encoded for k, and the signer decodes it",
    situation: () => secrets(secret.toString("hex"), secret),
    hint: "The bytes of k are a hex string, which the signer decodes once more. Write the bytes that the hex stands for into k, in base64url.",
  },
  {
    name: "the signer uses the base64 text of the secret",
    situation: () => secrets(spiky, Buffer.from(spiky).toString("base64")),
    hint: "The signer has the bytes of k as a base64 string, and takes that string for the secret. Have it decode base64 first, or write the base64url of that string into k.",
  },
  {
    name: "the signer uses the base64 text of the secret, without padding",
    situation: () => {
      const bytes = Buffer.concat([spiky, Buffer.of(1)])
      return secrets(bytes, bytes.toString("base64").replaceAll("=", ""))
    },
    hint: "The signer has the bytes of k as a base64 string, and takes that string for the secret. Have it decode base64 first, or write the base64url of that string into k.",
  },
  {
    name: "the signer uses the hex digits of the secret",
    situation: () => secrets(secret, secret.toString("hex")),
    hint: "The signer has the bytes of k as a hex string, and takes that string for the secret. Have it decode hex first, or write the base64url of that string into k.",
  },
  {
    name: "the signer uses the hex digits of the secret in capitals",
    situation: () => secrets(secret, secret.toString("hex").toUpperCase()),
    hint: "The signer has the bytes of k as a hex string, and takes that string for the secret. Have it decode hex first, or write the base64url of that string into k.",
  },
  {
    name: "the signer read the secret with its line break",
    situation: () => {
      const words = text()
      return secrets(words, `${words}\n`)
    },
    hint: "The signer's secret ends in a line break that the one in k has not. Remove that where the signer reads it.",
  },
  {
    name: "the signer read the secret with a line break of Windows",
    situation: () => {
      const words = text()
      return secrets(words, `${words}\r\n`)
    },
    hint: "The signer's secret ends in a line break that the one in k has not. Remove that where the signer reads it.",
  },
  {
    name: "k was made by echo, with a line break",
    situation: () => {
      const words = text()
      return secrets(`${words}\n`, words)
    },
    hint: "The secret in k ends in a line break that the signer's has not. Encode it into k again without that.",
  },
  {
    name: "k was made with white space around the secret",
    situation: () => {
      const words = text()
      return secrets(` ${words} `, words)
    },
    hint: "The secret in k has white space around it that the signer's has not. Encode it into k again without that.",
  },
  {
    name: "the signer read the secret with the quotes around it",
    situation: () => {
      const words = text()
      return secrets(words, `"${words}"`)
    },
    hint: "The signer's secret has quotes around it that the one in k has not. Remove that where the signer reads it.",
  },
  {
    name: "k was made with the quotes around the secret",
    situation: () => {
      const words = text()
      return secrets(`'${words}'`, words)
    },
    hint: "The secret in k has quotes around it that the signer's has not. Encode it into k again without that.",
  },
  {
    name: "one of several secrets is used as text",
    situation: async () => {
      const key = await mintKey("HS256", { kid: "b" })
      const other = await mintKey("HS256", { kid: "a" })
      const token = macWith(key.jwk.k ?? "", "HS256", { kid: "b" })
      return { config: { consumers: [consumer([other, key])] }, request: bearer(token) }
    },
    hint: 'The signer takes the string in k of key "b" itself for the secret, undecoded. Have it decode base64url first, or write the base64url of that string into k.',
  },
]
