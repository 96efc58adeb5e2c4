/**
 * What issuers name a caller by (RFC 7519 §4.1, RFC 8693 §4.3, OpenID Connect Core §2, and custom). None that people choose or
 * change themselves, such as `nickname` and `username`: whoever has a free choice could choose another caller's.
 */
export const identities: readonly string[] = [
  "sub",
  "user_id",
  "client_id",
  "azp",
  "appid",
  "cid",
  "uid",
  "key",
  "iss",
]
