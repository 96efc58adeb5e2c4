import type { Finding } from "../finding.js"

/**
 * Worked out once for each subject of an explanation, however many consumers ask: 10,000 may fail on one token. By the list
 * of everyone, which each explanation makes anew.
 */
export function oncePerExplanation<Subject, T>(make: (finding: Finding, subject: Subject) => T) {
  const made = new WeakMap<Finding["everyone"], Map<Subject, { readonly value: T }>>()
  return (finding: Finding, subject: Subject): T => {
    const ofExplanation = made.get(finding.everyone) ?? new Map<Subject, { readonly value: T }>()
    made.set(finding.everyone, ofExplanation)
    const known = ofExplanation.get(subject) ?? { value: make(finding, subject) }
    ofExplanation.set(subject, known)
    return known.value
  }
}
