/** Whether names are hidden on this device: a projected screen stays without them from one meeting to the next. */
export const NAMES_COOKIE = 'concord-names'

export const namesHidden = (cookies: Readonly<Record<string, string | undefined>>): boolean =>
  cookies[NAMES_COOKIE] === 'hidden'
