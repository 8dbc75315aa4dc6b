/** An access pack in words, and where it is found: for its list and for the page of each entry. */
import { NotThere } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { itemText, type PackDecision, type PackItem } from './access-pack.ts'
import { markOthers, type TextPart } from './names-in-text.ts'
import { type Pack, readPack } from './pack-store.ts'
import { type RightsCase, readCase } from './rights-store.ts'

export const decisions: Record<PackDecision, { title: string; hint: string; tag: string }> = {
  keep: { title: 'Give it', hint: 'Nothing in it belongs to somebody else', tag: 'Given' },
  redact: {
    title: 'Give it with parts taken out',
    hint: 'What names or means others is taken out',
    tag: 'Parts taken out',
  },
  withhold: {
    title: 'Withhold it',
    hint: 'An exemption applies; the person is told that something was withheld, not what',
    tag: 'Withheld',
  },
}

export const isDecision = (text: string): text is PackDecision => Object.hasOwn(decisions, text)

export const caseTrail = (reference: string) => [
  { text: 'Rights', href: '/governance/rights' },
  { text: reference, href: `/governance/rights/${reference}` },
]

/** Throws NotThere where the case has no pack, as where there is no such case. */
export async function packOf(
  tx: MemberTransaction,
  reference: string,
): Promise<{ rightsCase: RightsCase; pack: Pack }> {
  const rightsCase = await readCase(tx, reference)
  const pack = await readPack(tx, rightsCase.id)
  if (!pack) throw new NotThere()
  return { rightsCase, pack }
}

/** The text of an item with the places that may be others: neither the person’s own names nor those of agencies. */
export const markedText = (item: PackItem, pack: Pack, { given, family }: RightsCase): TextPart[] =>
  markOthers(
    itemText(item) ?? '',
    [
      given,
      family,
      ...pack.items.flatMap(i => (i.names ?? []).map(n => `${n.given ?? ''} ${n.family ?? ''}`)),
    ],
    pack.items.flatMap(i => [i.agency, i.to ?? '']),
  )
