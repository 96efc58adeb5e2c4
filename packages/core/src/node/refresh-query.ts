type Query = Record<string, unknown>

/**
 * Takes out of a parsed query what an edit has taken out of its text. The rest stays as it is: an earlier middleware, such
 * as a sanitizer, may have worked on it.
 *
 * @param before the text's values before the edit, parsed anew
 * @param after the same, after it
 */
export function refreshQuery(query: Query, before: Readonly<Query>, after: Readonly<Query>): void {
  for (const [name, value] of Object.entries(before)) {
    const left = after[name]
    if (left === undefined) delete query[name]
    else if (JSON.stringify(left) !== JSON.stringify(value)) {
      // Defined, not assigned: a client may call a parameter `__proto__`.
      Object.defineProperty(query, name, {
        value: left,
        configurable: true,
        enumerable: true,
        writable: true,
      })
    }
  }
}
