// Says five minutes before that a session ends for want of use, and lets it go on; says when it is over, so that nobody
// goes on typing into a page that can no longer be sent. Without this script the session ends as it would have.
const WARN_MINUTES = 5

const notice = document.querySelector('#session-notice')
const [words, button] = [notice.querySelector('p'), notice.querySelector('button')]
// The server writes down once a minute that somebody is there: its count may be a minute ahead.
const idleMs = (Number(notice.dataset.idleMinutes) - 1) * 60_000
let since = Date.now()
let timer

function show(text, canStay) {
  words.textContent = text
  button.hidden = !canStay
  notice.hidden = false
}

// Measured by the clock and not by the timer, which sleeps with the device.
function look() {
  const left = idleMs - (Date.now() - since)
  if (left <= 0) {
    show(
      'Your session has ended. Copy what you have typed here, if you want to keep it, and sign in again.',
      false,
    )
    return
  }
  if (left <= WARN_MINUTES * 60_000)
    show(`You will be signed out at ${timeOf(since + idleMs)}, because nothing was opened or sent.`, true)
  timer = setTimeout(look, Math.min(left, 30_000))
}

const timeOf = ms => new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

document.addEventListener('concord:used', () => {
  since = Date.now()
})

button.addEventListener('click', async () => {
  const answer = await fetch('/account', { cache: 'no-store' }).catch(() => null)
  if (!answer) return
  since = answer.ok ? Date.now() : since - idleMs
  notice.hidden = answer.ok
  clearTimeout(timer)
  look()
})

look()
