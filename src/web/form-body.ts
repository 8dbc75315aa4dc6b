/** What a form brings: fields once or several times, every text made fit to keep before anybody reads it. */
import { parse } from 'node:querystring'
import { fitToKeep } from '../platform/typed-form.ts'

/** Fields of a urlencoded body. No field is left out, however many there are: the size of a body is limited elsewhere. */
export function readFormBody(body: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of Object.entries(parse(body, '&', '=', { maxKeys: 0 }))) {
    fields[name] = Array.isArray(value) ? value.map(fitToKeep) : fitToKeep(value ?? '')
  }
  return fields
}
