/** Who acts upon the evidence: as lists of loads name them, and as the record of acts knows them. */
import type { Acting } from '../platform/record-of-acts.ts'

export interface Actor extends Acting {
  name: string
}
