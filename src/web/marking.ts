/** What stands at the head of every printed page. */
export const markingOf = (synthetic: boolean, people: boolean): string =>
  synthetic ? 'SYNTHETIC' : people ? 'OFFICIAL – SENSITIVE' : 'OFFICIAL'
