import { createHmac } from "node:crypto"
import { config } from "./config.js"

/** From the document's own curl lines: consumer1, valid from October 2022 to February 2029. */
export const consumer1Token =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEyMyJ9.eyJpc3MiOiJhYmNkIiwic3ViIjoidGVzdCIsImlhdCI6MTY2NTY2MDUyNywiZXhwIjoxODY1NjczODE5fQ.-vBSV0bKeDwQcuS6eeSZN9dLTUnSnZVk8eVCXdooCQ4"

/** From the plugin's test suite (plugins/wasm-cpp/extensions/jwt_auth/plugin_test.cc): consumer2, 13 October 2022. */
export const consumer2Token =
  "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEyMyJ9.eyJpc3MiOiJhYmMiLCJzdWIiOiJ0ZXN0IiwiaWF0IjoxNjY1NjYwNTI3LCJleHAiOjE2NjU2NzM4MTl9.FwSnlW9NjZ_5w6cm-YqteUy4LjKCXfQCWVCGcM3RsaqBhcHTz_IFOFMLnjI9QAG_IhxPP4s0ln7-duESns4YogkmqWV0ckMKZo9OEYOLpD6kXaA6H6g9RaLedogReKk1bDauFWFBrqMwvnxIqOIPj2ZOEQcKDVxO08mPSXb5-cxbvCA2rcmBk8_JHD8DBW990IfUCrsUFP4w4Zy3HlU__ZZhaCqzukI1ZOOgwu2_wMifvdv2n2PvqRNcmpjuGJ-FUXhAduCTPO9ZLGBOZcxkPl4U28Frfb1hSEV83NfK3iPBoLjC3u-M7kc1FJHcUORy_Bof6mzBX7npYckbsb-SJA"

/** Signs a token as the holder of consumer1's published secret would. */
export function signAsConsumer1(claims: Readonly<Record<string, unknown>>): string {
  const input = `${encode({ alg: "HS256", typ: "JWT", kid: "123" })}.${encode(claims)}`
  return `${input}.${createHmac("sha256", consumer1Secret()).update(input).digest("base64url")}`
}

/** The same header and signature around another payload: what an attacker without the key can do. */
export function tamper(token: string, claims: Readonly<Record<string, unknown>>): string {
  const [header, , signature] = token.split(".")
  return `${header}.${encode(claims)}.${signature}`
}

/** `eyJ…CQ4`: enough to recognise a token, too little to use it. */
export function shortenTokens(text: string): string {
  return text.replace(/\b(eyJ)[\w-]*\.[\w-]*\.[\w-]*([\w-]{3})/g, "$1…$2")
}

function consumer1Secret(): Buffer {
  const { keys } = JSON.parse(String(config.consumers[0]?.jwks)) as { keys: [{ k: string }] }
  return Buffer.from(keys[0].k, "base64url")
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}
