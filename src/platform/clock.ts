/** The only source of "now": passed in, so that tests and rebuilt papers can choose it. UTC instants. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
