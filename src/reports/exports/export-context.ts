/** What every export says about itself, beside the figure. */
export interface ExportContext {
  /** True where the evidence is the synthetic partnership: every export says so. */
  synthetic: boolean
  /** Who asked for it, as the record of acts names them. */
  exportedBy: string
  /** UTC instant. */
  exportedAt: Date
}

export const SYNTHETIC_SENTENCE =
  'Synthetic: these numbers describe a fictional partnership and no real person or place.'
