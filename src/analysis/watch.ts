/** What a long computation tells between its steps, so that whoever waits can show how far it is, or stop it. */
export interface Watch {
  /** `done` of `of` equal steps are behind. Throws `Stopped` where nobody waits any more. */
  step(done: number, of: number): void
}

/** For work that nobody watches. */
export const unwatched: Watch = { step: () => {} }

/** The work was stopped on request: no answer, and no fault. */
export class Stopped extends Error {
  constructor() {
    super('The computation was stopped.')
    this.name = 'Stopped'
  }
}
