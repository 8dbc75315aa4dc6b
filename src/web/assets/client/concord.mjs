// Starts the components of GOV.UK Frontend. Every page works without this file.
import { initAll } from './govuk-frontend.min.js'

// GOV.UK sets these classes with an inline script; our pages allow none.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
