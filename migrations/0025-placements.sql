-- Placements: somebody is proposed for a tier of a cohort, a named panel decides, somebody looks again, and it ends.
--
-- What happens is a row of placement_moves; the present state is folded from them (src/casework/cohorts/placement.ts), and a
-- trigger keeps it in the placement's row for lists. There is no column for a score, a rank or a colour of a person, nor
-- for a count about one, and none may be added (R6). What has ended is a count, and no list of former names (R11).

-- The panel of a cohort, by name and for a time: it decides about everybody in it.
create table panel_members (
  id uuid primary key default gen_random_uuid(),
  cohort text not null references cohorts (id),
  user_id uuid not null references users (id),
  part text not null check (part in ('chair', 'member', 'adviser')),
  since date not null,
  -- The day from which they sit no more; null while it goes on.
  until date,
  added_by uuid not null references users (id),
  added_at timestamptz not null,
  check (until is null or until >= since)
);

create unique index panel_members_current on panel_members (cohort, user_id) where until is null;

create index panel_members_by_user on panel_members (user_id);

-- Seen by their author alone.
create table placement_drafts (
  id uuid primary key,
  agency text not null references agencies (id),
  author uuid not null references users (id),
  person_id uuid not null references persons (id) on delete cascade,
  answers jsonb not null default '{}' check (jsonb_typeof(answers) = 'object'),
  started_at timestamptz not null,
  changed_at timestamptz not null,
  delete_on date not null
);

create index placement_drafts_by_author on placement_drafts (author, changed_at);

create table placements (
  -- The number of the draft that it was: sending the same form twice finds the first.
  id uuid primary key,
  reference text not null unique,
  cohort text not null references cohorts (id),
  scheme text not null,
  person_id uuid not null references persons (id) on delete cascade,
  -- As given to the panel.
  called text not null,
  birth_date date,
  birth_date_known text check (birth_date_known in ('day', 'month', 'year', 'estimated')),
  from_agency text not null references agencies (id),
  proposed_by uuid not null references users (id),
  lead_agency text not null references agencies (id),
  purpose text not null,
  legal_basis text not null,
  created_at timestamptz not null,
  -- Below, kept by a trigger from the moves, and by nobody else.
  state text not null default 'new',
  state_by uuid references users (id),
  state_at timestamptz,
  -- Null until a panel has placed somebody; `wanted` is the tier that is asked for.
  tier text,
  wanted text,
  -- Who looks after them, once placed.
  owner uuid references users (id),
  placed_on date,
  -- R21: 'due' from the placing on.
  notice text check (notice in ('due', 'given', 'withheld')),
  notice_on date,
  challenged_at timestamptz,
  review_on date not null,
  delete_on date not null,
  suspended_on date,
  -- Set while its accuracy is disputed (R22).
  restricted_at timestamptz,
  foreign key (scheme, tier) references tiers (scheme, id),
  foreign key (scheme, wanted) references tiers (scheme, id),
  check ((birth_date is null) = (birth_date_known is null)),
  check (delete_on >= review_on)
);

create index placements_by_cohort on placements (cohort, state, review_on);

create index placements_by_person on placements (person_id);

create index placements_by_owner on placements (owner) where owner is not null;

-- Two panels do not place one person: one decides, and the other is told.
create unique index placements_once on placements (person_id, scheme)
  where state in ('placed', 'move-to-approve', 'move-to-decide');

