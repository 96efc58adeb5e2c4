import type { TokenExplanation } from "./explanation.js"

/** Nothing else of a header: `jwk`, `x5c` and what a sender makes up may hold a key. */
export function onlyTexts(
  header: Readonly<Record<string, unknown>>,
): NonNullable<TokenExplanation["header"]> {
  const texts = (["alg", "kid", "typ"] as const).filter((name) => typeof header[name] === "string")
  return Object.fromEntries(texts.map((name) => [name, header[name]]))
}
