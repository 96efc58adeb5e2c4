import type { AuthRequest, Requirement } from "../decision.js"
import type { Access, Guarded, Names } from "./access.js"
import { matchRule, type RuleTable, type RuleTrace } from "./match-rule.js"

/** What this request needs: said in code by the requirement, or else by the rules. */
export function accessFor(
  table: RuleTable,
  request: AuthRequest,
  requirement: Requirement | undefined,
  trace?: RuleTrace,
): Access {
  if (requirement === undefined) return matchRule(table, request, trace)
  const { allow, optional, scopes, route } = requirement
  if (standsInForRules(requirement)) {
    return {
      kind: "guarded",
      consumers: table.anyConsumer.consumers,
      allow: namesOf(allow),
      optional: optional ?? false,
      scopes: scopes === undefined ? [] : [...scopes],
      reportOnly: false,
    }
  }
  const access = matchRule(table, request, trace, route)
  if (scopes === undefined || scopes.length === 0) return access
  const guarded = access.kind === "guarded" ? access : table.anyConsumer
  return { ...guarded, scopes: [...guarded.scopes, ...scopes] }
}

function namesOf(allow: Requirement["allow"]): Guarded["allow"] {
  if (allow === undefined || allow === "any") return "any"
  return new NameList([...allow])
}

/** A list asked as a set. A copy: the code that wrote it may change it while a signature is waited for. */
class NameList implements Names {
  private readonly names: readonly string[]

  constructor(names: readonly string[]) {
    this.names = names
  }

  get size(): number {
    return this.names.length
  }

  has(name: string): boolean {
    return this.names.includes(name)
  }

  [Symbol.iterator](): Iterator<string> {
    return new Set(this.names).values()
  }
}

/** True when code says who may call, and the rules are not asked. */
export function standsInForRules({ allow, optional, scopes, route }: Requirement): boolean {
  return allow !== undefined || optional !== undefined || (scopes !== undefined && route === undefined)
}
