/** A sentence for each entry of a list that has the id of one before it. `name` is the list's place in the pack. */
export const doubledIds = (name: string, list: readonly { id: string }[]): string[] =>
  list.flatMap(({ id }, i) =>
    list.findIndex(a => a.id === id) < i ? [`${name}[${i}] has the id ${id}, which another has.`] : [],
  )
