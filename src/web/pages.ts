/** Every feature's pages, in the order in which they are registered. Add a feature by adding a line. */
import type { Pages } from './context.ts'
import { signInPages } from './sign-in-pages.ts'
import { systemPages } from './system-pages.ts'

export const pages: Pages[] = [systemPages, signInPages]
