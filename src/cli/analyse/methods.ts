/** Every method of `concord analyse`, in the order in which they are listed: one line a method. */
import type { AnalyseMethod } from './analyse-method.ts'
import { aoristicMethod } from './aoristic.ts'
import { seasonMethod } from './season.ts'

export const analyseMethods: readonly AnalyseMethod[] = [aoristicMethod, seasonMethod]
