-- The latest time that the program has seen on its clock. When the clock shows less, it went back: what was to end by it must
-- not begin again (R20), and the record of acts says so.
create table clock_seen (
  only_row boolean primary key default true check (only_row),
  latest timestamptz not null
);

alter table sessions drop constraint sessions_ended_because_check;

alter table sessions add constraint sessions_ended_because_check check (
  ended_because in ('signed-out', 'revoked', 'administrator', 'account-ended', 'new-password', 'clock-went-back'));
