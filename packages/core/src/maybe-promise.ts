/** A value that is there, or will be. Most decisions need no waiting, and must not pay for it. */
export type MaybePromise<T> = T | Promise<T>

/**
 * By its method: an app may have put another Promise in place of the runtime's, and what an async function gives is then no
 * instance of it. A promise that is not seen as one would be a yes.
 */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  )
}

export function whenReady<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return isPromise(value) ? value.then(next) : next(value)
}
