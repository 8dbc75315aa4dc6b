import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPaper } from './check-paper.ts'
import { heldBackPapers } from './held-back-papers.ts'
import { readPaper } from './read-paper.ts'

const SEEDS = 25
const plain = (text: string) => text.replaceAll(/[\s|]+/g, ' ').trim()

test('of errors planted in papers of other styles most are found, with at most one false alarm for three', async t => {
  const kinds = new Map<string, { planted: number; found: number }>()
  let claims = 0
  let alarms = 0
  const examples: string[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    for (const paper of heldBackPapers(seed)) {
      claims += paper.claims
      const findings = checkPaper(await readPaper(Buffer.from(paper.text), paper.name)).filter(
        f => f.verdict === 'disagrees',
      )
      const isWithin = (sentence: string, text: string) => plain(text).includes(plain(sentence))
      for (const { kind, text } of paper.planted) {
        const tally = kinds.get(kind) ?? { planted: 0, found: 0 }
        tally.planted++
        if (findings.some(f => isWithin(f.sentence, text))) tally.found++
        else if (examples.length < 12) examples.push(`missed (${kind}): ${text.slice(0, 200)}`)
        kinds.set(kind, tally)
      }
      for (const finding of findings) {
        if (paper.planted.some(p => isWithin(finding.sentence, p.text))) continue
        alarms++
        if (examples.length < 12)
          examples.push(
            `false alarm (${finding.kind}): ${finding.claim}; ${finding.computation}; ${finding.sentence.slice(0, 200)}`,
          )
      }
    }
  }
  const planted = [...kinds.values()].reduce((sum, k) => sum + k.planted, 0)
  const found = [...kinds.values()].reduce((sum, k) => sum + k.found, 0)
  t.diagnostic(
    `${claims} claims, ${planted} planted wrong, ${found} found (${Math.round((100 * found) / planted)}%), ${alarms} false alarms`,
  )
  for (const [kind, tally] of kinds) t.diagnostic(`${kind}: ${tally.found} of ${tally.planted}`)
  for (const example of examples) t.diagnostic(example)
  assert.ok(alarms * 3 <= found, `${alarms} false alarms for ${found} found`)
  assert.ok(found * 3 >= planted * 2, `${found} of ${planted} were found`)
})
