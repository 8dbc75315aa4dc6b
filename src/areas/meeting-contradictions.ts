/** What the meetings of a pack of the right shape can still get wrong: names that lead nowhere, a quorum that nobody can meet. */
import type { AreaPack } from './area-pack.ts'
import { doubledIds } from './doubled-ids.ts'
import { itemKinds } from './meeting-type.ts'

export function meetingContradictions({ meetingTypes, agencies, localAuthorities }: AreaPack): string[] {
  const isAgency = (id: string) => agencies.some(a => a.id === id)
  const doubled = doubledIds('meetingTypes', meetingTypes)
  const faults = meetingTypes.flatMap((type, i) => {
    const at = `meetingTypes[${i}] (${type.name})`
    const aboutPeople = type.sees.filter(kind => itemKinds[kind].aboutPeople)
    return [
      ...type.members.flatMap(id =>
        isAgency(id) ? [] : [`${at} has the member ${id}, which is no agency.`],
      ),
      ...(type.members.includes(type.chair)
        ? []
        : [`${at} is chaired by ${type.chair}, which is no member.`]),
      ...(type.quorum.of ?? []).flatMap(id =>
        type.members.includes(id) ? [] : [`${at} counts ${id} to its quorum, which is no member.`],
      ),
      ...(type.quorum.agencies > (type.quorum.of ?? type.members).length
        ? [`${at} needs ${type.quorum.agencies} agencies for its quorum, and has not so many.`]
        : []),
      ...type.agenda.flatMap(({ section, items }) =>
        type.sees.includes(items)
          ? []
          : [`${at} has ${items} on its agenda (${section}) and does not see it.`],
      ),
      ...(aboutPeople.length > 0 && type.purpose === undefined
        ? [`${at} sees people (${aboutPeople.join(', ')}) and has no purpose.`]
        : []),
      ...(aboutPeople.length === 0 && type.purpose !== undefined
        ? [`${at} has a purpose and sees nobody: leave the purpose out.`]
        : []),
      ...(type.localAuthorities ?? []).flatMap(code =>
        localAuthorities.some(a => a.code === code)
          ? []
          : [`${at} is about ${code}, which is not among localAuthorities.`],
      ),
      ...(type.escalatesTo === undefined ||
      meetingTypes.some(t => t.id === type.escalatesTo && t.id !== type.id)
        ? []
        : [`${at} escalates to ${type.escalatesTo}, which is no other meeting of the pack.`]),
    ]
  })
  return [...doubled, ...faults]
}
