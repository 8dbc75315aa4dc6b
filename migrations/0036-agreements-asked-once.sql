-- True where one agreement in force covers all of it. Asked in most policies, so that it starts from the two agencies'
-- agreements and does not go through all.
create or replace function agreement_covers(one text, other text, for_purpose text, fields text[]) returns boolean
language sql stable
  return cardinality(fields) > 0 and one <> other and exists (
    select from agreement_parties p
    join agreement_parties q on q.agreement = p.agreement
    join agreements a on a.id = p.agreement
    where p.agency = one and q.agency = other and a.purpose = for_purpose
      and agreement_in_force(a.starts_on, a.ends_on, a.ended_on)
      and fields <@ array(select f.field from agreement_fields f where f.agreement = a.id)
  );
