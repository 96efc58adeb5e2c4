/** The value of a claim. What every object inherits, such as `constructor`, is none. */
export function ownValue(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined
}
