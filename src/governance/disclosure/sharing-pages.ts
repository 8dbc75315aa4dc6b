/** What is asked, received, given and told: for one's agency, about one person, and one disclosure. */
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ButtonForm, ById, ByPerson } from '../../web/route-schemas.ts'
import { may } from '../permissions.ts'
import { listBrokenGlass } from './break-glass-store.ts'
import { findDisclosure, listDisclosures, withdraw } from './disclosure-store.ts'
import { listRequests } from './request-store.ts'
import { sharingOfPerson } from './sharing-of-person.ts'
import { shownDisclosure, shownRequest, shownSharingOfPerson } from './shown-sharing.ts'

const MOST = 100

export const breadcrumbs = [{ text: 'Sharing', href: '/sharing' }]

export function sharingPages(app: WebServer, context: PageContext): void {
  const { casework } = context
  const today = () => londonDay(context.clock())

  app.get(
    '/sharing',
    { config: { may: 'see-people', records: 'sharing-listed' } },
    async (request, reply) => {
      const seen = await casework.as(request, async tx => {
        const lists = {
          agency: tx.member.agency,
          requests: await listRequests(tx, MOST),
          disclosures: await listDisclosures(tx, MOST),
          brokenGlass: await listBrokenGlass(tx, MOST),
        }
        await tx.record('sharing-listed')
        return lists
      })
      const requests = seen.requests.map(shownRequest)
      const disclosures = seen.disclosures.map(d => shownDisclosure(d, today()))
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/sharing.njk', {
        title: 'Sharing',
        inbox: requests.filter(q => q.to === seen.agency && q.answer === null),
        asked: requests.filter(q => q.from === seen.agency),
        answered: requests.filter(q => q.to === seen.agency && q.answer !== null),
        received: disclosures.filter(d => d.to === seen.agency),
        given: disclosures.filter(d => d.from === seen.agency),
        brokenGlass: seen.brokenGlass,
        most: MOST,
      })
    },
  )

  app.get(
    '/sharing/people/:person',
    { schema: { params: ByPerson }, config: { may: 'see-people', records: 'sharing-of-person-opened' } },
    async (request, reply) => {
      const { person } = request.params
      const sharing = await casework.as(request, async tx => {
        const found = await sharingOfPerson(tx, person)
        if (found) await tx.record('sharing-of-person-opened', { person, kind: 'person', id: person })
        return found
      })
      if (!sharing) {
        await casework.refused(request, 'sharing-of-person-opened', { kind: 'person', id: person })
        throw new NotThere()
      }
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/person.njk', {
        title: 'What is shared about a person',
        breadcrumbs,
        sharing: shownSharingOfPerson(sharing, today()),
        mayShare: may(request.viewer.role, 'share-information'),
      })
    },
  )

  app.get(
    '/sharing/disclosures/:id',
    { schema: { params: ById }, config: { may: 'see-people', records: 'disclosure-opened' } },
    async (request, reply) => {
      const { id } = request.params
      const seen = await casework.as(request, async tx => {
        const disclosure = await findDisclosure(tx, id)
        if (disclosure) {
          await tx.record('disclosure-opened', { person: disclosure.person, kind: 'disclosure', id })
        }
        return disclosure && { disclosure, own: disclosure.from === tx.member.agency }
      })
      if (!seen) {
        await casework.refused(request, 'disclosure-opened', { kind: 'disclosure', id })
        throw new NotThere()
      }
      const disclosure = shownDisclosure(seen.disclosure, today())
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/disclosure.njk', {
        title: `Disclosure ${disclosure.reference}`,
        breadcrumbs,
        disclosure,
        own: seen.own,
        mayWithdraw:
          seen.own && disclosure.withdrawnAt === null && may(request.viewer.role, 'share-information'),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sharing/disclosures/:id/withdraw',
    {
      schema: { params: ById, body: ButtonForm },
      config: { may: 'share-information', records: 'disclosure-withdrawn', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const done = await casework.as(request, async tx => {
        const disclosure = await findDisclosure(tx, id)
        if (disclosure) await withdraw(tx, disclosure)
        return disclosure !== null
      })
      if (!done) {
        await casework.refused(request, 'disclosure-withdrawn', { kind: 'disclosure', id })
        throw new NotThere()
      }
      return reply.redirect(`/sharing/disclosures/${id}`, 303)
    },
  )
}
