import { domainIncludes } from "./match-domain.js"
import { pathIncludes } from "./match-path.js"
import type { RulePattern } from "./rule-pattern.js"

/** True when every plain request that `later` matches is matched by `earlier`, so that `later` never applies. */
export function shadows(earlier: RulePattern, later: RulePattern): boolean {
  return (
    includes(earlier.domains, later.domains, domainIncludes) &&
    includes(earlier.paths, later.paths, pathIncludes) &&
    includes(earlier.methods, later.methods, Object.is) &&
    includes(earlier.routes, later.routes, Object.is)
  )
}

/** Field by field: an absent field holds for all, and each later value must be included in some earlier one. */
function includes<T>(
  earlier: Iterable<T> | undefined,
  later: Iterable<T> | undefined,
  covers: (outer: T, inner: T) => boolean,
): boolean {
  if (earlier === undefined) return true
  if (later === undefined) return false
  const outers = [...earlier]
  return [...later].every((inner) => outers.some((outer) => covers(outer, inner)))
}
