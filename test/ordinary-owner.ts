/**
 * A database on a server that belongs to an ordinary user, who may create roles and nothing else beyond: as an
 * installation should run. The tests' own server starts with a superuser, whom no policy binds.
 */
import pg from 'pg'

/** Makes the user and their database, and gives the address at which they sign in. `name` serves as both. */
export async function ordinaryOwner(
  superuserUrl: string,
  name = 'ordinary',
  more = 'createrole',
): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(`create role ${name} login nosuperuser ${more} password 'for-tests'`)
    await client.query(`create database ${name} owner ${name}`)
  } finally {
    await client.end()
  }
  const url = new URL(superuserUrl)
  url.username = name
  url.password = 'for-tests'
  url.pathname = `/${name}`
  return url.href
}
