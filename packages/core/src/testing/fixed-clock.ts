import { ConfigError } from "../config/config-error.js"
import { checkTime } from "../issue/read-options.js"

/** A clock that stands still until it is told otherwise. */
export interface FixedClock {
  /** Seconds since 1970. */
  (): number
  /** Moves the clock on by these seconds, or back by negative ones. */
  advance(seconds: number): void
}

/**
 * A clock for the option `now` of `createAuthenticator`, `jwtAuth` and {@link createTestConsumer}: one for all of them.
 *
 * @param time seconds since 1970
 * @throws {ConfigError} for what is no time, such as milliseconds
 */
export function fixedClock(time: number): FixedClock {
  let now = checked(time)
  const advance = (seconds: number) => {
    now = checked(now + seconds)
  }
  return Object.assign(() => now, { advance })
}

function checked(time: number): number {
  const issues = checkTime(time)
  if (issues.length > 0) throw new ConfigError(issues, "test clock")
  return time
}
