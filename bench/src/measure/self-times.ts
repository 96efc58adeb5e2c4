import { type Profiler, Session } from "node:inspector/promises"

/** A function, and the time in which it was at the top of the stack. */
export interface SelfTime {
  readonly name: string
  /** File and line; nothing for what is not JavaScript. */
  readonly place: string
  readonly ms: number
}

const intervalMicroseconds = 100

/** Time by function, summed over several pieces of work: what lies between them is not in it. */
export class SelfTimes {
  totalMs = 0
  readonly #functions = new Map<string, SelfTime>()

  async add(work: () => Promise<void>): Promise<void> {
    const session = new Session()
    session.connect()
    await session.post("Profiler.enable")
    await session.post("Profiler.setSamplingInterval", { interval: intervalMicroseconds })
    await session.post("Profiler.start")
    await work()
    const { profile } = await session.post("Profiler.stop")
    session.disconnect()
    this.#count(profile)
  }

  /** The functions that took the most time. */
  longest(count: number): SelfTime[] {
    return [...this.#functions.values()].sort((a, b) => b.ms - a.ms).slice(0, count)
  }

  #count({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): void {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
    // The first sample reaches back to before the start.
    for (let i = 1; i < samples.length; i++) {
      const frame = frames.get(samples[i] ?? 0)
      if (frame !== undefined) this.#add(frame, (timeDeltas[i] ?? 0) / 1_000)
    }
  }

  #add({ functionName, url, lineNumber }: Profiler.Profile["nodes"][number]["callFrame"], ms: number): void {
    const name = functionName || "(anonymous)"
    // From the package on: the rest is of this machine.
    const file = url.replace(/^.*\/(node_modules|packages)\//, "")
    const place = file && `${file}:${lineNumber + 1}`
    const key = `${name} ${place}`
    this.#functions.set(key, { name, place, ms: (this.#functions.get(key)?.ms ?? 0) + ms })
    this.totalMs += ms
  }
}
