import type { Findings } from "../findings.js"
import { isSameAccess } from "./access.js"
import type { Person } from "./consumers.js"
import type { Piece } from "./pieces.js"
import type { JwtAuthPlugin } from "./plugin-settings.js"
import type { ApisixRoute } from "./routes.js"

/** Tells what the rules of these routes do otherwise. */
export function noteRoutes(
  routes: readonly ApisixRoute[],
  people: readonly Person[],
  findings: Findings,
): void {
  if (people.every(({ credentials }) => credentials.length === 0)) {
    const here = 'Nobody has a token. The consumer "(nobody)" stands for that, and is nobody.'
    findings.differs("consumers", "No consumer has jwt-auth: nobody has a token.", here)
  }
  for (const { guard } of routes)
    if (guard.jwtAuth !== undefined) noteAnonymous(guard.jwtAuth, people, findings)
}

function noteAnonymous(
  { path, anonymous }: JwtAuthPlugin,
  people: readonly Person[],
  findings: Findings,
): void {
  if (anonymous === undefined) return
  const at = `${path}.anonymous_consumer`
  if (!people.some(({ username }) => username === anonymous)) {
    const here = "Not optional here either: a token is required."
    findings.info(
      at,
      "There is no such consumer, and so every request without a good token is refused.",
      here,
    )
    return
  }
  const there = "A request without a token, or with a bad one, is taken for this consumer's."
  const here =
    "optional: true. Without a token it passes, with no X-Consumer-Username; with a bad one it is 401."
  findings.differs(at, there, here)
}

/** Tells where a rule is broader, narrower or stricter than its route. */
export function notePieces(pieces: readonly Piece[], strict: readonly Piece[], findings: Findings): void {
  for (const [i, { route, uri, access, path, edgeOf }] of pieces.entries()) {
    if (edgeOf !== undefined) {
      const there = `The route is about what is below ${path.text}, and ${route.path} is about ${path.text} itself.`
      findings.differs(edgeOf.route.path, there, `The rule for ${path.text} is as strict as both.`)
    }
    if (uri.around !== undefined && path === uri.around)
      findings.differs(
        route.path,
        `The route is about ${uri.uri}.`,
        `Its rule is about ${path.text}, which is more.`,
      )
    const now = strict[i]?.access ?? access
    if (isSameAccess(access, now)) continue
    const here = `The rule for ${path.text} is as strict as those of the other routes that it takes requests from.`
    findings.differs(route.path, `The router tells ${uri.uri} from similar paths.`, here)
  }
  noteNarrowed(pieces, findings)
}

/** An open route is open only where it is certain to be meant. */
function noteNarrowed(pieces: readonly Piece[], findings: Findings): void {
  const routes = new Set(pieces.map(({ route }) => route))
  for (const route of routes) {
    if (route.accesses.every(({ access }) => access.kind === "guarded")) continue
    for (const { uri, inside, around } of route.uris) {
      if (around === undefined) continue
      const open = inside === undefined ? "Not open" : `Open for ${inside.text}`
      findings.differs(route.path, `The route for ${uri} is open.`, `${open}; other paths need a token.`)
    }
  }
}
