/**
 * What Concord counts in its own casework comes through the same door as any partner's file, under a supplier's name
 * that nobody else can bear.
 */
export const OWN_SUPPLIER = 'Concord'
