/** What tiers and cohorts of a pack can get wrong: names that lead nowhere, reviews too far off, parties that no list may reach. */
import type { AreaPack, PackTier, PackTierScheme } from './area-pack.ts'
import { doubledIds } from './doubled-ids.ts'
import { kindsWithoutLists } from './kinds-without-lists.ts'

/** R10: an area may shorten a review, and not lengthen one past this. */
const LONGEST_REVIEW_DAYS = 180

export const cohortContradictions = (pack: AreaPack): string[] => [
  ...doubledIds('tierSchemes', pack.tierSchemes),
  ...pack.tierSchemes.flatMap((scheme, i) => schemeFaults(pack, scheme, `tierSchemes[${i}]`)),
  ...doubledIds('cohorts', pack.cohorts),
  ...pack.cohorts.flatMap((_, i) => cohortFaults(pack, i)),
]

function schemeFaults(pack: AreaPack, { tiers }: PackTierScheme, at: string): string[] {
  return [
    ...doubledIds(`${at}.tiers`, tiers),
    ...tiers.flatMap((tier, i) => [
      ...(tiers.findIndex(other => other.rank === tier.rank) < i
        ? [`${at}.tiers[${i}] (${tier.name}) has the rank ${tier.rank}, which another has.`]
        : []),
      ...agencyFaults(pack, tier.leadAgency, `${at}.tiers[${i}] (${tier.name}) is led by`),
      ...reviewFaults(tier, `${at}.tiers[${i}] (${tier.name})`),
    ]),
  ]
}

const agencyFaults = ({ agencies }: AreaPack, agency: string, sentence: string): string[] =>
  agencies.some(a => a.id === agency) ? [] : [`${sentence} ${agency}, which is not among agencies.`]

/** R5 and R10. */
function reviewFaults({ reviewDays, reviewDaysChild }: PackTier, at: string): string[] {
  if (reviewDays > LONGEST_REVIEW_DAYS) {
    return [
      `${at} is reviewed after ${reviewDays} days; no review may lie further off than ${LONGEST_REVIEW_DAYS}.`,
    ]
  }
  return reviewDaysChild < reviewDays
    ? []
    : [
        `${at} is reviewed after ${reviewDaysChild} days for under-18s, which must be sooner than the ${reviewDays} of adults.`,
      ]
}

function cohortFaults(pack: AreaPack, index: number): string[] {
  const { name, scheme, leadAgency, parties } = pack.cohorts[index]!
  const at = `cohorts[${index}] (${name})`
  const kindOf = (agency: string) => pack.agencies.find(a => a.id === agency)?.kind ?? ''
  return [
    ...(pack.tierSchemes.some(s => s.id === scheme)
      ? []
      : [`${at} follows the scheme ${scheme}, which is not among tierSchemes.`]),
    ...agencyFaults(pack, leadAgency, `${at} is led by`),
    ...(parties.includes(leadAgency)
      ? []
      : [`${at} is led by ${leadAgency}, which is not among its parties.`]),
    ...parties.flatMap((party, i) => [
      ...(parties.indexOf(party) < i ? [`${at} names ${party} twice among its parties.`] : []),
      ...agencyFaults(pack, party, `${at} has among its parties`),
      ...(kindsWithoutLists.includes(kindOf(party))
        ? [
            `${at} has ${party} among its parties; an agency of the kind ${kindOf(party)} is never given a list of people (R14).`,
          ]
        : []),
    ]),
  ]
}
