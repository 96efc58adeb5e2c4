import type { Sample } from "../measure/samples.js"
import { shuffled } from "../measure/shuffled.js"
import type { Effort } from "../result.js"
import { ask } from "../servers/answers.js"
import type { Issuer } from "../servers/issuer.js"
import { type Program, type RunningServer, startServer } from "../servers/start-server.js"
import { connections, load } from "./load.js"

/** A server that takes part in a run. */
export interface ServerContestant {
  readonly group: string
  readonly name: string
  readonly program: Program
  readonly issuer: Issuer
  /** How many tokens are sent in turn, or "new" for tokens that are sent once. */
  readonly tokens: number | "new"
}

/** What is measured of every server, round by round. */
export interface LoadSamples {
  readonly requests: Sample[]
  /** Milliseconds. */
  readonly p50: Sample[]
  readonly p99: Sample[]
  /** Nanoseconds of computing for one request, on all threads. */
  readonly cpu: Sample[]
}

/** Shorter loads are not to be had from wrk. */
const seconds = 1
const warmUps = 2

/** Puts servers under load, one after the other, in rounds in which all of them take part in random order. */
export async function loadRounds(
  contestants: readonly ServerContestant[],
  { rounds }: Effort,
  progress: (step: string) => void,
): Promise<LoadSamples> {
  const entries: Entry[] = []
  try {
    for (const contestant of contestants) {
      progress(`starting ${contestant.name}, ${contestant.group}`)
      const server = await startServer(contestant.program, contestant.issuer.settings)
      entries.push({ contestant, server, sent: 1, fastest: 4_000, slices: [] })
    }
    for (const entry of entries) await expectRight(entry)
    for (let round = 0; round < warmUps; round++) {
      progress("warming up")
      for (const entry of entries) await runSlice(entry)
    }
    // A load is longer than a round of what runs in one process.
    const loads = Math.ceil(rounds / 3)
    for (let round = 0; round < loads; round++) {
      progress(`round ${round + 1} of ${loads}`)
      for (const entry of shuffled(entries)) entry.slices.push(await runSlice(entry))
    }
  } finally {
    await Promise.all(entries.map(({ server }) => server.stop()))
  }
  return samplesOf(entries)
}

interface Entry {
  readonly contestant: ServerContestant
  readonly server: RunningServer
  /** How many of the issuer's tokens have been used up; the first one was asked with before the load. */
  sent: number
  /** Requests per second at its best: so many new tokens are signed before the next load. */
  fastest: number
  readonly slices: Slice[]
}

interface Slice {
  readonly count: number
  /** Per second. */
  readonly requests: number
  readonly p50: number
  readonly p99: number
  readonly cpu: number
}

/** A server that does not check is fast. */
async function expectRight({ contestant, server }: Entry): Promise<void> {
  const { issuer, name, program } = contestant
  const [token] = issuer.tokens(1)
  const good = await ask(server.port, token)
  if (good.status !== 200 || good.body !== "alice") throw new Error(`${name} does not let a good token in`)
  if (/\/no-(auth|op)$/.test(program)) return
  const bad = await ask(server.port, issuer.badToken)
  if (bad.status !== 401) throw new Error(`${name} does not refuse a bad token`)
}

/** Loads a server for a moment, with no new token used twice. */
async function runSlice(entry: Entry): Promise<Slice> {
  const { contestant, server } = entry
  if (contestant.tokens !== "new") return askWith(contestant.issuer.tokens(contestant.tokens), server)
  for (let count = Math.ceil(entry.fastest * 1.5 * seconds); ; count *= 2) {
    const slice = await askWith(contestant.issuer.tokens(count, entry.sent), server)
    // Each client had a request under way when the load ended, and wrk makes one to look at.
    entry.sent += slice.count + connections + 1
    entry.fastest = Math.max(entry.fastest, slice.requests)
    // Otherwise it has gone through them, and begun again: a slice that does not count.
    if (slice.count + connections < count) return slice
  }
}

async function askWith(tokens: readonly string[], server: RunningServer): Promise<Slice> {
  const before = await server.cpuTime()
  const { requests: count, seconds: took, p50, p99 } = await load(server.port, tokens, seconds)
  const spent = (await server.cpuTime()) - before
  return { count, requests: count / took, p50, p99, cpu: (spent * 1000) / count }
}

function samplesOf(entries: readonly Entry[]): LoadSamples {
  const sampleOf = (quantity: keyof Slice): Sample[] =>
    entries.map(({ contestant: { group, name }, slices }) => ({
      group,
      name,
      values: slices.map((slice) => slice[quantity]),
    }))
  return { requests: sampleOf("requests"), p50: sampleOf("p50"), p99: sampleOf("p99"), cpu: sampleOf("cpu") }
}
