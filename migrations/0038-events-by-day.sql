-- What every agenda and every list of the morning asks for: people in the events of the last night, and referrals that are to
-- be reviewed by tomorrow. Without these, each goes through all that was ever written.
create index entries_events on entries (occurred_on) where kind = 'event';

create index referrals_by_review on referrals (review_on) where suspended_on is null;
