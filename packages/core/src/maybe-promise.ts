/** A value that is there, or will be. Most decisions need no waiting, and must not pay for it. */
export type MaybePromise<T> = T | Promise<T>

export function whenReady<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** The first item that the test accepts. The next test starts only when the one before is through. */
export function firstOf<T>(
  items: readonly T[],
  test: (item: T) => MaybePromise<boolean>,
  from = 0,
): MaybePromise<T | undefined> {
  // A loop, and recursion only across a wait: the list may be long, the stack is not.
  for (let i = from; i < items.length; i++) {
    const item = items[i] as T
    const accepted = test(item)
    if (accepted instanceof Promise) return accepted.then((yes) => (yes ? item : firstOf(items, test, i + 1)))
    if (accepted) return item
  }
  return undefined
}
