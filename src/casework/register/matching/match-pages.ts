/** Records that may be of one person, judged blind: field by field in words, and the weight only after the judgement. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { methodState } from '../../../measures/methods/register.ts'
import { londonDay } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { pagination } from '../../../web/pagination.ts'
import { ById, csrfField, TypedText } from '../../../web/route-schemas.ts'
import { usualName } from '../names.ts'
import { comparisonWords } from './compare-records.ts'
import { countMatches, decideMatch, matchesToJudge, ownMatchDecisions, undoMatch } from './match-store.ts'

const PAIRS = 10
const LEAST_REASON = 10
const MOST_REASON = 1000

export function matchPages(app: WebServer, { casework, clock, pack }: PageContext): void {
  app.get(
    '/register/matches',
    {
      schema: {
        querystring: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
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
      const { same, because } = request.body
      const problem = problemOf(same, because)
      if (problem)
        return askAgain(reply, { problem, action: `/register/matches/${id}`, same, because, asks: true })
      await casework.as(request, tx => decideMatch(tx, id, same === 'yes', because!.trim()))
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
      const { because } = request.body
      const problem = problemOf('yes', because)
      if (problem)
        return askAgain(reply, { problem, action: `/register/matches/${id}/undo`, because, asks: false })
      await casework.as(request, tx => undoMatch(tx, id, because!.trim()))
      return reply.redirect('/register/matches#decided', 303)
    },
  )
}

function problemOf(
  same: string | undefined,
  because: string | undefined,
): { field: string; sentence: string } | null {
  if (same !== 'yes' && same !== 'no')
    return { field: 'same', sentence: 'Say whether they are the same person' }
  const reason = (because ?? '').trim()
  if (reason.length < LEAST_REASON) return { field: 'because', sentence: 'Say in a sentence how you know' }
  if (reason.length > MOST_REASON) {
    return { field: 'because', sentence: `The reason must be ${MOST_REASON} characters or fewer` }
  }
  return null
}

const askAgain = (
  reply: FastifyReply,
  asked: { problem: { field: string; sentence: string }; [name: string]: unknown },
) =>
  reply
    .code(422)
    .header('cache-control', 'no-store')
    .page('casework/register/matching/views/judge.njk', {
      title: asked.asks ? 'Are they the same person?' : 'Take the join back',
      back: { text: 'Records that may be of one person', href: '/register/matches' },
      csrf: reply.generateCsrf(),
      problems: [asked.problem],
      errors: true,
      ...asked,
    })

/** A weight in bits as odds, for after the judgement. */
function likelihoodWords(weight: number): string {
  if (weight >= 20) return 'far more likely than not to be the same, by the figures'
  const odds = 2 ** Math.abs(weight)
  const rounded = odds >= 100 ? Math.round(odds / 100) * 100 : Math.round(odds)
  return `about ${rounded.toLocaleString('en-GB')} to 1 ${weight >= 0 ? 'for' : 'against'} the same, by the figures`
}
