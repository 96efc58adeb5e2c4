import type { Measurement, Ratio } from "../result.js"

/** The median ratio of one contestant to another in a group. */
export function findRatio(measurement: Measurement, group: string, name: string, to: string): number {
  const found = measurement.ratios.find(
    (ratio) => ratio.group === group && ratio.name === name && ratio.to === to,
  )
  if (found === undefined) throw new Error(`not measured: ${name} to ${to} in ${group}`)
  return found.median
}

/** Every ratio of one contestant to the others in a group. */
export function ratiosIn(measurement: Measurement, group: string, name: string): Ratio[] {
  return measurement.ratios.filter((ratio) => ratio.group === group && ratio.name === name)
}
