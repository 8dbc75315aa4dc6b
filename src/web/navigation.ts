/** Service navigation by the loop, at most six entries, each with its pages. A role sees what it may use. */
import type { Member } from '../governance/access/as-member.ts'
import { worksOnGroups } from '../governance/access/explain-group.ts'
import { may, type Permission } from '../governance/permissions.ts'
import type { Viewer } from './viewers.ts'

interface Entry {
  text: string
  href: string
  may: Permission
  /** Only for members of agencies of this kind. */
  agencyKind?: string
  /** Only for members of whom this holds. */
  shownTo?: (member: Member) => boolean
  /** Only for who is signed in with an account of their own. */
  members?: true
  pages?: Omit<Entry, 'pages'>[]
}

const entries: Entry[] = [
  {
    text: 'Picture',
    href: '/picture',
    may: 'see-figures',
    pages: [
      { text: 'Overview', href: '/picture', may: 'see-figures' },
      { text: 'Time', href: '/time', may: 'see-figures' },
      { text: 'Unusual rises', href: '/rises', may: 'see-figures' },
      { text: 'Weapons', href: '/weapons', may: 'see-figures' },
      { text: 'Stop and search', href: '/stop-and-search', may: 'see-figures' },
    ],
  },
  {
    text: 'Places',
    href: '/places',
    may: 'see-figures',
    pages: [
      { text: 'Map', href: '/places', may: 'see-figures' },
      { text: 'Hotspots', href: '/places/hotspots', may: 'see-figures' },
      { text: 'Concentration', href: '/places/concentration', may: 'see-figures' },
      { text: 'Near repeats', href: '/places/near-repeats', may: 'see-figures' },
    ],
  },
  {
    text: 'People',
    href: '/people',
    may: 'see-figures',
    pages: [
      { text: 'In figures', href: '/people', may: 'see-figures' },
      { text: 'Find a person', href: '/register', may: 'see-people' },
      { text: 'Cohorts', href: '/cohorts', may: 'work-in-cohorts' },
      { text: 'Groups', href: '/groups', may: 'work-on-groups', shownTo: worksOnGroups },
      { text: 'Plans', href: '/plans', may: 'use-plans' },
      { text: 'In custody', href: '/custody', may: 'use-custody' },
      { text: 'Places and lines', href: '/known-places', may: 'use-plans' },
      { text: 'Referrals in figures', href: '/referrals/figures', may: 'see-figures' },
      { text: 'Cohorts in figures', href: '/cohorts/figures', may: 'see-figures' },
      { text: 'Actions in figures', href: '/actions/figures', may: 'see-figures' },
      { text: 'Same person?', href: '/register/matches', may: 'match-people' },
    ],
  },
  {
    text: 'Meetings',
    href: '/meetings',
    may: 'attend-meetings',
    members: true,
    pages: [
      { text: 'Meetings', href: '/meetings', may: 'attend-meetings', members: true },
      { text: 'Panel cases', href: '/panel-cases', may: 'use-panel-cases', members: true },
      { text: 'Bids', href: '/bids', may: 'see-bids', members: true },
      { text: 'Consequence management', href: '/consequences', may: 'manage-consequences', members: true },
      { text: 'Kinds of meeting', href: '/meetings/types', may: 'attend-meetings', members: true },
    ],
  },
  {
    text: 'Work',
    href: '/work',
    may: 'refer',
    pages: [
      { text: 'Your work', href: '/work', may: 'refer' },
      { text: 'Actions', href: '/actions', may: 'work-actions' },
      { text: 'Triage', href: '/triage', may: 'triage', agencyKind: 'partnership' },
      { text: 'Refer', href: '/refer', may: 'refer' },
      { text: 'Invitations', href: '/invitations', may: 'invite-partners' },
      { text: 'Concerns', href: '/concerns', may: 'refer' },
      { text: 'Since yesterday', href: '/overnight', may: 'keep-records' },
      { text: 'Sharing', href: '/sharing', may: 'see-people' },
      { text: 'Circles', href: '/circles', may: 'use-circles' },
      { text: 'Agreements', href: '/agreements', may: 'see-people' },
      { text: 'Challenges', href: '/governance/rights', may: 'review-challenges' },
    ],
  },
  {
    text: 'Measures',
    href: '/measures',
    may: 'see-figures',
    pages: [
      { text: 'Measures', href: '/measures', may: 'see-figures' },
      { text: 'Methods', href: '/methods', may: 'see-figures' },
      { text: 'Check a paper', href: '/papers/check', may: 'check-papers' },
    ],
  },
  {
    text: 'Data',
    href: '/data',
    may: 'see-loads',
    pages: [
      { text: 'Loads', href: '/data', may: 'see-loads' },
      { text: 'Findings', href: '/data/findings', may: 'see-loads' },
      { text: 'Coverage', href: '/data/coverage', may: 'see-loads' },
      { text: 'Datasets', href: '/data/datasets', may: 'see-loads' },
      { text: 'Send a file', href: '/data/upload', may: 'send-files' },
    ],
  },
  {
    text: 'Governance',
    href: '/governance',
    may: 'handle-rights',
    pages: [
      { text: 'This morning', href: '/governance', may: 'handle-rights' },
      { text: 'Rights', href: '/governance/rights', may: 'handle-rights' },
      { text: 'Breaches', href: '/governance/breaches', may: 'handle-rights' },
      { text: 'Sharing to be reviewed', href: '/sharing/reviews', may: 'review-sharing' },
      { text: 'Agreements', href: '/agreements', may: 'keep-agreements' },
      { text: 'Record of acts', href: '/audit', may: 'see-audit' },
      { text: 'Who may see what', href: '/governance/access', may: 'see-audit' },
      { text: 'Retention', href: '/governance/retention', may: 'keep-holds' },
    ],
  },
  {
    text: 'Accounts',
    href: '/users',
    may: 'keep-users',
    pages: [
      { text: 'People at work', href: '/users', may: 'keep-users' },
      { text: 'Agencies', href: '/agencies', may: 'keep-users' },
    ],
  },
]

export interface NavigationItem {
  text: string
  href: string
  /** This very page. */
  current: boolean
  /** The page is within this entry. */
  active: boolean
}

const within = (path: string, href: string) => path === href || path.startsWith(`${href}/`)

/** The entries for a viewer, with the one that holds `path` marked, and the pages of that entry. */
export function navigation(
  viewer: Viewer,
  path: string,
): { service: NavigationItem[]; section: NavigationItem[]; sectionTitle: string | null } {
  const opens = (entry: Omit<Entry, 'pages'>) =>
    may(viewer.role, entry.may) &&
    (entry.members === undefined || viewer.member !== null) &&
    (entry.shownTo === undefined || (viewer.member !== null && entry.shownTo(viewer.member))) &&
    (entry.agencyKind === undefined || entry.agencyKind === viewer.member?.agencyKind)
  const mine = entries.filter(opens)
  const holds = (entry: Entry) => [entry, ...(entry.pages ?? [])].some(e => within(path, e.href))
  const open = mine.find(holds) ?? null
  const pages = (open?.pages ?? []).filter(opens)
  const longest = pages.filter(p => within(path, p.href)).sort((a, b) => b.href.length - a.href.length)[0]
  return {
    service: mine.map(e => ({ text: e.text, href: e.href, current: path === e.href, active: e === open })),
    section: pages.map(p => ({
      text: p.text,
      href: p.href,
      current: p.href === path,
      active: p === longest,
    })),
    sectionTitle: open?.text ?? null,
  }
}