create table placement_moves (
  placement uuid not null references placements (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null,
  state_after text not null,
  -- Null where the program acted: a lapse, or another panel that was first.
  by_user uuid references users (id),
  by_agency text references agencies (id),
  at timestamptz not null,
  request_key uuid not null unique,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  primary key (placement, seq)
);

-- Statements that a proposal rests on, by their number: one that is restricted or deleted is gone from here at once (R22).
create table placement_evidence (
  placement uuid not null references placements (id) on delete cascade,
  entry uuid not null references entries (id) on delete cascade,
  added_by uuid not null references users (id),
  added_at timestamptz not null,
  primary key (placement, entry)
);

create index placement_evidence_by_entry on placement_evidence (entry);

-- Agencies that were brought to one person by name: who they are, what goes well and who looks after them; no grounds.
create table placement_shares (
  placement uuid not null references placements (id) on delete cascade,
  agency text not null references agencies (id),
  because text not null check (length(trim(because)) > 0),
  shared_by uuid not null references users (id),
  shared_at timestamptz not null,
  primary key (placement, agency)
);

create index placement_shares_by_agency on placement_shares (agency);

-- Who met them and when, against the agreement of the tier. Of what was said there is nothing here.
create table placement_contacts (
  -- Of the form that was sent: the same form twice is one contact.
  id uuid primary key,
  placement uuid not null references placements (id) on delete cascade,
  on_day date not null,
  how text not null check (how in ('met', 'spoke', 'tried')),
  by_user uuid not null references users (id),
  by_agency text not null references agencies (id),
  noted_at timestamptz not null
);

create index placement_contacts_by_placement on placement_contacts (placement, on_day);

-- R11: every agency that was given a placement is told that it ended, by its reference, and confirms that nothing of it is
-- kept. It outlives the placement, and holds no name.
create table removals (
  id uuid primary key default gen_random_uuid(),
  placement uuid not null,
  reference text not null,
  cohort text not null references cohorts (id),
  agency text not null references agencies (id),
  how text not null check (how in ('archived', 'removed', 'lapsed')),
  told_at timestamptz not null,
  confirmed_by uuid references users (id),
  confirmed_at timestamptz,
  delete_on date not null,
  unique (placement, agency),
  check ((confirmed_by is null) = (confirmed_at is null))
);

create index removals_open on removals (agency) where confirmed_at is null;

-- What stays of a step when the name is gone: counts by month, for figures that are made with small numbers withheld. The
-- program's own; members read none of it.
create table placement_counts (
  month date not null,
  cohort text not null references cohorts (id),
  tier text not null,
  event text not null,
  age text not null,
  gender text not null,
  ethnicity text not null,
  -- Of an end: whether somebody had met them in time.
  contact text not null check (contact in ('in-time', 'late', 'never', 'not-asked')),
  placements integer not null,
  -- Sums over these placements: days in the cohort, contacts, contacts that the agreement expects, reviews.
  days integer not null,
  contacts integer not null,
  expected integer not null,
  reviews integer not null,
  primary key (month, cohort, tier, event, age, gender, ethnicity, contact)
);

-- After an archive: the pseudonym under which the evidence knows the person, so that harm and re-offending after 3, 6 and 12
-- months can be counted. The program's own, in counts alone.
create table after_archive (
  id uuid primary key default gen_random_uuid(),
  pseudonym text not null,
  cohort text not null references cohorts (id),
  tier text not null,
  archived_on date not null,
  delete_on date not null,
  unique (pseudonym, cohort, archived_on)
);

-- Names must not live on in the planner's statistics.
alter table placement_drafts alter column answers set statistics 0;

alter table placements alter column called set statistics 0, alter column birth_date set statistics 0;

alter table placement_moves alter column detail set statistics 0;

alter table placement_shares alter column because set statistics 0;

alter table after_archive alter column pseudonym set statistics 0;

-- Looked at behind the policies: a policy that asked through policies would ask itself.

-- What the viewer is in the panel of a cohort today; null for nothing, and where no agreement in force lets their agency
-- see what the lead agency holds (R13). Agencies that are never given lists sit on no panel (R14).
create function viewer_panels() returns table (cohort text, part text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.cohort, m.part
  from panel_members m
  join users u on u.id = m.user_id
  join agencies a on a.id = u.agency
  join cohorts c on c.id = m.cohort
  where viewer_reads_people() and m.user_id = viewer_user() and u.agency = viewer_agency()
    and m.since <= present_day() and (m.until is null or m.until > present_day())
    and not a.kind = any (kinds_without_lists())
    and exists (select from cohort_parties p where p.cohort = c.id and p.agency = u.agency)
    and (c.lead_agency = u.agency
      or agreement_covers(c.lead_agency, u.agency, viewer_purpose(), array['cohort']))
$$;

create function viewer_part(the_cohort text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select part from viewer_panels() where cohort = the_cohort
$$;

-- Placements with their grounds, evidence and history: of the panel, the lead worker, and whoever proposed them.
create function viewer_weighed_placements() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with viewer as materialized (
    select viewer_user() as "user", viewer_agency() as agency where viewer_reads_people()
  ), panels as materialized (
    select * from viewer_panels()
  ), covered as materialized (
    -- Asked once for an agency that leads, and not for each placement.
    select l.agency from (select distinct lead_agency as agency from placements) l, viewer
    where l.agency = viewer.agency or agreement_covers(l.agency, viewer.agency, viewer_purpose(), array['cohort'])
  )
  select p.id
  from viewer
  cross join placements p
  left join panels v on v.cohort = p.cohort
  left join covered l on l.agency = p.lead_agency
  where p.restricted_at is null
    -- R10: what lapsed is hidden from all but those who can put it right.
    and (p.suspended_on is null or v.part = 'chair' or (p.owner = viewer."user" and p.lead_agency = viewer.agency))
    and (v.part is not null
      or (p.proposed_by = viewer."user" and p.from_agency = viewer.agency)
      or (p.owner = viewer."user" and l.agency is not null))
    -- R11: once it ended and an agency has confirmed that nothing of it is kept, it is not there for them.
    and (p.state not in ('archived', 'removed') or exists (
      select from removals r where r.placement = p.id and r.confirmed_at is null
        and (r.agency = viewer.agency or v.part = 'chair')))
$$;

-- The same, and those that the viewer's agency was brought to by name.
create function viewer_placements() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_weighed_placements()
  union
  select p.id
  from placement_shares s join placements p on p.id = s.placement
  where viewer_reads_people() and s.agency = viewer_agency() and p.restricted_at is null and p.suspended_on is null
    and (p.lead_agency = viewer_agency()
      or agreement_covers(p.lead_agency, viewer_agency(), viewer_purpose(), array['cohort']))
    and (p.state not in ('archived', 'removed') or exists (
      select from removals r where r.placement = p.id and r.confirmed_at is null and r.agency = viewer_agency()))
$$;

-- The last who proposed something for it, and the second approver since, if any.
create function placement_proposer(the_placement uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select by_user from placement_moves
  where placement = the_placement and action like 'propose%' order by seq desc limit 1
$$;

create function placement_approver(the_placement uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when action in ('approve', 'approve-move') then by_user end from placement_moves
  where placement = the_placement and (action like 'propose%' or action like 'approve%') order by seq desc limit 1
$$;

-- What the viewer is to a placement, beside its panel.
create function viewer_owns_placement(the_placement uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from placements p where p.id = the_placement and p.owner = viewer_user())
$$;

alter table panel_members enable row level security;

-- Who sits on a panel is open to everybody who works with people: it decides by name.
create policy read_panels on panel_members for select to concord_member using ((select viewer_reads_people()));

-- The lead agency's coordinators and commanders name who sits: people of parties alone.
create function viewer_keeps_panel(the_cohort text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select viewer_reads_people() and viewer_role() in ('coordinator', 'commander')
    and exists (select from cohorts c where c.id = the_cohort and c.lead_agency = viewer_agency())
$$;

create function may_sit(the_cohort text, the_user uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from users u join agencies a on a.id = u.agency join cohort_parties p on p.agency = u.agency
    where u.id = the_user and p.cohort = the_cohort and u.state = 'active'
      and u.role in ('practitioner', 'coordinator', 'commander') and not a.kind = any (kinds_without_lists()))
$$;

create policy name_panels on panel_members for insert to concord_member with check (
  viewer_keeps_panel(cohort) and may_sit(cohort, user_id) and added_by = viewer_user() and added_at = present()
  and since >= present_day() and until is null
);

create policy end_panels on panel_members for update to concord_member
  using ((select viewer_reads_people()) and viewer_keeps_panel(cohort) and until is null)
  with check (until = present_day());

grant select, insert on panel_members to concord_member;

grant update (until) on panel_members to concord_member;

alter table placement_drafts enable row level security;

create policy own_placement_drafts on placement_drafts for all to concord_member
  using ((select viewer_reads_people()) and author = (select viewer_user()) and agency = (select viewer_agency()))
  with check (viewer_reads_people() and author = viewer_user() and agency = viewer_agency() and viewer_holds(person_id));

grant select, insert, delete on placement_drafts to concord_member;

grant update (answers, changed_at) on placement_drafts to concord_member;

alter table placements enable row level security;

create policy read_placements on placements for select to concord_member using (id in (select viewer_placements()));

-- Proposed by who holds a record of the person, to a cohort that the pack names, under an agreement in force (R13).
create policy propose_placements on placements for insert to concord_member with check (
  viewer_keeps_records() and from_agency = viewer_agency() and proposed_by = viewer_user() and created_at = present()
  and purpose = viewer_purpose() and viewer_holds(person_id) and state = 'new' and tier is null and owner is null
  and suspended_on is null and restricted_at is null
  and exists (
    select from cohorts c
    where c.id = cohort and c.in_pack and c.scheme = placements.scheme and c.lead_agency = placements.lead_agency
      and (c.lead_agency = viewer_agency()
        or agreement_covers(viewer_agency(), c.lead_agency, viewer_purpose(), array['cohort'])))
);

grant select, insert on placements to concord_member;

alter table placement_moves enable row level security;

create policy read_placement_moves on placement_moves for select to concord_member using (
  placement in (select viewer_weighed_placements())
);

-- R5, R6 and R21: nobody decides on what they proposed, and who approves as the second does not decide.
create policy act_on_placements on placement_moves for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and at = present()
  and exists (
    select from placements p
    where p.id = placement and case
      when action in ('propose', 'propose-with-approver') then p.proposed_by = viewer_user() and seq = 1
      when action = 'withdraw' then p.proposed_by = viewer_user()
      when action in ('approve', 'turn-down', 'approve-move', 'turn-down-move') then
        viewer_part(p.cohort) in ('chair', 'member') and placement_proposer(p.id) <> viewer_user()
      when action in ('place', 'refuse', 'move', 'refuse-move') then
        viewer_part(p.cohort) = 'chair' and placement_proposer(p.id) <> viewer_user()
        and placement_approver(p.id) is distinct from viewer_user()
      when action in ('propose-move', 'propose-move-with-approver', 'review', 'give-notice') then
        viewer_owns_placement(p.id) or viewer_part(p.cohort) in ('chair', 'member')
      when action = 'give-to' then viewer_owns_placement(p.id) or viewer_part(p.cohort) = 'chair'
      when action in ('renew', 'remove', 'withhold-notice') then viewer_part(p.cohort) = 'chair'
      when action = 'archive' then viewer_part(p.cohort) in ('chair', 'member')
      else false
    end
  )
);

grant select, insert on placement_moves to concord_member;

alter table placement_evidence enable row level security;

create policy read_placement_evidence on placement_evidence for select to concord_member using (
  placement in (select viewer_weighed_placements())
);

-- One's own agency's statements about the person, none of a closed circle, laid before the panel by who proposes.
create policy lay_evidence on placement_evidence for insert to concord_member with check (
  added_by = viewer_user() and added_at = present()
  and exists (
    select from entries e join placements p on p.person_id = e.person_id
    where e.id = entry and p.id = placement and e.agency = viewer_agency() and e.circle is null
      and p.from_agency = viewer_agency() and placement_proposer(p.id) is not distinct from viewer_user())
);

grant select, insert on placement_evidence to concord_member;

alter table placement_shares enable row level security;

create policy read_placement_shares on placement_shares for select to concord_member using (
  placement in (select viewer_placements())
);

create policy share_placements on placement_shares for insert to concord_member with check (
  shared_by = viewer_user() and shared_at = present()
  and exists (
    select from placements p
    where p.id = placement and p.state in ('placed', 'move-to-approve', 'move-to-decide')
      and (viewer_part(p.cohort) in ('chair', 'member') or viewer_owns_placement(p.id))
      and p.lead_agency <> agency
      and agreement_covers(p.lead_agency, agency, viewer_purpose(), array['cohort']))
);

grant select, insert on placement_shares to concord_member;

alter table placement_contacts enable row level security;

create policy read_placement_contacts on placement_contacts for select to concord_member using (
  placement in (select viewer_weighed_placements())
);

create policy note_contacts on placement_contacts for insert to concord_member with check (
  by_user = viewer_user() and by_agency = viewer_agency() and noted_at = present() and on_day <= present_day()
  and exists (
    select from placements p
    where p.id = placement and p.state in ('placed', 'move-to-approve', 'move-to-decide')
      and (viewer_owns_placement(p.id) or viewer_part(p.cohort) in ('chair', 'member')))
);

grant select, insert on placement_contacts to concord_member;

alter table removals enable row level security;

-- One's own agency's, and for a chair those of their cohort, to chase.
create policy read_removals on removals for select to concord_member using (
  (select viewer_reads_people())
  and (agency = (select viewer_agency())
    or cohort in (select v.cohort from viewer_panels() v where v.part = 'chair'))
);

create policy confirm_removals on removals for update to concord_member
  using ((select viewer_reads_people()) and agency = (select viewer_agency()) and confirmed_at is null)
  with check (confirmed_by = (select viewer_user()) and confirmed_at = (select present()));

grant select on removals to concord_member;

grant update (confirmed_by, confirmed_at) on removals to concord_member;

alter table placement_counts enable row level security;

alter table after_archive enable row level security;

-- The panel sees what the proposal rests on where an agreement lets the agency that wrote it show it; nothing that is
-- restricted, hidden or in a closed circle.
create function placement_statements(the_placement uuid) returns table (
  entry uuid, agency text, nature text, kind text, role_in_event text, occurred_on date, said text, source text,
  source_grade smallint, information_grade text, handling_conditions text
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, a.name, e.nature, e.kind, e.role_in_event, e.occurred_on, e.text, e.source, e.source_grade,
    e.information_grade, e.handling_conditions
  from placement_evidence v join entries e on e.id = v.entry join agencies a on a.id = e.agency
  where v.placement = the_placement and the_placement in (select viewer_weighed_placements())
    and e.restricted_at is null and e.suspended_on is null and e.circle is null
    and (e.agency = viewer_agency()
      or agreement_covers(e.agency, viewer_agency(), viewer_purpose(), array['cohort']))
  order by e.occurred_on desc, e.id
$$;

-- Agencies that were given a placement: whose proposal it was, who sat on the panel meanwhile, who was brought to it,
-- whose worker looked after it, and whoever opened it.
create function placement_recipients(the_placement uuid) returns setof text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select p.from_agency from placements p where p.id = the_placement
  union
  select p.lead_agency from placements p where p.id = the_placement
  union
  select u.agency from placements p join users u on u.id = p.owner where p.id = the_placement
  union
  select u.agency from placements p
  join panel_members m on m.cohort = p.cohort and (m.until is null or m.until >= london_day(p.created_at))
  join users u on u.id = m.user_id where p.id = the_placement
  union
  select s.agency from placement_shares s where s.placement = the_placement
  union
  select l.agency from placements p join audit l on l.event = 'placement-opened' and l.subject_id = p.reference
  where p.id = the_placement and l.agency is not null
$$;

create function tell_recipients(the_placement uuid, the_way text, at timestamptz) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into removals (placement, reference, cohort, agency, how, told_at, delete_on)
  select p.id, p.reference, p.cohort, r.agency, the_way, at, london_day(at) + 365
  from placements p cross join lateral placement_recipients(p.id) r (agency) join agencies a on a.id = r.agency
  where p.id = the_placement and a.closed_on is null
  on conflict (placement, agency) do nothing
$$;

-- One more of this step, by who it was about.
create function count_placement(counted placements, the_tier text, the_event text, on_day date) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  agreed tiers;
  known record;
  met record;
  years integer := extract(year from age(on_day, counted.birth_date));
  ending boolean := the_event in ('archive', 'remove', 'lapse');
begin
  select * into agreed from tiers t where t.scheme = counted.scheme and t.id = the_tier;
  select
    coalesce((array_agg(r.gender order by r.agency = counted.lead_agency desc) filter (where r.gender <> ''))[1], 'not-known') as gender,
    coalesce((array_agg(r.ethnicity_self order by r.agency = counted.lead_agency desc)
      filter (where r.ethnicity_self <> ''))[1], 'not-known') as ethnicity
  into known from agency_records r where r.person_id = counted.person_id;
  select count(*) as contacts, min(c.on_day) as first into met
  from placement_contacts c where c.placement = counted.id and c.how <> 'tried';
  insert into placement_counts as n
  values (
    date_trunc('month', on_day)::date, counted.cohort, the_tier, the_event,
    case when years is null then 'not-known' when years < 10 then 'under-10' when years < 14 then '10-13'
      when years < 16 then '14-15' when years < 18 then '16-17' when years < 25 then '18-24' else '25-and-over' end,
    known.gender, known.ethnicity,
    case when not ending or counted.placed_on is null then 'not-asked' when met.first is null then 'never'
      when met.first <= counted.placed_on + agreed.first_contact_days then 'in-time' else 'late' end,
    1,
    case when ending then coalesce(on_day - counted.placed_on, 0) else 0 end,
    case when ending then met.contacts else 0 end,
    case when ending and agreed.visit_every is not null then coalesce(on_day - counted.placed_on, 0) / agreed.visit_every
      else 0 end,
    case when ending then (
      select count(*) from placement_moves m where m.placement = counted.id and m.action in ('review', 'renew')) else 0 end
  )
  on conflict (month, cohort, tier, event, age, gender, ethnicity, contact) do update set
    placements = n.placements + 1, days = n.days + excluded.days, contacts = n.contacts + excluded.contacts,
    expected = n.expected + excluded.expected, reviews = n.reviews + excluded.reviews;
end $$;

-- Keeps the row of a placement where its moves have led, counts the step, and tells whom its end concerns.
create function keep_placement_state() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before placements;
  on_day date := london_day(new.at);
  next_review date := (new.detail ->> 'reviewOn')::date;
  ended boolean := new.state_after in ('refused', 'withdrawn', 'archived', 'removed');
  ends date;
  other record;
begin
  select * into before from placements where id = new.placement for update;
  -- What has ended is deleted soon: the names of those who were told of a removal go when all have confirmed it.
  ends := case when ended
    then least(before.delete_on, on_day + case when new.state_after in ('archived', 'removed') then 90 else 28 end)
    else before.delete_on end;
  -- R10, whatever a form said.
  if next_review is not null and next_review not between on_day + 1 and on_day + 180 then
    raise exception 'No review lies further off than 180 days.' using errcode = 'check_violation';
  end if;
  update placements p set
    state = new.state_after, state_by = new.by_user, state_at = new.at,
    tier = case when new.action in ('place', 'move') then new.detail ->> 'tier' else tier end,
    wanted = case
      when new.action like 'propose%' then new.detail ->> 'tier'
      when new.state_after in ('placed', 'lapsed') or ended then null
      else wanted end,
    owner = case when new.action in ('place', 'move', 'give-to') then coalesce((new.detail ->> 'owner')::uuid, owner) else owner end,
    placed_on = case when new.action = 'place' then on_day else placed_on end,
    notice = case new.action when 'place' then 'due' when 'give-notice' then 'given' when 'withhold-notice' then 'withheld' else notice end,
    -- When it has to be given, was given, or is looked at again.
    notice_on = case new.action when 'place' then on_day + 7 when 'give-notice' then on_day
      when 'withhold-notice' then (new.detail ->> 'againOn')::date else notice_on end,
    challenged_at = case when new.action = 'challenge' then new.at else challenged_at end,
    suspended_on = case when new.action = 'renew' then null else suspended_on end,
    delete_on = ends,
    -- `least` passes over what is null: a step that says nothing of the next review leaves its day where it was.
    review_on = case when ended then ends when next_review is null then review_on else least(next_review, ends) end
  where id = new.placement;
  if new.action = 'place' then
    -- Other panels of the scheme that were about to decide on the same person are told that one has.
    for other in
      select o.id, (select max(m.seq) from placement_moves m where m.placement = o.id) as seq
      from placements o
      where o.person_id = before.person_id and o.scheme = before.scheme and o.id <> before.id
        and o.state in ('to-approve', 'to-decide')
    loop
      insert into placement_moves (placement, seq, action, state_after, at, request_key)
      values (other.id, other.seq + 1, 'overtake', 'refused', new.at, gen_random_uuid());
    end loop;
  end if;
  if new.action not in ('review', 'give-notice', 'withhold-notice', 'give-to', 'challenge') then
    perform count_placement(before, coalesce(new.detail ->> 'tier', before.tier, before.wanted), new.action, on_day);
  end if;
  if new.state_after in ('archived', 'removed') then
    perform tell_recipients(new.placement, new.state_after, new.at);
  end if;
  if new.action = 'archive' and new.detail ->> 'pseudonym' is not null then
    insert into after_archive (pseudonym, cohort, tier, archived_on, delete_on)
    values (new.detail ->> 'pseudonym', before.cohort, before.tier, on_day, on_day + 548)
    on conflict do nothing;
    update placement_moves set detail = detail - 'pseudonym' where placement = new.placement and seq = new.seq;
  end if;
  return null;
end $$;

create trigger placement_state after insert on placement_moves for each row execute function keep_placement_state();

-- R10: the night's suspension of what nobody reviewed is a move as well.
create function lapse_placement() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state in ('refused', 'withdrawn', 'archived', 'removed', 'lapsed') then
    return null;
  end if;
  insert into placement_moves (placement, seq, action, state_after, at, request_key)
  select new.id, coalesce(max(m.seq), 0) + 1, 'lapse', 'lapsed', present(), gen_random_uuid()
  from placement_moves m where m.placement = new.id;
  return null;
end $$;

create trigger placement_lapses after update of suspended_on on placements for each row
  when (old.suspended_on is null and new.suspended_on is not null) execute function lapse_placement();

-- Deleted without an end that was told: whoever was given it is told now.
create function tell_of_deleted_placement() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.placed_on is not null and old.state not in ('archived', 'removed') then
    perform tell_recipients(old.id, 'lapsed',
      coalesce(nullif(current_setting('concord.now', true), '')::timestamptz, clock_timestamp()));
  end if;
  return old;
end $$;

create trigger deleted_placement_is_told before delete on placements for each row
  execute function tell_of_deleted_placement();

-- When the last has confirmed, the name goes that night.
create function end_of_removal() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update placements p set delete_on = london_day(new.confirmed_at), review_on = london_day(new.confirmed_at)
  where p.id = new.placement and p.state in ('archived', 'removed')
    and not exists (select from removals r where r.placement = p.id and r.confirmed_at is null);
  return null;
end $$;

create trigger removal_confirmed after update of confirmed_at on removals for each row execute function end_of_removal();

-- One panel decides about a person at a time: whoever comes second waits here, and then sees what the first decided.
create function hold_person(the_person uuid) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('placement ' || the_person, 0))
$$;

-- Whom to ask where another panel of the scheme has placed the same person; nothing of what it holds.
create function placed_elsewhere(the_placement uuid) returns table (agency text, contact text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.name, a.contact
  from placements p
  join placements o on o.person_id = p.person_id and o.scheme = p.scheme and o.id <> p.id
    and o.state in ('placed', 'move-to-approve', 'move-to-decide')
  join agencies a on a.id = o.lead_agency
  where p.id = the_placement and viewer_part(p.cohort) = 'chair'
$$;

-- R21: the person, or somebody for them, challenges being included. Whoever they say it to writes it down; a case is
-- opened for information governance, and goes to a reviewer who had no part.
alter table rights_cases add column about_placement text;

create index rights_cases_about_placement on rights_cases (about_placement) where about_placement is not null;

create function challenge_placement(the_placement uuid, the_key uuid, their_words text, their_address text, for_them text)
returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  challenged placements;
  lead agencies;
  the_reference text;
begin
  select c.reference into the_reference from rights_cases c where c.id = the_key and c.opened_by = viewer_user();
  if found then
    return the_reference;
  end if;
  select * into challenged from placements p
    where p.id = the_placement and p.id in (select viewer_placements())
      and p.state in ('to-approve', 'to-decide', 'placed', 'move-to-approve', 'move-to-decide', 'lapsed');
  if not found or length(trim(their_words)) = 0 then
    return null;
  end if;
  select * into lead from agencies where id = challenged.lead_agency;
  the_reference := next_reference('RR');
  insert into rights_cases (id, reference, kind, regime, given, birth_date, asked_by, reach_at, about, about_placement,
    received_on, subjects, agency, opened_by, opened_at)
  values (the_key, the_reference, 'challenge',
    case when lead.kind in ('police', 'probation', 'prison') then 'law-enforcement' else 'general' end,
    challenged.called, case when challenged.birth_date_known = 'day' then challenged.birth_date end,
    for_them, their_address, their_words, challenged.reference, present_day(), array[challenged.person_id],
    viewer_agency(), viewer_user(), present());
  insert into rights_actions (rights_case, seq, action, state_after, by_user, at, request_key)
  values (the_key, 1, 'open', 'received', viewer_user(), present(), the_key);
  insert into placement_moves (placement, seq, action, state_after, by_user, by_agency, at, request_key, detail)
  select challenged.id, max(m.seq) + 1, 'challenge', challenged.state, viewer_user(), viewer_agency(), present(), the_key,
    jsonb_build_object('rightsCase', the_reference)
  from placement_moves m where m.placement = challenged.id;
  return the_reference;
end $$;

-- How the challenges of a placement stand, for those who weigh it: reference, state, and what the reviewer found.
create function placement_challenges(the_placement uuid) returns table (reference text, state text, outcome text, opened_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.reference,
    (select a.state_after from rights_actions a where a.rights_case = c.id order by a.seq desc limit 1),
    (select a.detail ->> 'outcome' from rights_actions a where a.rights_case = c.id and a.action = 'decide' order by a.seq desc limit 1),
    london_day(c.opened_at)
  from placements p join rights_cases c on c.about_placement = p.reference
  where p.id = the_placement and p.id in (select viewer_weighed_placements())
  order by c.opened_at
$$;

-- Placements of the viewer's of which a reviewer has found a challenge right, in part or as a whole.
create function viewer_upheld_challenges() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id
  from rights_cases c
  join rights_actions a on a.rights_case = c.id and a.action = 'decide' and a.detail ->> 'outcome' in ('upheld', 'in-part')
  join placements p on p.reference = c.about_placement
  where c.about_placement is not null and p.id in (select viewer_weighed_placements())
$$;

-- Who proposed, approved, sat on the panel or moved a placement reviews no challenge of it (R21).
create function placement_took_part(the_case uuid) returns setof uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select m.by_user from rights_cases c join placements p on p.person_id = any (c.subjects)
  join placement_moves m on m.placement = p.id where c.id = the_case and m.by_user is not null
  union
  select (s.value ->> 'user')::uuid from rights_cases c join placements p on p.person_id = any (c.subjects)
  join placement_moves m on m.placement = p.id cross join lateral jsonb_array_elements(m.detail -> 'panel') s
  where c.id = the_case and jsonb_typeof(m.detail -> 'panel') = 'array'
  union
  select p.owner from rights_cases c join placements p on p.person_id = any (c.subjects)
  where c.id = the_case and p.owner is not null
  union
  select m.user_id from rights_cases c join placements p on p.reference = c.about_placement
  join panel_members m on m.cohort = p.cohort and (m.until is null or m.until >= london_day(p.created_at))
  where c.id = the_case
$$;

insert into part_sources values ('placement_took_part');

-- What the copy for the person says of placements (R22): all of it, also what is hidden or restricted.
create function placements_held(asked rights_cases) returns table (item text, kind text, agency text, at timestamptz, more jsonb)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select 'placement-' || p.id, 'placement', p.lead_agency, p.created_at, jsonb_build_object(
    'on', london_day(p.created_at), 'to', c.name, 'purpose', p.purpose, 'legalBasis', p.legal_basis, 'by', u.post,
    'deleteOn', p.delete_on, 'suspended', p.suspended_on is not null, 'restricted', p.restricted_at is not null,
    'content', jsonb_build_object('called', p.called, 'tier', t.name, 'state', p.state, 'whatWasDone', (
      select coalesce(jsonb_agg(jsonb_build_array(m.action, m.detail) order by m.seq), '[]')
      from placement_moves m where m.placement = p.id),
      'contacts', (select coalesce(jsonb_agg(jsonb_build_array(k.on_day, k.how) order by k.on_day), '[]')
        from placement_contacts k where k.placement = p.id),
      'given', array(select a.name from placement_shares s join agencies a on a.id = s.agency where s.placement = p.id)))
  from placements p join cohorts c on c.id = p.cohort join users u on u.id = p.proposed_by
  left join tiers t on t.scheme = p.scheme and t.id = p.tier
  where p.person_id = any (asked.subjects)
  union all
  select 'placement-draft-' || d.id, 'placement-draft', d.agency, d.started_at, jsonb_build_object(
    'on', london_day(d.started_at), 'by', u.post, 'deleteOn', d.delete_on, 'content', d.answers)
  from placement_drafts d join users u on u.id = d.author where d.person_id = any (asked.subjects)
$$;

insert into held_sources values ('placements_held');

-- What a dispute can be about (R22).
create function disputable_placements(the_case uuid) returns table (
  id uuid, kind text, agency text, nature text, said_of_day date, written_at timestamptz, restricted_at timestamptz
)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select p.id, 'placement', a.name, 'placement ' || p.reference, london_day(p.created_at), p.created_at, p.restricted_at
  from rights_cases c join placements p on p.person_id = any (c.subjects) join agencies a on a.id = p.lead_agency
  where c.id = the_case and rights_case_is_ready(c.id)
    and c.kind in ('rectification', 'objection', 'restriction', 'challenge')
$$;

insert into disputable_kinds values ('placement', 'placements', 'disputable_placements');

-- Notices, and what somebody has to do by when.
insert into notice_subjects values ('placement'), ('removal');

create function panel_of(the_cohort text, parts text[]) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select m.user_id from panel_members m join users u on u.id = m.user_id
  where m.cohort = the_cohort and m.part = any (parts) and u.state = 'active'
    and m.since <= present_day() and (m.until is null or m.until > present_day())
$$;

-- Whether the viewer has just done this to the placement, in this transaction.
create function viewer_just_placed(the_placement uuid, actions text[]) returns boolean language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from placement_moves m
    where m.placement = the_placement and m.action = any (actions) and m.by_user = viewer_user() and m.at = present())
$$;

create function notices_of_placements(the_kind text, subject uuid)
returns table (recipient uuid, subject_kind text, reference text, link text) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select t, 'placement', p.reference, '/cohorts/placements/' || p.reference
  from placements p cross join lateral (
    select panel_of(p.cohort, '{chair,member}') except select placement_proposer(p.id)
  ) told (t)
  where the_kind = 'placement-to-approve' and p.id = subject and p.state in ('to-approve', 'move-to-approve')
    and viewer_just_placed(p.id, '{propose-with-approver,propose-move-with-approver}')

  union all
  select t, 'placement', p.reference, '/cohorts/placements/' || p.reference
  from placements p cross join lateral (
    select panel_of(p.cohort, '{chair}') except select placement_proposer(p.id) except select placement_approver(p.id)
  ) told (t)
  where the_kind = 'placement-to-decide' and p.id = subject and p.state in ('to-decide', 'move-to-decide')
    and viewer_just_placed(p.id, '{propose,approve,propose-move,approve-move}')

  union
  select t, 'placement', p.reference, '/cohorts/placements/' || p.reference
  from placements p cross join lateral (
    select u.id from users u where u.state = 'active' and u.id in (p.proposed_by, placement_proposer(p.id))
  ) told (t)
  where the_kind = 'placement-decided' and p.id = subject
    and viewer_just_placed(p.id, '{turn-down,place,refuse,turn-down-move,move,refuse-move}')

  union all
  select p.owner, 'placement', p.reference, '/cohorts/placements/' || p.reference
  from placements p join users u on u.id = p.owner and u.state = 'active'
  where the_kind = 'lead-worker-named' and p.id = subject and viewer_just_placed(p.id, '{place,move,give-to}')

  -- The other panel of two that were about to decide.
  union all
  select t, 'placement', o.reference, '/cohorts/placements/' || o.reference
  from placements p join placement_moves m on m.action = 'overtake' and m.at = present()
  join placements o on o.id = m.placement and o.person_id = p.person_id and o.scheme = p.scheme and o.id <> p.id
  cross join lateral (
    select panel_of(o.cohort, '{chair}') union select u.id from users u where u.id = o.proposed_by and u.state = 'active'
  ) told (t)
  where the_kind = 'placement-overtaken' and p.id = subject and viewer_just_placed(p.id, '{place}')

  union all
  select t, 'removal', r.reference, '/cohorts/removals'
  from removals r cross join lateral active_users(r.agency, '{coordinator}') t
  where the_kind = 'placement-ended' and r.placement = subject and viewer_just_placed(subject, '{archive,remove}')

  union all
  select t, 'rights-case', c.reference, '/governance/rights/' || c.reference
  from placements p join rights_cases c on c.about_placement = p.reference and c.opened_by = viewer_user() and c.opened_at = present()
  cross join lateral active_officers() t
  where the_kind = 'placement-challenged' and p.id = subject
$$;

insert into notice_kinds (kind, found_by)
select kind, 'notices_of_placements' from unnest(array[
  'placement-to-approve', 'placement-to-decide', 'placement-decided', 'lead-worker-named', 'placement-overtaken',
  'placement-ended', 'placement-challenged']) kind;

create function placement_deadlines() returns table (
  recipient uuid, what text, subject_kind text, reference text, link text, since timestamptz, due_at timestamptz, due_on date
) language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t, 'placement-approval', 'placement', p.reference, '/cohorts/placements/' || p.reference, p.state_at,
    null::timestamptz, null::date
  from placements p cross join lateral (
    select panel_of(p.cohort, '{chair,member}') except select placement_proposer(p.id)
  ) told (t)
  where p.state in ('to-approve', 'move-to-approve') and p.suspended_on is null and p.restricted_at is null

  union all
  select t, 'placement-decision', 'placement', p.reference, '/cohorts/placements/' || p.reference, p.state_at, null, null
  from placements p cross join lateral (
    select panel_of(p.cohort, '{chair}') except select placement_proposer(p.id) except select placement_approver(p.id)
  ) told (t)
  where p.state in ('to-decide', 'move-to-decide') and p.suspended_on is null and p.restricted_at is null

  -- The lead worker has it in the calendar; chairs are told in its last week.
  union all
  select t, 'placement-review', 'placement', p.reference, '/cohorts/placements/' || p.reference, p.state_at, null, p.review_on
  from placements p cross join lateral (
    select u.id from users u where u.id = p.owner and u.state = 'active'
    union
    select panel_of(p.cohort, '{chair}') where p.review_on <= present_day() + 7
  ) told (t)
  where p.state in ('placed', 'move-to-approve', 'move-to-decide') and p.suspended_on is null and p.restricted_at is null

  union all
  select t, 'inclusion-notice', 'placement', p.reference, '/cohorts/placements/' || p.reference, p.state_at, null, p.notice_on
  from placements p cross join lateral (
    select u.id from users u where p.notice = 'due' and u.id = p.owner and u.state = 'active'
    union
    select panel_of(p.cohort, '{chair}') where p.notice = 'withheld'
  ) told (t)
  where p.notice in ('due', 'withheld') and p.state in ('placed', 'move-to-approve', 'move-to-decide')
    and p.suspended_on is null and p.restricted_at is null

  union all
  select t, 'removal', 'removal', r.reference, '/cohorts/removals', r.told_at, null, null
  from removals r cross join lateral active_users(r.agency, '{coordinator}') t
  where r.confirmed_at is null
$$;

insert into deadline_sources values ('placement_deadlines');

-- What goes well, what keeps them safe and what they say, as last laid before the panel: for everybody who may open it.
create function placement_strengths(the_placement uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('strengths', m.detail -> 'strengths', 'protective', m.detail -> 'protective',
    'view', m.detail -> 'view', 'viewNotAsked', m.detail -> 'viewNotAsked')
  from placement_moves m
  where m.placement = the_placement and m.action in ('propose', 'propose-with-approver')
    and the_placement in (select viewer_placements())
  order by m.seq desc limit 1
$$;

-- Why somebody may see a placement or may not, for governance: who sits, who was brought to it; not a word of it.
create function placement_access_facts(the_id uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object(
    'thing', jsonb_build_object('kind', 'placement', 'cohort', p.cohort, 'lead', p.lead_agency, 'from', p.from_agency,
      'proposedBy', p.proposed_by, 'owner', p.owner, 'state', p.state, 'suspendedOn', p.suspended_on,
      'restrictedAt', p.restricted_at,
      'brought', array(select s.agency from placement_shares s where s.placement = p.id),
      'unconfirmed', array(select r.agency from removals r where r.placement = p.id and r.confirmed_at is null)),
    'panels', (
      select coalesce(jsonb_agg(jsonb_build_object('cohort', m.cohort, 'lead', p.lead_agency, 'user', m.user_id,
        'part', m.part, 'since', m.since, 'until', m.until,
        'parties', array(select q.agency from cohort_parties q where q.cohort = m.cohort))), '[]')
      from panel_members m where m.cohort = p.cohort))
  from placements p where viewer_governs() and p.id = the_id
$$;

-- The end of a demonstration takes its placements with its people; what is left of them are counts and panels.
create function end_demonstration_of_cohorts() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from users where synthetic and state <> 'left') then
    delete from placements where proposed_by in (select id from users where synthetic);
    delete from placement_drafts where author in (select id from users where synthetic);
    delete from panel_members where user_id in (select id from users where synthetic);
    delete from removals;
    delete from placement_counts;
    delete from after_archive;
  end if;
  return null;
end $$;

-- Before `real_account_ends_demonstration`, by the order of their names.
create trigger a_real_account_ends_cohorts after insert on users for each row when (not new.synthetic)
  execute function end_demonstration_of_cohorts();

revoke execute on function viewer_panels, viewer_part, viewer_weighed_placements, viewer_placements, placement_proposer,
  placement_approver, viewer_owns_placement, viewer_keeps_panel, may_sit, placement_statements, placement_recipients,
  tell_recipients, count_placement, hold_person, placed_elsewhere, challenge_placement, placement_challenges, placement_took_part,
  placements_held, disputable_placements, panel_of, viewer_just_placed, notices_of_placements, placement_deadlines,
  placement_strengths, viewer_upheld_challenges, placement_access_facts, end_demonstration_of_cohorts, keep_placement_state, lapse_placement, tell_of_deleted_placement, end_of_removal
  from public;

grant execute on function viewer_panels, viewer_part, viewer_weighed_placements, viewer_placements, placement_proposer,
  placement_approver, viewer_owns_placement, viewer_keeps_panel, may_sit, placement_statements, hold_person,
  placed_elsewhere, challenge_placement, placement_challenges, placement_strengths, viewer_upheld_challenges,
  placement_access_facts to concord_member;
