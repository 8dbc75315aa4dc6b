-- Acts upon evidence stood in a table of their own, which nothing guarded. From here on they are entries of the record of
-- acts, chained like every other (R19).
--
-- What stood there is carried over in its order, with the time at which it was done: so the times of these entries are earlier
-- than those before them. Until this day nothing would have shown a change of it; each says so by `carriedOver`. Who acted
-- becomes a number where exactly one account has the name that was noted, and no name is taken along.

do $$
declare
  old record;
  head audit_head;
  entry audit;
  carried bigint := 0;
begin
  select * into head from audit_head for update;
  for old in
    select a.*, u.id as user_id, u.agency as user_agency, u.role as user_role,
      (regexp_match(a.actor, '^command line \((.*)\)$'))[1] as account,
      (regexp_match(a.actor, '\((link|demo)\)$'))[1] as way
    from acts a left join lateral (
      select (array_agg(s.id))[1] as id, (array_agg(s.agency))[1] as agency, (array_agg(s.role))[1] as role
      from users s join agencies g on g.id = s.agency where s.name || ', ' || g.name = a.actor
      having count(*) = 1
    ) u on true
    order by a.id
  loop
    entry.seq := head.seq + 1;
    entry.at := old.at;
    entry.user_id := old.user_id;
    entry.agency := old.user_agency;
    entry.role := case
      when old.user_id is not null then old.user_role
      when old.account is not null then 'operator'
      when old.actor = 'program (API)' then 'key'
      when old.way is not null then old.way
      when old.actor <> 'synthetic partnership' then 'unknown'
    end;
    entry.event := case old.act
      when 'FILE_LOADED' then 'file-sent'
      when 'LOAD_WITHDRAWN' then 'load-withdrawn'
      when 'PLACED_AGAIN' then 'rows-placed-again'
      else old.act
    end;
    entry.outcome := 'done';
    entry.subject_kind := case
      when old.subject ~ '^load \d+$' or old.act = 'rejected-rows-downloaded' then 'load'
      when old.act = 'figure-downloaded' then 'figure'
      when old.act in ('mapping-saved', 'mapping-removed') then 'mapping'
    end;
    entry.subject_id := case entry.subject_kind
      when 'load' then coalesce(substring(old.subject from '^load (\d+)$'), old.detail ->> 'id')
      when 'figure' then coalesce(old.detail ->> 'measure', old.subject)
      when 'mapping' then old.subject
    end;
    entry.detail := jsonb_strip_nulls(jsonb_build_object(
      'carriedOver', true, 'account', old.account, 'dataset', old.detail -> 'dataset', 'status', old.detail -> 'status',
      'loads', old.detail -> 'loads', 'rows', old.detail -> 'rows', 'format', old.detail -> 'format'));
    entry.previous_hash := head.hash;
    entry.hash := audit_hash(entry);
    insert into audit select entry.*;
    head.seq := entry.seq;
    head.hash := entry.hash;
    carried := carried + 1;
  end loop;
  if carried > 0 then
    entry := null;
    entry.seq := head.seq + 1;
    entry.at := now();
    entry.event := 'evidence-acts-carried-over';
    entry.outcome := 'done';
    entry.detail := jsonb_build_object('acts', carried);
    entry.previous_hash := head.hash;
    entry.hash := audit_hash(entry);
    insert into audit select entry.*;
    head.seq := entry.seq;
    head.hash := entry.hash;
  end if;
  update audit_head set seq = head.seq, hash = head.hash;
end $$;

drop table acts;

-- What was done to one load, or with one figure.
create index audit_by_subject on audit ((subject_kind || ' ' || subject_id)) where subject_id is not null;
