import { randomBytes } from "node:crypto"

export const issuer = "https://login.example.com/"
export const audience = "https://api.example.com"

/** The payload of a usual access token, about 400 bytes, no two of them alike. */
export function usualClaims(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    sub: "auth0|64f1c09be7a5d2001f3c8a17",
    aud: audience,
    iat: now,
    nbf: now,
    exp: now + 24 * 3600,
    jti: randomBytes(16).toString("hex"),
    azp: "web-app-7c1d",
    scope: "openid profile orders:read orders:write",
    name: "Ada Example",
    email: "ada@example.com",
    email_verified: true,
    roles: ["customer", "beta"],
    ...changes,
  }
}
