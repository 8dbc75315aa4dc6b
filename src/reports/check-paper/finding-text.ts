/** What was found, as lines of text for a terminal. */
import { countVerdicts } from './check-paper.ts'
import { claimKinds, type Finding, verdicts } from './finding.ts'
import { placeWords } from './paper.ts'

export function findingsText(name: string, findings: readonly Finding[], { all }: { all: boolean }): string {
  const shown = findings.filter(f => all || f.verdict !== 'agrees')
  return [`${name}: ${verdictWords(findings)}`, '', ...shown.flatMap(entry), ''].join('\n')
}

/** "3 disagree, 2 cannot be told, 40 agree". */
export function verdictWords(findings: readonly Finding[]): string {
  const { disagrees, 'cannot-tell': cannotTell, agrees } = countVerdicts(findings)
  if (findings.length === 0) return 'no claim was found that can be computed again'
  return `${disagrees} ${disagrees === 1 ? 'disagrees' : 'disagree'}, ${cannotTell} cannot be told, ${agrees} ${agrees === 1 ? 'agrees' : 'agree'}`
}

const entry = ({ kind, verdict, sentence, claim, computation, place }: Finding): string[] => [
  `${verdicts[verdict].toUpperCase()}  ${claimKinds[kind]}`,
  `  Where        ${placeWords(place)}`,
  `  Sentence     ${sentence}`,
  `  Claim        ${claim}`,
  `  Computation  ${computation}`,
  '',
]
