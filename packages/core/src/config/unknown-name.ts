import { type ConfigIssue, error } from "./config-error.js"
import { didYouMean } from "./did-you-mean.js"

/** Fields of the document that belong to a later version: naming them must not look like a typo. */
const notYet: Readonly<Record<string, string>> = {
  jwks_uri: "Remote key sets are not supported yet. Give the keys inline, as jwks.",
  discovery: "OIDC discovery is not supported yet. Give the keys inline, as jwks.",
}

/** What is wrong with a field that nobody knows, and what to do about it. */
export function unknownField(key: string, path: string, known: readonly string[]): ConfigIssue {
  const later = Object.hasOwn(notYet, key) ? notYet[key] : undefined
  if (later !== undefined) return error(path, "is not supported by this version", later)
  const meant = didYouMean(key, known)
  return error(
    path,
    "is not a known field",
    meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean ${meant}?`,
  )
}

/** What is wrong with a consumer name that the config does not have, and what to do about it. */
export function unknownConsumer(name: string, path: string, names: readonly string[]): ConfigIssue {
  const meant = didYouMean(name, names)
  const fix =
    meant === undefined ? `The consumers are: ${names.join(", ")}.` : `Did you mean ${JSON.stringify(meant)}?`
  return error(path, `${JSON.stringify(name)} is not the name of a consumer`, fix)
}
