/** The form of one step, of a group or of a link, as its page shows it. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Day } from '../../platform/calendar.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { noticeWords, type Step } from './group-steps.ts'

export interface ShownStep {
  step: Step
  /** Over the title: which group, and whom. */
  caption: string
  action: string
  typed: Typed
  faults: Faults
  seen: number
  latest: Day
  back: { text: string; href: string }
}

export const stepPage = (reply: FastifyReply, shown: ShownStep) => {
  const { step, caption, action, typed, faults, seen, latest, back } = shown
  const anchors = Object.fromEntries(
    step.fields.flatMap(f =>
      f.kind === 'day'
        ? [[f.name, `${f.name}-day`]]
        : f.kind === 'confirm'
          ? [[f.name, `${f.name}-yes`]]
          : [],
    ),
  )
  const first = Object.keys(typed).length === 0
  return reply.header('cache-control', 'no-store').page('casework/groups/views/step.njk', {
    title: step.title,
    step,
    caption,
    action,
    fields: step.fields.map(field => ({
      ...field,
      value: typedText(typed, field.name),
      items:
        field.kind === 'day'
          ? dateItems(field.name, first && field.name === 'reviewOn' ? latest : typed)
          : field.kind === 'confirm'
            ? [{ value: 'yes', text: field.label, checked: typedText(typed, field.name) !== '' }]
            : Object.entries(noticeWords).map(([value, text]) => ({
                value,
                text,
                checked: typedText(typed, field.name) === value,
              })),
    })),
    ...errorsOf(faults, anchors),
    // The same key while the form is mended, so that pressing twice is one step.
    key: typedText(typed, 'key') || randomUUID(),
    seen: typedText(typed, 'seen') && !faults['main-content'] ? typedText(typed, 'seen') : seen,
    csrf: reply.generateCsrf(),
    back,
  })
}
