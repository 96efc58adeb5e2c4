import { type ConfigIssue, error } from "../config/config-error.js"
import type { ImportNote } from "./note.js"

/** What an import has to say, collected while the source is read, so that everything is told at once. */
export class Findings {
  readonly issues: ConfigIssue[] = []
  readonly notes: ImportNote[] = []
  private readonly told = new Set<string>()

  /** Something that makes the source unusable. */
  error(path: string, message: string, fix: string): void {
    this.issues.push(error(path, message, fix))
  }

  /** Something that restricted access, or that nobody knows the meaning of, is not carried over. */
  lost(path: string, there: string, here: string): void {
    this.note({ path, there, here, kind: "lost" })
  }

  /** Something behaves otherwise here. */
  differs(path: string, there: string, here: string): void {
    this.note({ path, there, here, kind: "differs" })
  }

  /** Something is carried over under another name, or changes nothing. */
  info(path: string, there: string, here: string): void {
    this.note({ path, there, here, kind: "info" })
  }

  /** Plugins that several routes share are read once for each, and told of once. */
  private note(note: ImportNote): void {
    const key = JSON.stringify(note)
    if (this.told.has(key)) return
    this.told.add(key)
    this.notes.push(note)
  }
}
