-- A guest who throws away what they began is counted like anybody: 0023 came after the role of guests, and left it out.

grant execute on function note_discarded_draft to concord_guest;
