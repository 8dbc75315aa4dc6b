/** `node src/cli/docs/write-docs.ts [--check]`: writes the pages on datasets, codes, settings, commands and methods, or compares them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { datasets } from '../../evidence/datasets/index.ts'
import { writeOrCheck } from '../../measures/write-generated.ts'
import { analyseMethods } from '../analyse/methods.ts'
import { commands } from '../command-list.ts'
import { commandsPage } from './commands-page.ts'
import { codeListIndex, codeListPage, datasetIndex, datasetPage } from './dataset-page.ts'
import { methodsPage } from './methods-page.ts'
import { permissionsPage } from './permissions-page.ts'
import { settingsPage } from './settings-page.ts'
import {
  actionStatesPage,
  bidStatesPage,
  breachStatesPage,
  consequenceStatesPage,
  custodyStatesPage,
  escalationStatesPage,
  groupLinkStatesPage,
  groupStatesPage,
  invitationStatesPage,
  meetingStatesPage,
  offerStatesPage,
  panelCaseStatesPage,
  placementStatesPage,
  planStatesPage,
  referralStatesPage,
  rightsStatesPage,
} from './states-page.ts'

const docs = resolve(import.meta.dirname, '../../../docs')
const command = 'npm run docs'

writeOrCheck(
  join(docs, 'datasets'),
  new Map([
    ['README.md', datasetIndex(datasets)],
    ...datasets.map(d => [`${d.id}.md`, datasetPage(d)] as const),
  ]),
  command,
)

const lists = new Map(
  datasets.flatMap(d => d.columns.flatMap(({ codes }) => (codes ? [[codes.id, codes] as const] : []))),
)
writeOrCheck(
  join(docs, 'codes'),
  new Map([
    ['README.md', codeListIndex([...lists.values()])],
    ...[...lists].map(([id, list]) => [`${id}.md`, codeListPage(list)] as const),
  ]),
  command,
)

// Single pages among others that people write.
const pages = {
  'operations/settings.md': settingsPage(),
  'commands.md': commandsPage(commands),
  'methods.md': methodsPage(analyseMethods),
  'governance/permissions.md': permissionsPage(),
  'governance/states/action.md': actionStatesPage(),
  'governance/states/escalation.md': escalationStatesPage(),
  'governance/states/panel-case.md': panelCaseStatesPage(),
  'governance/states/bid.md': bidStatesPage(),
  'governance/states/consequence.md': consequenceStatesPage(),
  'governance/states/meeting.md': meetingStatesPage(),
  'governance/states/custody.md': custodyStatesPage(),
  'governance/states/plan.md': planStatesPage(),
  'governance/states/offer.md': offerStatesPage(),
  'governance/states/referral.md': referralStatesPage(),
  'governance/states/invitation.md': invitationStatesPage(),
  'governance/states/rights-case.md': rightsStatesPage(),
  'governance/states/breach.md': breachStatesPage(),
  'governance/states/placement.md': placementStatesPage(),
  'governance/states/group.md': groupStatesPage(),
  'governance/states/group-link.md': groupLinkStatesPage(),
}
for (const [name, text] of Object.entries(pages)) {
  const file = join(docs, name)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`Out of date: ${name}. Run ${command} and commit.\n`)
    process.exitCode = 1
  }
}
