-- Schemes of tiers and cohorts, as the area pack names them. What the pack no longer names stays, with its name, for as
-- long as somebody is in it.

-- Kinds of agency that are never given a list of people (R14): src/areas/kinds-without-lists.ts, compared by a test.
create function kinds_without_lists() returns text[] language sql immutable
  return array['education', 'housing', 'immigration', 'school'];

create table tier_schemes (
  id text primary key,
  name text not null,
  from_day date not null,
  source text not null,
  in_pack boolean not null default true
);

create table tiers (
  scheme text not null references tier_schemes (id),
  id text not null,
  name text not null,
  purpose text not null,
  -- Orders tiers within their scheme, and never people (R6).
  rank smallint not null,
  lead_agency text not null references agencies (id),
  lead_rank text not null,
  above_support boolean not null,
  custody boolean not null,
  first_contact_days smallint not null,
  -- R10, and R5: sooner for under-18s.
  review_days smallint not null check (review_days between 1 and 180),
  review_days_child smallint not null check (review_days_child between 1 and review_days),
  expected_activity text not null,
  visit_every smallint,
  may_place text[] not null,
  may_move text[] not null,
  may_archive text[] not null,
  in_pack boolean not null default true,
  primary key (scheme, id)
);

create table cohorts (
  id text primary key,
  name text not null,
  scheme text not null references tier_schemes (id),
  lead_agency text not null references agencies (id),
  purpose text not null,
  source text not null,
  in_pack boolean not null default true
);

create table cohort_parties (
  cohort text not null references cohorts (id) on delete cascade,
  agency text not null references agencies (id),
  primary key (cohort, agency)
);

-- What stands in the pack is open to everybody at work.
grant select on tier_schemes, tiers, cohorts, cohort_parties to concord_member;
