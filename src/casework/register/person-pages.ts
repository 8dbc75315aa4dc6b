/**
 * The page about a person: what keeps them safe before what they did, each agency's record its own, the end of keeping
 * always in sight. Opening it is recorded with who, for what, and whom.
 */
import { Type } from 'typebox'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { sharingOfPerson } from '../../governance/disclosure/sharing-of-person.ts'
import { shownSharingOfPerson } from '../../governance/disclosure/shown-sharing.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ByPerson } from '../../web/route-schemas.ts'
import { cohortsOfPerson } from '../cohorts/cohorts-of-person.ts'
import { arrangementsOf } from '../custody/arrangement-store.ts'
import { knownCustody, knowsInside } from '../custody/custody-store.ts'
import { shownKnownCustody } from '../custody/known-custody.ts'
import { linksOf } from '../groups/link-store.ts'
import { shownLink } from '../groups/shown-link.ts'
import { listPlans } from '../plans/plan-store.ts'
import { genders } from '../self-description.ts'
import { actionsOf } from '../tasking/actions/action-store.ts'
import { shownLine } from '../tasking/actions/log-pages.ts'
import { birthWords, mayBeChild } from './birth-date.ts'
import { entriesOf } from './entry-store.ts'
import { otherNames, usualName } from './names.ts'
import { recordsOf } from './record-store.ts'
import { type AgencyRecord, type EntryKind, entryKinds, safetyKinds } from './register.ts'
import { shownEntry } from './shown-entry.ts'

/** What fits on the page; the action log has them all. */
const ACTIONS = 5

export function personPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/register/:person',
    {
      schema: {
        params: ByPerson,
        querystring: Type.Object({
          kind: Type.Optional(Type.String({ maxLength: 20 })),
          compact: Type.Optional(Type.String({ maxLength: 5 })),
        }),
      },
      config: { may: 'see-people', records: 'person-opened' },
    },
    async (request, reply) => {
      const { person } = request.params
      const today = londonDay(clock())
      const kind = Object.hasOwn(entryKinds, request.query.kind ?? '')
        ? (request.query.kind as EntryKind)
        : undefined
      const seen = await casework.as(request, async tx => {
        const records = await recordsOf(tx, person)
        const [first] = records
        if (!first) return null
        const entries = await entriesOf(tx, person)
        await tx.record('person-opened', { person, kind: 'person', id: person })
        const looked = await tx.query<{ name: string; post: string; times: number; last: Date }>(
          'select * from own_agency_looked($1)',
          [person],
        )
        return {
          records,
          sharing: await sharingOfPerson(tx, person),
          plans: (
            await listPlans(tx, { show: 'open', kind: null, about: person }, { limit: ACTIONS, offset: 0 })
          ).lines,
          actions: await actionsOf(tx, { about: person, states: ['open'] }, { limit: ACTIONS, offset: 0 }),
          cohorts: await cohortsOfPerson(tx, person),
          custody: await knownCustody(tx, person),
          keepsCustody: await knowsInside(tx),
          arrangements: await arrangementsOf(tx, person),
          links: worksOnGroups(tx.member) ? await linksOf(tx, { person }) : null,
          first,
          entries,
          looked,
          own: records.find(r => r.agency === tx.member.agency) ?? null,
        }
      })
      if (!seen) {
        await casework.refused(request, 'person-opened', { kind: 'person', id: person })
        throw new NotThere()
      }
      const { first, entries, own } = seen
      const shown = entries.map(entry => shownEntry(entry))
      return reply.header('cache-control', 'no-store').page('casework/register/views/person.njk', {
        title: usualName(first.names),
        back: { text: 'People', href: '/register' },
        person,
        sharing: seen.sharing && shownSharingOfPerson(seen.sharing, today),
        plans: seen.plans,
        actions: {
          total: seen.actions.total,
          lines: seen.actions.lines.map(line => shownLine(line, today, request.viewer.member?.user ?? '')),
        },
        child: mayBeChild(first.birth, today),
        bar: identityBar(first, today),
        own,
        records: seen.records.map(record => ({ ...record, name: usualName(record.names) })),
        safety: shown.filter(e => safetyKinds.includes(e.kind)),
        inEvents: shown.filter(e => e.roleInEvent !== null),
        timeline: kind ? shown.filter(e => e.kind === kind) : shown,
        total: shown.length,
        kind: kind ?? '',
        kinds: Object.entries(entryKinds).map(([value, { title }]) => ({ value, text: title })),
        compact: request.query.compact === 'yes',
        cohorts: seen.cohorts,
        custody: shownKnownCustody(seen.custody, today),
        mayEnterCustody: seen.keepsCustody && seen.custody.every(k => k.state !== 'in'),
        arrangements: seen.arrangements,
        links: seen.links?.map(shownLink) ?? null,
        looked: seen.looked,
        brokeGlass: own === null,
      })
    },
  )
}

const identityBar = (record: AgencyRecord, today: string) => ({
  name: usualName(record.names),
  others: otherNames(record.names),
  born: birthWords(record.birth, today),
  gender: genders[record.gender as keyof typeof genders] ?? record.gender,
  reference: record.reference,
  school: record.school,
  address: [record.address, record.postcode].filter(Boolean).join(', '),
  phone: record.phone,
  sensitive: record.sensitive,
  reviewOn: record.reviewOn,
  deleteOn: record.deleteOn,
  suspendedOn: record.suspendedOn,
  owner: `${record.ownerName}, ${record.ownerPost}`,
  legalBasis: record.legalBasis,
})
