/** Records that may be of one person, judged blind: field by field in words, and the weight only after the judgement. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { methodState } from '../../../measures/methods/register.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { type Faults, readChoice, readText } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { pagination } from '../../../web/pagination.ts'
import { ById, csrfField, PageNumber, TypedText } from '../../../web/route-schemas.ts'
import { usualName } from '../names.ts'
import { comparisonWords } from './compare-records.ts'
import { countMatches, decideMatch, matchesToJudge, ownMatchDecisions, undoMatch } from './match-store.ts'

const PAIRS = 10
const sameOrNot = { yes: true, no: false } as const
const reason = { label: 'The reason', least: 10, most: 1000, needed: 'Say in a sentence how you know' }

export function matchPages(app: WebServer, { casework, clock, pack }: PageContext): void {
  app.get(
    '/register/matches',
    {
      schema: {
        querystring: Type.Object({ page: Type.Optional(PageNumber) }),
      },
      config: { may: 'match-people', records: 'matches-listed' },
    },
    async (request, reply) => {
      const page = request.query.page ?? 1
      const { pairs, total, decisions } = await casework.as(request, async tx => {
        const found = {
          pairs: await matchesToJudge(tx, { limit: PAIRS, offset: (page - 1) * PAIRS }),
          total: await countMatches(tx),
          decisions: await ownMatchDecisions(tx),
        }
        await tx.record('matches-listed', { detail: { shown: found.pairs.length } })
        return found
      })
      return reply.header('cache-control', 'no-store').page('casework/register/matching/views/matches.njk', {
        title: 'Records that may be of one person',
        method: methodState(pack, 'record-matching', londonDay(clock())),
        csrf: reply.generateCsrf(),
        pairs: pairs.map(pair => ({
          ...pair,
          name: usualName(pair.ownNames),
          otherName: pair.otherOwnNames ? usualName(pair.otherOwnNames) : null,
          words: comparisonWords(pair.levels),
        })),
        decisions: decisions.map(made => ({
          ...made,
          name: usualName(made.names),
          words: made.levels ? comparisonWords(made.levels) : [],
          likelihood: made.weight === null ? null : likelihoodWords(made.weight),
        })),
        pagination: pagination(total, page, request.url, PAIRS),
      })
    },
  )

  app.post(
    '/register/matches/:id',
    {
      schema: {
        params: ById,
        body: Type.Object({ ...csrfField, same: TypedText, because: TypedText }),
      },
      config: { may: 'match-people', records: 'records-joined', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const same = readChoice(request.body, 'same', sameOrNot, 'Say whether they are the same person', faults)
      const because = readText(request.body, 'because', reason, faults)
      if (Object.keys(faults).length > 0) {
        return askAgain(reply, { action: `/register/matches/${id}`, same, because, asks: true }, faults)
      }
      await casework.as(request, tx => decideMatch(tx, id, same === 'yes', because))
      return reply.redirect('/register/matches#decided', 303)
    },
  )

  app.post(
    '/register/matches/:id/undo',
    {
      schema: {
        params: ById,
        body: Type.Object({ ...csrfField, because: TypedText }),
      },
      config: { may: 'match-people', records: 'records-parted', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const because = readText(request.body, 'because', reason, faults)
      if (faults.because) {
        return askAgain(reply, { action: `/register/matches/${id}/undo`, because, asks: false }, faults)
      }
      await casework.as(request, tx => undoMatch(tx, id, because))
      return reply.redirect('/register/matches#decided', 303)
    },
  )
}

const askAgain = (
  reply: FastifyReply,
  asked: { action: string; same?: 'yes' | 'no' | undefined; because: string; asks: boolean },
  faults: Faults,
) =>
  reply
    .code(422)
    .header('cache-control', 'no-store')
    .page('casework/register/matching/views/judge.njk', {
      title: asked.asks ? 'Are they the same person?' : 'Take the join back',
      back: { text: 'Records that may be of one person', href: '/register/matches' },
      csrf: reply.generateCsrf(),
      ...errorsOf(faults),
      ...asked,
    })

/** A weight in bits as odds, for after the judgement. */
function likelihoodWords(weight: number): string {
  if (weight >= 20) return 'far more likely than not to be the same, by the figures'
  const odds = 2 ** Math.abs(weight)
  const rounded = odds >= 100 ? Math.round(odds / 100) * 100 : Math.round(odds)
  return `about ${rounded.toLocaleString('en-GB')} to 1 ${weight >= 0 ? 'for' : 'against'} the same, by the figures`
}
