/**
 * Where each role's day begins: what `/` opens. The first address of the list that the program has, so that a feature
 * that is switched off leaves nobody before a closed door.
 */
import type { Role } from '../governance/permissions.ts'
import type { WebServer } from './context.ts'

const picture = ['/picture']

const mornings: Record<Role, readonly string[]> = {
  practitioner: ['/work', ...picture],
  coordinator: ['/triage', '/work', ...picture],
  commander: ['/work', ...picture],
  analyst: picture,
  'board-member': picture,
  'scrutiny-panel-member': picture,
  'information-governance-officer': ['/governance', ...picture],
  administrator: ['/users', ...picture],
  visitor: picture,
}

export const morningPage = (app: WebServer, role: Role): string =>
  mornings[role].find(url => app.hasRoute({ method: 'GET', url })) ?? '/picture'
