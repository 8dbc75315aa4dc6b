/** Steps of a spell: a transfer, another day of release, the release, a review, handing it over, taking it back. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { colleagues } from '../tasking/actions/action-store.ts'
import { insist } from './custody.ts'
import { isStep, readStep, steps } from './custody-form.ts'
import { CustodyAddress } from './custody-pages.ts'
import { moveCustody, readSpell, type Spell } from './custody-store.ts'
import { plansToTurn, type TurnedPlan } from './release-turns.ts'

const StepAddress = Type.Object({ ...CustodyAddress.properties, step: Type.String({ maxLength: 20 }) })

export function custodyStepPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/custody/:reference/:step',
    { schema: { params: StepAddress }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => stepPage(request, reply, {}, {}),
  )

  app.post(
    '/custody/:reference/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'keep-custody', records: 'custody-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const form = readStep(step, typed, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return stepPage(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          const turned = await casework.as(
            request,
            async tx => {
              if (step !== 'hand-over')
                return moveCustody(tx, reference, step, { ...form, ...formMarks(typed) })
              const to = (await colleagues(tx)).find(c => c.id === typedText(typed, 'to'))
              if (!to) return 'nobody'
              return moveCustody(tx, reference, step, { ...form, ...formMarks(typed), toUser: to.id })
            },
            { caseReference: reference },
          )
          if (turned === 'nobody') {
            return stepPage(request, reply.code(400), typed, { to: 'Choose who looks after it from now on.' })
          }
          return turned.length > 0
            ? turnedPage(reply, reference, turned)
            : reply.redirect(`/custody/${reference}`, 303)
        },
        sentence => stepPage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  /** Which plans have it as a turning point now, and which do not, because somebody on them may not know of custody. */
  const turnedPage = (reply: FastifyReply, reference: string, turned: TurnedPlan[]) =>
    reply.header('cache-control', 'no-store').page('casework/custody/views/turned.njk', {
      title: 'They were released',
      reference,
      turned,
      back: { text: reference, href: `/custody/${reference}` },
    })

  async function stepPage(
    request: FastifyRequest<{ Params: { reference: string; step: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference, step } = request.params
    if (!isStep(step)) throw new NotThere()
    const { spell, people, plans } = await casework.as(request, async tx => {
      const found = await readSpell(tx, reference)
      // Where it was moved meanwhile, the page that is sent back keeps what was typed.
      if (Object.keys(faults).length === 0) insist(step, found.state, found.mover)
      return {
        spell: found,
        people: step === 'hand-over' ? await colleagues(tx) : [],
        plans: step === 'release' ? await plansToTurn(tx, found) : [],
      }
    })
    const today = londonDay(clock())
    const { title, button, text, asks } = steps[step]
    return reply.header('cache-control', 'no-store').page('casework/custody/views/step.njk', {
      title,
      button,
      text,
      asks,
      step,
      spell,
      plans,
      people: [
        { value: '', text: 'Choose a colleague' },
        ...people
          .filter(c => c.id !== spell.owner.id)
          .map(c => ({ value: c.id, text: `${c.name}, ${c.post}`, selected: c.id === typed.to })),
      ],
      typed: asks === 'where' && typed.key === undefined ? standing(spell) : typed,
      dayItems: dateItems(
        'onDay',
        asks === 'release-day' && typed.key === undefined ? spell.releaseOn : typed,
      ),
      latest: retentionDates('custody', today, spell).reviewOn,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      seen: typedText(typed, 'seen') || spell.made.at(-1)!.seq,
      back: { text: reference, href: `/custody/${reference}` },
    })
  }
}

const standing = ({ establishment, wing }: Spell): Typed => ({ establishment, wing })
