/** A table whose first column is text and whose others are numbers. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = `| ${header.map((_, column) => (column === 0 ? "---" : "---:")).join(" | ")} |`
  return [line(header), rule, ...rows.map(line)].join("\n")
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
}
