import { type Access, isSameAccess, strictest } from "./access.js"
import type { ApisixRoute } from "./routes.js"
import { pathsMeet, type RulePath, servesThere, type UriPattern } from "./uri-pattern.js"

/** One host, path and set of methods of one route: what one rule can say. */
export interface Piece {
  readonly route: ApisixRoute
  readonly uri: UriPattern
  readonly host?: string
  /** The host that the route itself has, where this piece is about a more particular one. */
  readonly ownHost: string | undefined
  readonly path: RulePath
  readonly methods?: readonly string[]
  readonly access: Access
  /** True when it matches requests that the gateway gives to another route. */
  readonly isBroad: boolean
  /** The folder `/x/*` of another route, where this piece is about `/x`. */
  readonly edgeOf?: Piece
}

/** Takes the routes apart, in the order in which the gateway's router asks them. */
export function piecesOf(routes: readonly ApisixRoute[]): readonly Piece[] {
  const pieces = routes.flatMap(takeApart)
  return [...pieces, ...edges(pieces)]
    .map((piece, i) => ({ piece, i }))
    .sort(byOrder)
    .map(({ piece }) => piece)
}

/**
 * A rule that matches more than its route does there takes requests away from the rules after it, and so must not let
 * through what they would not.
 */
export function asStrictAsMeant(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, i) => {
    let { access } = piece
    for (const later of pieces.slice(i + 1)) {
      if (later.route !== piece.route && takesFrom(piece, later)) access = strictest(access, later.access)
    }
    return { ...piece, access }
  })
}

function takeApart(route: ApisixRoute): readonly Piece[] {
  const hosts = route.hosts ?? [undefined]
  return hosts.flatMap((host) =>
    route.uris.flatMap((uri) =>
      route.accesses.flatMap(({ methods = route.methods, access }) => {
        const common = {
          route,
          uri,
          access,
          ownHost: host,
          ...(host !== undefined && { host }),
          ...(methods && { methods }),
        }
        const isOpen = access.kind === "open"
        // An open route is open only where it is certain to be meant.
        const inside = uri.inside === undefined || (isOpen && route.isConditional) ? [] : [uri.inside]
        const around = uri.around === undefined || isOpen ? [] : [uri.around]
        return [
          ...inside.map((path): Piece => ({ ...common, path, isBroad: route.isConditional })),
          ...around.map((path): Piece => ({ ...common, path, isBroad: true })),
        ]
      }),
    ),
  )
}

/** `/x/*` matches `/x` here, and there not: whichever route gets `/x` there has a say in it. */
function edges(pieces: readonly Piece[]): readonly Piece[] {
  const folders = pieces.filter(({ path, uri }) => path.below && path.base !== "" && uri.start.endsWith("/"))
  return folders.flatMap((folder) => {
    const edge: RulePath = { text: folder.path.text.slice(0, -2), base: folder.path.base, below: false }
    const plain = folder.uri.start.slice(0, -1)
    return pieces.flatMap((piece): readonly Piece[] => {
      if (piece.route === folder.route || !servesThere(piece.uri, plain)) return []
      if (!hostCovers(piece.host, folder.host) || !methodsMeet(piece.methods, folder.methods)) return []
      const access = strictest(folder.access, piece.access)
      if (isSameAccess(access, folder.access)) return []
      const { host: _, ...rest } = piece
      const host = folder.host !== undefined && { host: folder.host }
      return [{ ...rest, ...host, path: edge, access, edgeOf: folder }]
    })
  })
}

interface Numbered {
  readonly piece: Piece
  readonly i: number
}

/** By host, then by path, each from the most particular; then by priority, then as they stand in the source. */
function byOrder(a: Numbered, b: Numbered): number {
  const [one, other] = [a.piece, b.piece]
  return (
    rankOfHost(other.host) - rankOfHost(one.host) ||
    Number(one.path.below) - Number(other.path.below) ||
    (one.path.below ? other.path.base.length - one.path.base.length : 0) ||
    rankOfHost(other.ownHost) - rankOfHost(one.ownHost) ||
    Number(one.uri.isPrefix) - Number(other.uri.isPrefix) ||
    other.uri.start.length - one.uri.start.length ||
    other.route.priority - one.route.priority ||
    other.uri.uri.length - one.uri.uri.length ||
    a.i - b.i
  )
}

/** A whole name before a suffix, a longer suffix before a shorter one, no host last. */
function rankOfHost(host: string | undefined): number {
  if (host === undefined) return -1
  return host.startsWith("*") ? host.length : Number.MAX_SAFE_INTEGER
}

/** True when a request of the later one may match the earlier one here, and not there. */
function takesFrom(earlier: Piece, later: Piece): boolean {
  const mayTake = earlier.isBroad
    ? pathsMeet(earlier.path, later.path)
    : isSpelledAlike(earlier.uri, later.uri)
  return mayTake && hostsMeet(earlier.host, later.host) && methodsMeet(earlier.methods, later.methods)
}

/** Two paths there that are one here. */
function isSpelledAlike(one: UriPattern, other: UriPattern): boolean {
  if (one.spelling !== other.spelling || one.uri === other.uri) return false
  return one.inside !== undefined && other.inside !== undefined
}

function hostCovers(outer: string | undefined, inner: string | undefined): boolean {
  if (outer === undefined || outer === inner) return true
  return inner !== undefined && outer.startsWith("*") && inner.endsWith(outer.slice(1))
}

function hostsMeet(one: string | undefined, other: string | undefined): boolean {
  return hostCovers(one, other) || hostCovers(other, one)
}

function methodsMeet(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return true
  const heads = (methods: readonly string[]) => (methods.includes("GET") ? [...methods, "HEAD"] : methods)
  const others = heads(other)
  return heads(one).some((method) => others.includes(method))
}
