/**
 * Kinds of agency of which everybody who works with people may work on groups; of the others, coordinators alone, and of a
 * school, a landlord or an immigration body nobody (`kinds-without-lists.ts`, R14). The database knows the same kinds
 * (`kinds_with_groups`), and a test compares the two.
 */
export const kindsWithGroups: readonly string[] = ['police', 'youth-justice']
