-- How a load's file was read: the hash of its bytes and of what decided their meaning (which heading is which
-- column, the force and month of the file's name, how many rows passed). Evidence files are named by it: the
-- same bytes read in another way are other evidence and need other names.
alter table loads add column reading text;
update loads set reading = file_sha256;
alter table loads alter column reading set not null;
