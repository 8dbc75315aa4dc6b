/** How a page of pictures begins: what it is, and the panel that changes what it shows. */
import { scopePanel } from './scope-fields.ts'

export interface PictureWords {
  title: string
  /** What the page shows, in a sentence. */
  lead: string
}

export const opening = (words: PictureWords, panel: Parameters<typeof scopePanel>[0]) => ({
  ...words,
  errors: panel.scope.problems.length > 0,
  panel: scopePanel(panel),
})
