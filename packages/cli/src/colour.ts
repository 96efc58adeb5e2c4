/**
 * Whether to colour what goes to stdout: on a terminal, unless `NO_COLOR` is set. `FORCE_COLOR` wins over both, as in
 * Node itself. Colour never says anything that the text does not.
 */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false"
  return isTerminal && (NO_COLOR ?? "") === "" && TERM !== "dumb"
}
