/**
 * Kinds of agency that are never given a list of people in a cohort (R14): a label has cost people their homes, their schools
 * and their leave to stay (Amnesty, Trapped in the Matrix, 2018; ICO enforcement notice on the Gangs Matrix, November 2018).
 * The database knows the same kinds (`kinds_without_lists`), and a test compares the two.
 */
export const kindsWithoutLists: readonly string[] = ['education', 'housing', 'immigration', 'school']
