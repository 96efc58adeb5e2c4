/** What keeps a command from doing its work, in words for the person who typed it. Never holds a token or a key. */
export class UsageError extends Error {
  override readonly name = "UsageError"
  readonly fix: string | undefined

  constructor(message: string, fix?: string) {
    super(message)
    this.fix = fix
  }
}
