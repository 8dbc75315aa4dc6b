/** Every feature's pages, in the order in which they are registered. Add a feature by adding a line. */

import { cohortPages } from '../casework/cohorts/cohort-pages.ts'
import { decidePages } from '../casework/cohorts/decide-pages.ts'
import { duePages } from '../casework/cohorts/due-pages.ts'
import { placementPages } from '../casework/cohorts/placement-pages.ts'
import { proposePages } from '../casework/cohorts/propose-pages.ts'
import { placementStepPages } from '../casework/cohorts/step-pages.ts'
import { arrangementPages } from '../casework/custody/arrangement-pages.ts'
import { custodyPages } from '../casework/custody/custody-pages.ts'
import { gatePages } from '../casework/custody/gate-pages.ts'
import { insidePages } from '../casework/custody/inside-pages.ts'
import { custodyStepPages } from '../casework/custody/step-pages.ts'
import { assessPages } from '../casework/groups/assess-pages.ts'
import { groupPages } from '../casework/groups/group-pages.ts'
import { groupStepPages } from '../casework/groups/group-step-pages.ts'
import { groupLinkPages } from '../casework/groups/link-pages.ts'
import { concernPages } from '../casework/intake/concerns/concern-pages.ts'
import { referralFiguresPages } from '../casework/intake/figures/referral-figures-pages.ts'
import { guestPages } from '../casework/intake/invitations/guest-pages.ts'
import { invitationPages } from '../casework/intake/invitations/invitation-pages.ts'
import { overnightPages } from '../casework/intake/overnight/overnight-pages.ts'
import { emergencyReferralPages } from '../casework/intake/referrals/emergency-pages.ts'
import { referPages } from '../casework/intake/referrals/refer-pages.ts'
import { sendPages } from '../casework/intake/referrals/send-pages.ts'
import { sentPages } from '../casework/intake/referrals/sent-pages.ts'
import { queuePages } from '../casework/intake/triage/queue-pages.ts'
import { triagePages } from '../casework/intake/triage/triage-pages.ts'
import { knownPlacePages } from '../casework/plans/known-pages.ts'
import { offerPages } from '../casework/plans/offer-pages.ts'
import { planActionPages } from '../casework/plans/plan-action-pages.ts'
import { planListPages } from '../casework/plans/plan-list-pages.ts'
import { planPages } from '../casework/plans/plan-pages.ts'
import { statementPages } from '../casework/plans/statement-pages.ts'
import { planStepPages } from '../casework/plans/step-pages.ts'
import { actionFiguresPages } from '../casework/progress/figures/action-figures-pages.ts'
import { cohortFiguresPages } from '../casework/progress/figures/cohort-figures-pages.ts'
import { entryPages } from '../casework/register/entry-pages.ts'
import { matchPages } from '../casework/register/matching/match-pages.ts'
import { movedRecordPages } from '../casework/register/moved-record-pages.ts'
import { personPages } from '../casework/register/person-pages.ts'
import { recordPages } from '../casework/register/record-pages.ts'
import { registerPages } from '../casework/register/register-pages.ts'
import { actionPages } from '../casework/tasking/actions/action-pages.ts'
import { leavingPages } from '../casework/tasking/actions/leaving-pages.ts'
import { actionLogPages } from '../casework/tasking/actions/log-pages.ts'
import { makeActionPages } from '../casework/tasking/actions/make-pages.ts'
import { bidPages } from '../casework/tasking/bids/bid-pages.ts'
import { consequenceEntryPages } from '../casework/tasking/consequences/consequence-entry-pages.ts'
import { consequenceListPages } from '../casework/tasking/consequences/consequence-list-pages.ts'
import { consequencePages } from '../casework/tasking/consequences/consequence-pages.ts'
import { consequenceStepPages } from '../casework/tasking/consequences/consequence-step-pages.ts'
import { meetingCopyPages } from '../casework/tasking/meetings/copies/copy-pages.ts'
import { meetingEntryPages } from '../casework/tasking/meetings/entry-pages.ts'
import { escalationPages } from '../casework/tasking/meetings/escalation-pages.ts'
import { livePages } from '../casework/tasking/meetings/live-pages.ts'
import { meetingsPages } from '../casework/tasking/meetings/meetings-pages.ts'
import { minutesPages } from '../casework/tasking/meetings/minutes-pages.ts'
import { movePages } from '../casework/tasking/meetings/move-pages.ts'
import { roomPages } from '../casework/tasking/meetings/room-pages.ts'
import { meetingTypePages } from '../casework/tasking/meetings/type-pages.ts'
import { panelCasePages } from '../casework/tasking/panels/panel-case-pages.ts'
import { workPages } from '../casework/work-pages.ts'
import { loadsPages } from '../evidence/catalogue/loads-pages.ts'
import { datasetPages } from '../evidence/datasets/dataset-pages.ts'
import { uploadPages } from '../evidence/intake/upload-pages.ts'
import { accessPages } from '../governance/access/access-pages.ts'
import { agenciesPages } from '../governance/agencies/agencies-pages.ts'
import { agreementPages } from '../governance/agreements/agreement-pages.ts'
import { auditPages } from '../governance/audit/audit-pages.ts'
import { breachPages } from '../governance/breaches/breach-pages.ts'
import { reportPages } from '../governance/breaches/report-pages.ts'
import { circlePages } from '../governance/circles/circle-pages.ts'
import { breakGlassPages } from '../governance/disclosure/break-glass-pages.ts'
import { emergencyPages } from '../governance/disclosure/emergency-pages.ts'
import { givingPages } from '../governance/disclosure/giving-pages.ts'
import { requestPages } from '../governance/disclosure/request-pages.ts'
import { reviewPages } from '../governance/disclosure/review-pages.ts'
import { sharingPages } from '../governance/disclosure/sharing-pages.ts'
import { governancePages } from '../governance/governance-pages.ts'
import { calendarPages } from '../governance/notices/calendar-pages.ts'
import { noticePages } from '../governance/notices/notice-pages.ts'
import { noticeSettingsPages } from '../governance/notices/notice-settings-pages.ts'
import { retentionPages } from '../governance/retention/retention-pages.ts'
import { packItemPages } from '../governance/rights/pack-item-pages.ts'
import { packPages } from '../governance/rights/pack-pages.ts'
import { rightsPages } from '../governance/rights/rights-pages.ts'
import { stepPages } from '../governance/rights/step-pages.ts'
import { subjectPages } from '../governance/rights/subject-pages.ts'
import { accountPages } from '../governance/sessions/account-pages.ts'
import { localSignInPages } from '../governance/sign-in/local-sign-in-pages.ts'
import { passwordPages } from '../governance/sign-in/password-pages.ts'
import { singleSignOnPages } from '../governance/sign-in/single-sign-on-pages.ts'
import { changeUserPages } from '../governance/users/change-user-pages.ts'
import { usersPages } from '../governance/users/users-pages.ts'
import { figurePages } from '../measures/figure-pages.ts'
import { measuresPages } from '../measures/measures-pages.ts'
import { methodsPages } from '../measures/methods/methods-pages.ts'
import { concentrationPages } from '../measures/pictures/concentration-pages.ts'
import { hotspotsPages } from '../measures/pictures/hotspots-pages.ts'
import { nearRepeatsPages } from '../measures/pictures/near-repeats-pages.ts'
import { peoplePages } from '../measures/pictures/people-pages.ts'
import { picturePages } from '../measures/pictures/picture-pages.ts'
import { placesPages } from '../measures/pictures/places-pages.ts'
import { risesPages } from '../measures/pictures/rises-pages.ts'
import { stopAndSearchPages } from '../measures/pictures/stop-and-search-pages.ts'
import { timePages } from '../measures/pictures/time-pages.ts'
import { weaponsPages } from '../measures/pictures/weapons-pages.ts'
import { checkPaperPages } from '../reports/check-paper/check-paper-pages.ts'
import type { Pages } from './context.ts'
import { signInPages } from './sign-in-pages.ts'
import { systemPages } from './system-pages.ts'

