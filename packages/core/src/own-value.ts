/** The value of a member of parsed JSON. What every object inherits, such as `constructor`, is none. */
export function ownValue<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
