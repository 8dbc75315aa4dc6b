/** Templates: what an agency does again and again, as actions without anybody's name. The area pack's playbooks are the same. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { FourP } from '../tasking/actions/action.ts'
import type { SubjectKind } from './plan.ts'

export interface TemplateAction {
  what: string
  fourP: FourP
  /** Kind of agency that usually does it; null for whoever takes the template up. */
  agencyKind: string | null
  /** Working days until it is due. */
  days: number
}

export interface PlanTemplate {
  /** "playbook-…" of the area pack, "template-…" of the agency. */
  id: string
  name: string
  /** When it is used, or whose it is. */
  when: string
  actions: TemplateAction[]
  /** Whether the viewer may drop it. */
  own: boolean
}

/** Those for plans about what the plan is about: the area's first, then the agency's own, by name. */
export async function templatesFor(
  tx: MemberTransaction,
  { playbooks }: AreaPack,
  kind: SubjectKind,
): Promise<PlanTemplate[]> {
  const saved = await tx.query<{
    id: string
    name: string
    actions: TemplateAction[]
    by: string
    own: boolean
  }>(
    `select t.id, t.name, t.actions, u.name as by, t.made_by = viewer_user() or viewer_role() = 'coordinator' as own
     from plan_templates t join users u on u.id = t.made_by where t.subject = $1 order by t.name, t.id`,
    [kind],
  )
  return [
    ...playbooks
      .filter(book => book.for.includes(kind))
      .map(({ id, name, when, actions }) => ({
        id: `playbook-${id}`,
        name,
        when,
        actions: actions.map(a => ({ ...a, agencyKind: a.agencyKind ?? null })),
        own: false,
      })),
    ...saved.map(({ id, name, actions, by, own }) => ({
      id: `template-${id}`,
      name,
      when: `Saved by ${by}`,
      actions,
      own,
    })),
  ]
}

/** Throws WrongMove where the agency has one of this name. */
export async function saveTemplate(
  tx: MemberTransaction,
  { name, kind, actions }: { name: string; kind: SubjectKind; actions: readonly TemplateAction[] },
  { key }: { key: string },
): Promise<void> {
  if ((await tx.query('select 1 from plan_templates where id = $1', [key])).length > 0) return
  if ((await tx.query('select 1 from plan_templates where name = $1', [name])).length > 0) {
    throw new WrongMove(
      `Your agency has a template that is called ${name}. Choose another name, or drop that one first.`,
    )
  }
  await tx.query(
    `insert into plan_templates (id, agency, name, subject, actions, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, present())`,
    [key, tx.member.agency, name, kind, JSON.stringify(actions), tx.member.user],
  )
  await tx.record('plan-template-saved', { kind: 'template', id: key, detail: { actions: actions.length } })
}

/** Throws NotThere for one that is not theirs to drop. */
export async function dropTemplate(tx: MemberTransaction, id: string): Promise<void> {
  const dropped = await tx.query('delete from plan_templates where id = $1 returning id', [id])
  if (dropped.length === 0) throw new NotThere()
  await tx.record('plan-template-dropped', { kind: 'template', id })
}
