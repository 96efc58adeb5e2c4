/** What stands behind an object that a server hands over as a `Request`. */
export interface Facade {
  /** The `Request` that the object has made of itself, once somebody asked for its body, a clone or the like. */
  readonly behind?: Request
  /** Gives the object, and what is behind it, another URL. */
  readonly moveTo?: (url: string) => void
}

/**
 * `@hono/node-server` hands over an object that looks like a `Request` and makes a real one when it has to. Both that and the
 * URL are under symbols of its own, known by their values. To replace the object instead would take the body from those who
 * read it from Node's request, and a stale copy behind it would be what `clone()` copies.
 */
export function partsOf(request: Request): Facade {
  if (Object.getPrototypeOf(request) === Request.prototype) return {}
  const symbols = Object.getOwnPropertySymbols(request)
  const own = request as unknown as Record<symbol, unknown>
  const requestKey = symbols.find((key) => own[key] instanceof Request)
  const urlKey = symbols.find((key) => own[key] === request.url)
  const behind = requestKey === undefined ? undefined : (own[requestKey] as Request)
  if (urlKey === undefined) return behind === undefined ? {} : { behind }
  const moveTo = (url: string): void => {
    own[urlKey] = url
    if (requestKey !== undefined) own[requestKey] = new Request(url, behind)
  }
  return behind === undefined ? { moveTo } : { behind, moveTo }
}

/** Node's request, where a server shows it as a `Request`. */
export interface Beneath {
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[]
}

/**
 * True while such an object has nothing of its own but the method and the URL: whoever asks it for the headers gets those that
 * Node's request has by then.
 */
export function isUnread(request: Request, beneath: Beneath): boolean {
  if (Object.getPrototypeOf(request) === Request.prototype) return false
  const own = request as unknown as Record<string | symbol, unknown>
  let isShown = false
  for (const key of Reflect.ownKeys(request)) {
    if (own[key] === beneath) isShown = true
    else if (typeof own[key] !== "string") return false
  }
  return isShown
}

/** What `Headers` would say of these lines, where that is plain: to make them costs more than all the rest. */
export function headersIn({ rawHeaders }: Beneath): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase()
    // One that came before, one that every object inherits, or HTTP/2's own.
    if (name in headers || name.startsWith(":")) return undefined
    headers[name] = rawHeaders[i + 1] as string
  }
  return headers
}
