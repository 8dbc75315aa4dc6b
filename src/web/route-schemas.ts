/** Schemas that the addresses and the forms of many features share. */
import { Type } from 'typebox'
import { UUID_PATTERN } from '../platform/uuid.ts'

/** The number of a thing, or the key that a form carries: in the one spelling that the database gives. */
export const Uuid = Type.String({ pattern: UUID_PATTERN })

/** A moment, as a form carries it to say what it showed. */
export const Instant = Type.String({ format: 'date-time' })

export const ById = Type.Object({ id: Uuid })
export const ByPerson = Type.Object({ person: Uuid })

/** A page of a list. */
export const PageNumber = Type.Integer({ minimum: 1, maximum: 100_000 })

/** How far something had come when a form about it was opened. */
export const Seen = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

/** The mark of our own page; spread into the body of every form that changes something. */
export const csrfField = { _csrf: Type.String() }

/** The body of a form that has nothing but a button. */
export const ButtonForm = Type.Object(csrfField)

/** What is typed into a box: long enough that a slip of the clipboard is answered with a sentence at its field. */
export const TypedText = Type.Optional(Type.String({ maxLength: 20_000 }))

/** Beside the fields that are named, any others, each once or several times: what they hold is judged field by field. */
export const andAnyFields = {
  additionalProperties: Type.Union([Type.String(), Type.Array(Type.String())]),
}

export const AnyForm = Type.Object(csrfField, andAnyFields)
