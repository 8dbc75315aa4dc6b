/** What an officer of information governance does in a browser before a rights case can be worked: opened, asker known. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestBrowser } from './web-for-tests.ts'

const RIGHTS = '/governance/rights'

/** Opens a case about "Zoe Invented (synthetic)", born 3 May 2011, unless told otherwise; gives its address. */
export async function openRightsCase(
  officer: TestBrowser,
  fields: Record<string, string> = {},
): Promise<string> {
  const answer = await officer.submit(`${RIGHTS}/new`, `${RIGHTS}/new`, {
    key: randomUUID(),
    kind: 'access',
    regime: 'general',
    given: 'Zoe',
    family: 'Invented (synthetic)',
    'birthDate-day': '3',
    'birthDate-month': '5',
    'birthDate-year': '2011',
    reachAt: 'Handed over at the school office',
    about: 'What do you have about me?',
    'receivedOn-day': '2',
    'receivedOn-month': '11',
    'receivedOn-year': '2026',
    ...fields,
  })
  assert.equal(answer.statusCode, 303, answer.body)
  return answer.headers.location as string
}

/** Takes a step with the form that its page shows. */
export async function takeStep(
  officer: TestBrowser,
  address: string,
  move: string,
  fields: Record<string, string> = {},
) {
  const url = `${address}/step/${move}`
  const form = await officer.get(url)
  const field = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(form.body)?.[1] ?? ''
  return officer.submit(url, url, {
    key: randomUUID(),
    seen: field('seen') || '1',
    because: 'As the tests say.',
    told: 'As the tests say.',
    'on-day': field('on-day'),
    'on-month': field('on-month'),
    'on-year': field('on-year'),
    ...fields,
  })
}
