/** Numbers of things, in the one spelling that the database gives. */
export const UUID_PATTERN = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

const shape = new RegExp(UUID_PATTERN)

export const isUuid = (text: string): boolean => shape.test(text)
