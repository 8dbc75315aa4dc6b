/** Everything that programs may ask. */
import type { Pages } from '../context.ts'
import { apiDescriptionPage } from './describe-api.ts'
import { figuresApi } from './figures-api.ts'
import { loadsApi } from './loads-api.ts'

export const apiRoutes: Pages[] = [figuresApi, loadsApi, apiDescriptionPage]
