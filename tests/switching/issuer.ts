import { createHmac, sign } from "node:crypto"
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from "jose"

type Members = Readonly<Record<string, unknown>>

const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true })
const stranger = await generateKeyPair("RS256", { extractable: true })
const key = await exportPKCS8(privateKey)
const strangersKey = await exportPKCS8(stranger.privateKey)

/** What every program reads: the same public key, in both forms. */
export const publicPem = await exportSPKI(publicKey)
export const jwks = JSON.stringify({
  keys: [{ ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256", use: "sig" }],
})

export const now = Math.floor(Date.now() / 1000)

/** Signs whatever it is told to: for half of the requests, what no library would sign. */
export function token(claims: Members = {}, header: Members = {}, signature = rs256): string {
  const payload = {
    iss: "https://login.example.com",
    aud: "orders",
    sub: "alice",
    iat: now,
    exp: now + 300,
    ...claims,
  }
  const input = `${encode({ alg: "RS256", typ: "JWT", kid: "key-1", ...header })}.${encode(payload)}`
  return `${input}.${signature(input)}`
}

export const rs256 = (input: string) => sign("sha256", Buffer.from(input), key).toString("base64url")
export const rs512 = (input: string) => sign("sha512", Buffer.from(input), key).toString("base64url")
export const byStranger = (input: string) =>
  sign("sha256", Buffer.from(input), strangersKey).toString("base64url")
/** The public key taken for an HMAC secret. */
export const byPublicKey = (input: string) =>
  createHmac("sha256", publicPem).update(input).digest("base64url")
export const unsigned = () => ""

function encode(part: Members): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url")
}
