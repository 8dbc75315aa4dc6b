/** Breaches in the hands of information governance: their clock, the next steps, and who was told what (R23). */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, Seen, TypedText, Uuid } from '../../web/route-schemas.ts'
import {
  type BreachAction,
  type BreachMove,
  breachClock,
  insist,
  isMove,
  isRisk,
  moves,
  possibleMoves,
  risks,
  stateWords,
} from './breach.ts'
import { type Breach, listBreaches, moveBreach, readBreach } from './breach-store.ts'
import { breachText } from './report-pages.ts'

const BreachAddress = Type.Object({ reference: Type.String({ pattern: '^B-\\d{4}-\\d{4,}$' }) })

export function breachPages(app: WebServer, { casework, clock }: PageContext): void {
  const breadcrumbs = [{ text: 'Breaches', href: '/governance/breaches' }]
  const shown = (breach: Breach) => ({
    ...breach,
    state: stateWords[breach.stands.state],
    clock: breachClock(breach.awareAt, breach.stands, clock()),
    riskTitle: breach.stands.risk ? risks[breach.stands.risk].title : null,
  })

  app.get(
    '/governance/breaches',
    { config: { may: 'raise-breach', records: 'breaches-listed' } },
    async (request, reply) => {
      const breaches = await casework.as(request, async tx => {
        await tx.record('breaches-listed')
        return listBreaches(tx)
      })
      return reply.header('cache-control', 'no-store').page('governance/breaches/views/breaches.njk', {
        title: 'Breaches',
        breaches: breaches.map(shown),
        officer: request.viewer.role === 'information-governance-officer',
      })
    },
  )

  app.get(
    '/governance/breaches/:reference',
    { schema: { params: BreachAddress }, config: { may: 'raise-breach', records: 'breach-read' } },
    async (request, reply) => {
      const { reference } = request.params
      const breach = await casework.as(request, async tx => {
        const found = await readBreach(tx, reference)
        await tx.record('breach-read', { kind: 'breach', id: reference })
        return found
      })
      return reply.header('cache-control', 'no-store').page('governance/breaches/views/breach.njk', {
        title: reference,
        breadcrumbs,
        breach: shown(breach),
        history: breach.actions.map(action => ({ ...action, words: actionWords(action) })),
        moves: breach.officer
          ? possibleMoves(breach.stands).map(id => ({ id, button: moves[id].button, main: id === 'assess' }))
          : [],
        mayAdd: !breach.officer && breach.stands.state !== 'closed',
      })
    },
  )

  const StepAddress = Type.Object({ ...BreachAddress.properties, move: Type.String({ maxLength: 40 }) })

  /** Throws NotThere where the step is none, or not theirs. */
  function stepOf(breach: Breach, move: string): BreachMove | 'add' {
    if (move === 'add' && !breach.officer) return move
    if (!isMove(move) || !breach.officer) throw new NotThere()
    insist(move, breach.stands)
    return move
  }

  const stepPage = (breach: Breach, move: BreachMove | 'add', typed: Typed, faults: Faults) => {
    const words = move === 'add' ? addWords : moves[move]
    const clockNow = breachClock(breach.awareAt, breach.stands, clock())
    return {
      title: words.button,
      breadcrumbs: [
        ...breadcrumbs,
        { text: breach.reference, href: `/governance/breaches/${breach.reference}` },
      ],
      ...errorsOf(faults),
      reference: breach.reference,
      move,
      words,
      key: typed.key ?? randomUUID(),
      seen: typed.seen ?? breach.stands.seq,
      because: typed.because ?? '',
      late: typed.late ?? '',
      asksLate: move === 'tell-commissioner' && clockNow?.late === true,
      risks:
        move === 'assess'
          ? Object.entries(risks).map(([value, { title, hint }]) => ({
              value,
              text: title,
              hint: { text: hint },
              checked: (typed.risk ?? breach.stands.risk) === value,
            }))
          : null,
    }
  }

  app.get(
    '/governance/breaches/:reference/:move',
    { schema: { params: StepAddress }, config: { may: 'raise-breach', records: 'nothing' } },
    async (request, reply) => {
      const { reference, move } = request.params
      const breach = await casework.as(request, tx => readBreach(tx, reference))
      return reply.header('cache-control', 'no-store').page('governance/breaches/views/step.njk', {
        ...stepPage(breach, stepOf(breach, move), {}, {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/breaches/:reference/:move',
    {
      schema: {
        params: StepAddress,
        body: Type.Object({
          ...csrfField,
          key: Uuid,
          seen: Seen,
          because: TypedText,
          risk: TypedText,
          late: TypedText,
        }),
      },
      config: { may: 'raise-breach', records: 'breach-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const { body } = request
      const faulty = await casework.as(request, async tx => {
        const breach = await readBreach(tx, reference)
        const move = request.params.move
        if (!(move === 'add' ? !breach.officer : isMove(move) && breach.officer)) throw new NotThere()
        const step = move as BreachMove | 'add'
        const faults: Faults = {}
        const because = readText(body, 'because', breachText('What you wrote', 'Enter this'), faults)
        const detail: BreachAction['detail'] = { because }
        if (step === 'assess') {
          if (isRisk(body.risk ?? '')) detail.risk = body.risk as keyof typeof risks
          else faults.risk = 'Choose what it may mean for the people'
        }
        const page = stepPage(breach, step, body, faults)
        if (page.asksLate) {
          const rule = breachText('The reasons', 'Enter the reasons for the delay')
          detail.late = readText(body, 'late', rule, faults)
        }
        if (Object.keys(faults).length > 0) return stepPage(breach, step, body, faults)
        await moveBreach(tx, reference, step, { key: body.key, seen: body.seen, detail })
        return null
      })
      if (faulty) {
        return reply.code(422).page('governance/breaches/views/step.njk', {
          ...faulty,
          csrf: reply.generateCsrf(),
        })
      }
      return reply.redirect(`/governance/breaches/${reference}`, 303)
    },
  )
}

const addWords = {
  button: 'Add to your report',
  lead: 'What you have learnt or remembered since.',
  label: 'What is to be added?',
}

function actionWords({ action, detail }: BreachAction): string {
  if (action === 'report') return 'Reported'
  if (action === 'add') return 'Added by who reported it'
  return detail.risk
    ? `${moves[action].button}: ${risks[detail.risk].title.toLowerCase()}`
    : moves[action].button
}