export const pages: Pages[] = [
  systemPages,
  signInPages,
  localSignInPages,
  passwordPages,
  singleSignOnPages,
  accountPages,
  noticePages,
  noticeSettingsPages,
  calendarPages,
  usersPages,
  changeUserPages,
  agenciesPages,
  picturePages,
  timePages,
  risesPages,
  placesPages,
  hotspotsPages,
  concentrationPages,
  nearRepeatsPages,
  peoplePages,
  stopAndSearchPages,
  weaponsPages,
  figurePages,
  measuresPages,
  methodsPages,
  movedRecordPages,
  registerPages,
  matchPages,
  personPages,
  entryPages,
  recordPages,
  workPages,
  referPages,
  sendPages,
  sentPages,
  invitationPages,
  guestPages,
  queuePages,
  triagePages,
  concernPages,
  emergencyReferralPages,
  overnightPages,
  bidPages,
  panelCasePages,
  consequenceListPages,
  consequencePages,
  consequenceEntryPages,
  consequenceStepPages,
  custodyPages,
  insidePages,
  custodyStepPages,
  gatePages,
  arrangementPages,
  planListPages,
  planPages,
  statementPages,
  offerPages,
  planActionPages,
  planStepPages,
  knownPlacePages,
  actionLogPages,
  makeActionPages,
  leavingPages,
  actionPages,
  referralFiguresPages,
  cohortFiguresPages,
  actionFiguresPages,
  meetingsPages,
  roomPages,
  movePages,
  meetingEntryPages,
  livePages,
  minutesPages,
  meetingTypePages,
  escalationPages,
  meetingCopyPages,
  cohortPages,
  duePages,
  proposePages,
  placementPages,
  placementStepPages,
  decidePages,
  groupPages,
  assessPages,
  groupStepPages,
  groupLinkPages,
  governancePages,
  rightsPages,
  stepPages,
  subjectPages,
  packPages,
  packItemPages,
  reportPages,
  breachPages,
  retentionPages,
  auditPages,
  agreementPages,
  accessPages,
  sharingPages,
  requestPages,
  givingPages,
  emergencyPages,
  breakGlassPages,
  reviewPages,
  circlePages,
  checkPaperPages,
  loadsPages,
  uploadPages,
  datasetPages,
]
