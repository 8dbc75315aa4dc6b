/**
 * The page of a placement: what keeps them safe and what goes well before why they are here; a child's page looks like a
 * child's (R1, R5). And the notice that they are given, to print (R21).
 */
import { randomUUID } from 'node:crypto'
import { stateWords as caseWords } from '../../governance/rights/rights-case.ts'
import { outcomeWords } from '../../governance/rights/rights-kinds.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { arrangementsOf } from '../custody/arrangement-store.ts'
import { knownCustody } from '../custody/custody-store.ts'
import { shownKnownCustody } from '../custody/known-custody.ts'
import { birthWords } from '../register/birth-date.ts'
import { eventRoles, natures } from '../register/register.ts'
import { challengesOf } from './challenge-store.ts'
import { contactsOf, contactWays, keptOf } from './contact-store.ts'
import { daysLeftWords } from './due.ts'
import { statementsOf } from './evidence-store.ts'
import { panelParts } from './panel-store.ts'
import { isPlaced, stateWords } from './placement.ts'
import { latestReview, readPlacement, strengthsOf, tierRules } from './placement-store.ts'
import { sharesOf } from './share-store.ts'
import { buttonsOf, groundsOf, historyOf, seatsOf, waitsWords } from './shown-placement.ts'
import { PlacementAddress } from './step-pages.ts'

export function placementPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/cohorts/placements/:reference',
    { schema: { params: PlacementAddress }, config: { may: 'work-in-cohorts', records: 'placement-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const today = londonDay(clock())
      const seen = await casework.as(
        request,
        async tx => {
          const placement = await readPlacement(tx, reference)
          const { id, weighed } = placement
          const [mine] = await tx.query<{ holds: boolean }>('select viewer_holds($1) as holds', [
            placement.person,
          ])
          const users = [...new Set((placement.stands.decision?.detail.panel ?? []).map(s => s.user))]
          const read = {
            placement,
            strengths: await strengthsOf(tx, id),
            statements: weighed ? await statementsOf(tx, id) : [],
            contacts: weighed ? await contactsOf(tx, id) : [],
            challenges: weighed ? await challengesOf(tx, id) : [],
            shares: weighed ? await sharesOf(tx, id) : [],
            holds: mine!.holds,
            custody: await knownCustody(tx, placement.person),
            arrangements: await arrangementsOf(tx, placement.person),
            names: await tx.query<{ id: string; name: string; agency: string }>(
              `select u.id, u.name, a.name as agency from users u join agencies a on a.id = u.agency where u.id = any($1)`,
              [users],
            ),
          }
          await tx.record('placement-opened', { person: placement.person, kind: 'placement', id: reference })
          return read
        },
        { caseReference: reference },
      )
      const { placement, contacts, names } = seen
      const tier = placement.tier === null ? undefined : tierRules(placement.cohort)(placement.tier)
      const nameOf = (user: string) => {
        const found = names.find(n => n.id === user)
        return found ? `${found.name}, ${found.agency}` : 'Somebody who has left'
      }
      const placed = isPlaced(placement.state)
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/placement.njk', {
        title: `${placement.called}: ${placement.cohort.name}`,
        ...seen,
        custody: shownKnownCustody(seen.custody, today),
        born: birthWords(placement.birth, today),
        tier,
        wanted: placement.stands.proposal && tierRules(placement.cohort)(placement.stands.proposal.tier),
        stateWords: stateWords[placement.state],
        waits: waitsWords(placement),
        part: placement.mover.part && panelParts[placement.mover.part].title,
        placed,
        left: daysLeftWords(placement.reviewOn, today),
        noticeLeft: placement.noticeOn && daysLeftWords(placement.noticeOn, today),
        kept: tier && placed ? keptOf(placement, tier, contacts) : null,
        contacts: contacts.map(c => ({ ...c, howWords: contactWays[c.how] })),
        grounds: groundsOf(placement),
        statements: seen.statements.map(s => ({
          ...s,
          natureWords: natures[s.nature].title,
          roleWords: s.roleInEvent && eventRoles[s.roleInEvent],
        })),
        seats: seatsOf(placement, nameOf),
        challenges: seen.challenges.map(c => ({
          ...c,
          stateWords: caseWords[c.state],
          outcomeWords: c.outcome && outcomeWords('challenge', c.outcome),
        })),
        history: historyOf(placement),
        buttons: buttonsOf(placement),
        mayShare:
          placement.weighed &&
          placed &&
          (placement.mover.owns || ['chair', 'member'].includes(placement.mover.part ?? '')),
        ways: contactWays,
        onDay: dateItems('onDay', null),
        key: randomUUID(),
        typed: {},
        fault: {},
        csrf: reply.generateCsrf(),
        back: { text: 'Due in your cohorts', href: '/cohorts/due' },
      })
    },
  )

  app.get(
    '/cohorts/placements/:reference/notice',
    { schema: { params: PlacementAddress }, config: { may: 'work-in-cohorts', records: 'placement-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const placement = await casework.as(
        request,
        async tx => {
          const found = await readPlacement(tx, reference)
          if (!found.weighed || !isPlaced(found.state)) throw new NotThere()
          await tx.record('placement-opened', { person: found.person, kind: 'placement', id: reference })
          return found
        },
        { caseReference: reference },
      )
      const tier = tierRules(placement.cohort)(placement.tier ?? '')
      return reply.header('cache-control', 'no-store').page('casework/cohorts/views/notice.njk', {
        title: 'A notice to you',
        placement,
        tier,
        latest: latestReview(placement, placement.tier, clock()),
        back: { text: reference, href: `/cohorts/placements/${reference}` },
      })
    },
  )
}
