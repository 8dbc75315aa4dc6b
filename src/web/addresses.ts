/** Addresses: the filter, the order and the page of everything live in the query string. */

/** The same address with some parameters changed; null takes one away. Repeated values are replaced together. */
export function withQuery(url: string, changes: Record<string, string | string[] | null>): string {
  const [path, query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    parameters.delete(name)
    for (const one of value === null ? [] : [value].flat()) parameters.append(name, one)
  }
  return addressOf(path!, parameters)
}

/** The same address without one of several values of a parameter: what a filter tag links to. */
export function withoutValue(url: string, name: string, value: string): string {
  const [path, query = ''] = url.split('?', 2)
  const kept = [...new URLSearchParams(query)].filter(([n, v]) => n !== name || v !== value)
  return addressOf(path!, new URLSearchParams(kept))
}

const addressOf = (path: string, parameters: URLSearchParams): string => {
  const query = parameters.toString()
  return query ? `${path}?${query}` : path
}

/**
 * The address where it is a path of this very site, else null: where to go after signing in comes with the request, and must
 * not lead anywhere else (`//elsewhere`, `/\\elsewhere`, `https://elsewhere`, a line break into the headers).
 */
export function localPath(text: string | undefined): string | null {
  if (!text || text.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\'))
    return null
  return text
}
