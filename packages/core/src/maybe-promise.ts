/** A value that is there, or will be. Most decisions need no waiting, and must not pay for it. */
export type MaybePromise<T> = T | Promise<T>

export function whenReady<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
