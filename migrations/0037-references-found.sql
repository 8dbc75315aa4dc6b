-- What goes with a deleted row, or keeps it, is found without reading the whole of its table.
create index actions_by_need on actions (need) where need is not null;

create index actions_by_place on actions (place_id) where place_id is not null;

create index actions_by_line on actions (line_id) where line_id is not null;

create index plans_by_place on plans (place_id) where place_id is not null;

create index plans_by_line on plans (line_id) where line_id is not null;

create index plan_offers_by_need on plan_offers (need) where need is not null;

create index break_glass_by_person on break_glass (person_id);

create index disclosures_by_person on disclosures (person_id);

create index disclosures_by_request on disclosures (request) where request is not null;

create index sharing_requests_by_person on sharing_requests (person_id);

create index help_offers_by_person on help_offers (person_id);

create index placement_drafts_by_person on placement_drafts (person_id);

create index match_decisions_by_other on match_decisions (other_record);

create index referrals_by_invitation on referrals (invitation) where invitation is not null;

create index rights_restrictions_by_case on rights_restrictions (rights_case);

create index meeting_entries_by_corrected on meeting_entries (corrects) where corrects is not null;

create index consequence_entries_by_corrected on consequence_entries (corrects) where corrects is not null;

create index escalations_by_meeting on escalations (from_meeting);

create index escalations_by_answer on escalations (answered_in) where answered_in is not null;

create index escalation_moves_by_meeting on escalation_moves (meeting) where meeting is not null;
