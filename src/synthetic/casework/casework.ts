/** The whole of the synthetic casework, thought out before a row of it is written. */
import { inventAgreements, type SyntheticAgreement } from './agreed.ts'
import { type Bids, inventBids } from './bids.ts'
import { inventBrokenGlass, type SyntheticGlass } from './broken-glass.ts'
import { inventCircles, type SyntheticCircle } from './closed-circles.ts'
import { inventConcerns, type SyntheticConcern } from './concerns.ts'
import { type Consequences, inventConsequences } from './consequences.ts'
import { type Custody, inventCustody } from './custody.ts'
import { inventDrafts, type SyntheticDraft } from './drafts.ts'
import { inventEntries, type SyntheticEntry } from './entries.ts'
import { inventEscalations, type SyntheticEscalation } from './escalations.ts'
import { type Groups, inventGroups } from './groups.ts'
import { inventInvitations, type SyntheticInvitation } from './invitations.ts'
import { inventMeetings, type Meetings } from './meetings.ts'
import { inventLastNight, inventOffers, type SyntheticOffer } from './overnight.ts'
import { inventPanelCases, type PanelCases } from './panel-cases.ts'
import { inventRegister, type Register } from './people.ts'
import { inventPlacements, type Placements } from './placements.ts'
import { inventPlans, type Plans, peopleForPlans } from './plans.ts'
import { inventReferrals, type SyntheticReferral } from './referrals.ts'
import { inventRightsCases, type SyntheticRightsCase } from './rights.ts'
import type { Setting } from './setting.ts'
import { inventSharing, type Sharing } from './sharing.ts'
import { inventStaff, type Staff } from './staff.ts'

export interface Casework
  extends Pick<Register, 'persons' | 'records'>,
    Sharing,
    Meetings,
    Placements,
    Groups,
    Plans,
    Consequences,
    Custody,
    Bids,
    PanelCases {
  staff: Staff
  agreements: SyntheticAgreement[]
  entries: SyntheticEntry[]
  circles: SyntheticCircle[]
  glass: SyntheticGlass[]
  invitations: SyntheticInvitation[]
  referrals: SyntheticReferral[]
  drafts: SyntheticDraft[]
  concerns: SyntheticConcern[]
  escalations: SyntheticEscalation[]
  offers: SyntheticOffer[]
  rightsCases: SyntheticRightsCase[]
}

/** `castAgencies`: where each of the cast works, by their place. Pure. */
export function inventCasework(setting: Setting, castAgencies: ReadonlyMap<number, string>): Casework {
  const staff = inventStaff(setting, castAgencies)
  const agreements = inventAgreements(setting)
  const register = inventRegister(setting, staff)
  const earlier = inventEntries(setting, staff, register)
  const entries = [...earlier, ...inventLastNight(setting, staff, register, earlier.length + 1)]
  const { circles, notes } = inventCircles(setting, staff, register, entries.length + 1)
  const groups = inventGroups(setting, staff, entries)
  const cohorts = inventPlacements(setting, staff, register)
  const meetings = inventMeetings(setting, staff, register)
  const planned = inventPlans(setting, staff, agreements, {
    people: peopleForPlans(setting, register, cohorts.placements),
    groups: groups.groups.filter(g => g.approved),
  })
  return {
    staff,
    agreements,
    persons: register.persons,
    records: register.records,
    entries: [...entries, ...notes],
    circles,
    glass: inventBrokenGlass(setting, staff, register),
    ...inventInvitations(setting, staff, inventReferrals(setting, staff, register, agreements), agreements),
    drafts: inventDrafts(setting, staff, register),
    concerns: inventConcerns(setting, staff, register),
    offers: inventOffers(setting, staff, entries),
    rightsCases: inventRightsCases(setting, staff, register),
    ...meetings,
    escalations: inventEscalations(setting, meetings),
    ...cohorts,
    ...inventConsequences(setting, staff),
    ...groups,
    ...planned,
    ...inventCustody(setting, staff, { ...cohorts, ...planned }),
    ...inventBids(setting, staff),
    ...inventPanelCases(setting, staff, register),
    ...inventSharing(setting, staff, register, entries, agreements),
  }
}
