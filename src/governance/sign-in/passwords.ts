/**
 * Hashes of passwords: argon2id with the parameters that OWASP's cheat sheet gives (19 MiB, two passes, one lane). The
 * hash names its parameters and its salt, so that they can be raised later.
 */
import { hash, verify } from '@node-rs/argon2'

/** The package's algorithm is argon2id where none is named. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The same letters typed on another keyboard are the same password. */
const typed = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(typed(password), parameters)

/** Made once, of nothing that anybody knows: what is checked where there is no account, so that it takes as long. */
const ofNobody = hashPassword(crypto.randomUUID())

/** False as slowly for an account without a password, or for none at all, as for a wrong password. */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  const right = await verify(kept ?? (await ofNobody), typed(password))
  return kept !== null && right
}
