-- The catalogue of the evidence store: what was sent, what was kept, and which files are the present truth.

create table loads (
  id bigint generated always as identity primary key,
  dataset text not null,
  supplier text,
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  status text not null check (status in ('active', 'waiting', 'withdrawn')),
  rows_read bigint not null,
  rows_accepted bigint not null,
  rows_rejected bigint not null,
  rows_repeated bigint not null,
  first_month text,
  last_month text,
  encoding text not null,
  loaded_by text not null,
  loaded_at timestamptz not null,
  ended_by text,
  ended_at timestamptz
);

comment on table loads is 'One row per file sent. A load is a version: withdrawing it puts the earlier truth back.';

create unique index loads_same_file on loads (dataset, file_sha256) where status <> 'withdrawn';

-- What a load brought, month by month, as immutable Parquet. Kept while the load may be withdrawn or re-merged.
create table load_files (
  load_id bigint not null references loads (id),
  month text not null,
  file text not null,
  rows bigint not null,
  placed_with text not null,
  primary key (load_id, month)
);

-- The present truth: the files that answer for a dataset and month. Swapped in one transaction. A file that a
-- later load replaced in part is a filtered copy; superseded_by says by which loads, so that withdrawing one
-- of them gives back exactly the file that stood before.
create table active_files (
  dataset text not null,
  month text not null,
  file text not null,
  rows bigint not null,
  load_id bigint not null references loads (id),
  superseded_by bigint[] not null default '{}',
  forces jsonb not null default '{}',
  primary key (load_id, month)
);

create index active_files_by_month on active_files (dataset, month);

-- One row: the version of the evidence, which is the hash of the active files. Written with every swap.
create table evidence_state (
  only_row boolean primary key default true check (only_row),
  version text not null
);

create table findings (
  load_id bigint not null references loads (id),
  position integer not null,
  kind text not null,
  sentence text not null,
  rows bigint,
  primary key (load_id, position)
);

comment on table findings is 'What intake noticed about a load: blanks, doubled months, points outside, unknown names.';

create table rejection_reasons (
  load_id bigint not null references loads (id),
  reason text not null,
  rows bigint not null,
  primary key (load_id, reason)
);

create table column_mappings (
  supplier text not null,
  dataset text not null,
  mapping jsonb not null,
  saved_at timestamptz not null,
  primary key (supplier, dataset)
);

comment on table column_mappings is 'Other people''s headings: {their heading: our column}, saved per supplier.';

-- Areas and boundaries. An area exists in a vintage and between dates; codes are not for ever.
-- Files of several places may make up one layer and vintage: one file per police force, say.
create table boundary_sets (
  id bigint generated always as identity primary key,
  layer text not null,
  vintage text not null,
  valid_from date,
  valid_to date,
  file text not null,
  file_sha256 text not null,
  features integer not null,
  loaded_at timestamptz not null,
  unique (layer, vintage, file_sha256)
);

create table areas (
  kind text not null,
  code text not null,
  name text not null,
  vintage text not null,
  valid_from date,
  valid_to date,
  boundary_set bigint references boundary_sets (id) on delete cascade,
  primary key (kind, code, vintage)
);

comment on column areas.boundary_set is 'The file that draws the area; null for an area that only the area pack names.';

-- Best-fit parents of small areas, and the same small area in another vintage. The same code may have other
-- parents in another vintage. share is the part of the area that goes to the parent.
create table area_parents (
  kind text not null,
  code text not null,
  vintage text not null,
  parent_kind text not null,
  parent_code text not null,
  parent_vintage text not null,
  share double precision not null default 1,
  boundary_set bigint references boundary_sets (id) on delete cascade,
  primary key (kind, code, vintage, parent_kind, parent_code, parent_vintage)
);

comment on column area_parents.boundary_set is 'The boundary file that says so; null for a lookup.';

create table acts (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  act text not null,
  subject text not null,
  detail jsonb not null default '{}'
);

comment on table acts is 'Record of what was done with the evidence: loads, withdrawals, downloads of rows, exports.';
