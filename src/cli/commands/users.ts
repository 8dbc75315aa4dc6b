import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { listAgencies, syncAgencies } from '../../governance/agencies/agency-store.ts'
import { memberRoles } from '../../governance/roles.ts'
import {
  addAccount,
  listAccounts,
  moveAccount,
  resetAccount,
} from '../../governance/users/program-accounts.ts'
import { readNewUser } from '../../governance/users/user.ts'
import { InputFault, UsageFault } from '../../platform/errors.ts'
import { type Faults, fitToKeep } from '../../platform/typed-form.ts'
import { textTable } from '../../reports/exports/text-table.ts'
import { oneOf, readArguments } from '../arguments.ts'
import type { Command, Terminal } from '../command.ts'
import { operator } from '../operator.ts'

type Act = (terminal: Terminal, store: EvidenceStore) => Promise<void>

const acts = ['list', 'add', 'suspend', 'resume', 'leave', 'reset'] as const

const linkWords = ({ installation }: EvidenceStore, token: string, lasts: string): string => {
  const { publicAddress, port } = installation.config
  return `This link lets them set a password, once, for ${lasts}. It is shown only now:\n  ${publicAddress ?? `http://localhost:${port}`}/join/${token}\n`
}

const list: Act = async (terminal, { installation }) => {
  const accounts = await listAccounts(installation.database)
  if (accounts.length === 0) terminal.out('There are no accounts. "concord users add" makes the first.\n')
  else {
    terminal.out(
      textTable(
        [{ title: 'Address' }, { title: 'Name' }, { title: 'Agency' }, { title: 'Role' }, { title: 'State' }],
        accounts.map(a => [a.email, a.name, a.agency, a.role, a.state]),
      ),
    )
  }
}

const add =
  (typed: Record<'email' | 'name' | 'post' | 'agency' | 'role', string>): Act =>
  async (terminal, store) => {
    const { database, clock } = store.installation
    await syncAgencies(database, store.pack)
    const faults: Faults = {}
    const fit = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, fitToKeep(text)]))
    const user = readNewUser(fit, await listAgencies(database), faults)
    if (!user) {
      const roles = faults.role ? ` Roles are ${memberRoles.join(', ')}.` : ''
      throw new InputFault('account-invalid', `${Object.values(faults).join('. ')}.${roles}`)
    }
    const token = await addAccount(database, user, clock(), operator(terminal.account))
    terminal.out(`${user.name} is added.\n${linkWords(store, token, 'seven days')}`)
  }

const reset =
  (email: string, lostPhone: boolean): Act =>
  async (terminal, store) => {
    const { database, clock } = store.installation
    terminal.out(
      linkWords(
        store,
        await resetAccount(database, email, lostPhone, clock(), operator(terminal.account)),
        '24 hours',
      ),
    )
  }

const move =
  (email: string, to: 'suspend' | 'resume' | 'leave'): Act =>
  async (terminal, { installation }) => {
    await moveAccount(installation.database, email, to, installation.clock(), operator(terminal.account))
    terminal.out(
      to === 'resume'
        ? `${email} can sign in again.\n`
        : `${email} cannot sign in any more, and is signed out everywhere.\n`,
    )
  }

export const usersCommand: Command = {
  name: 'users',
  summary: 'Accounts of people at work: the first administrator, and when nobody can sign in',
  usage:
    'users list | add EMAIL --name NAME --post POST --agency AGENCY --role ROLE | suspend | resume | leave | reset EMAIL',
  details: `ROLE is one of ${memberRoles.join(', ')}. AGENCY is an id of the area pack.
add and reset print a link with which the person sets their password; reset --lost-phone lets them set up a new second factor as well.
suspend and leave end every session. Nobody is deleted: what they wrote stays their agency's.
The first account ends the synthetic partnership in this data folder, for good: its people and cases are removed.`,
  opens: 'stores',
  prepare: argv => {
    const { values, positionals } = readArguments(
      argv,
      {
        name: { type: 'string' },
        post: { type: 'string' },
        agency: { type: 'string' },
        role: { type: 'string' },
        'lost-phone': { type: 'boolean' },
      },
      { name: 'What to do (list, add, suspend, resume, leave or reset)', least: 1, most: 2 },
    )
    const what = oneOf('users', positionals[0]!, acts)
    const email = positionals[1]
    if (what !== 'list' && !email) throw new UsageFault('EMAIL is missing.')
    const { name = '', post = '', agency = '', role = '' } = values
    const act =
      what === 'list'
        ? list
        : what === 'add'
          ? add({ email: email!, name, post, agency, role })
          : what === 'reset'
            ? reset(email!, values['lost-phone'] ?? false)
            : move(email!, what)
    return async (terminal, store) => {
      await act(terminal, store)
      return 0
    }
  },
}
