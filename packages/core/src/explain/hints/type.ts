import { normalType } from "../../config/policy.js"
import type { Finding } from "../finding.js"
import { show } from "../show.js"
import { otherKindOf } from "./token-kind.js"

/** Why a token has another `typ` than the consumer's `types`. */
export function typeHint({ jws, consumer }: Finding): string | undefined {
  const { types } = consumer
  if (jws === undefined || types === undefined) return undefined
  const wantsAccessToken = types.has("at+jwt")
  const kind = otherKindOf(jws)
  if (kind !== undefined && (wantsAccessToken || types.has("jwt"))) {
    return `This seems to be ${kind.name} (by its ${kind.sign}), which is not for calling an API. Send the access token.`
  }
  const typ: unknown = jws.header.typ
  if (typ === undefined) {
    return "The header has no typ: many issuers write none. Have yours write it."
  }
  if (typeof typ !== "string")
    return "The typ in the header is not a string. Have the issuer write the name of a type."
  const type = normalType(typ)
  if (type === "jwt" && wantsAccessToken) {
    return 'Many issuers write "JWT" into access tokens too, and then typ cannot keep ID tokens away: have yours write "at+jwt" (RFC 9068).'
  }
  if (type === "at+jwt") {
    return "This says that it is an access token (RFC 9068), and this consumer asks for another type. See whether it is meant for this API."
  }
  const meant = [...types].find((one) => isSameButForPunctuation(one, type))
  return meant && `This is ${show(meant)} but for its punctuation. Have the issuer write exactly that.`
}

function isSameButForPunctuation(one: string, other: string): boolean {
  return lettersOf(one) !== "" && lettersOf(one) === lettersOf(other)
}

function lettersOf(type: string): string {
  return type.replace(/[^\p{L}\p{N}]/gu, "")
}
