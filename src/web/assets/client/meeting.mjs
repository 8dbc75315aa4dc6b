// Keeps the page of a meeting that is being held up to date, sends what is said without leaving it, and hides names with
// one key. Without this script every form is sent as forms are, and the page shows what is new when it is opened again.
const room = document.querySelector('#room')
const address = `/meetings/${room.dataset.reference}`
const live = document.querySelector('#live')
const AGAIN_MS = 3000

const find = (root, part) => root.querySelector(`[data-part="${part}"]`)
const matter = id => document.querySelector(`.concord-matter[data-item="${id}"]`)

// --- What changed: told by number, fetched as far as this viewer may hear it. One request at a time.
let shown = Number(room.dataset.changes)
let wanted = false
let fetching = false

/** The number of a change, or "look" where some may have been missed. */
function changed(text) {
  if (text !== 'look' && Number(text) <= shown) return
  wanted = true
  look()
}

async function look() {
  if (fetching || !wanted) return
  fetching = true
  wanted = false
  const answer = await fetch(`${address}/since/${shown}`, { cache: 'no-store' }).catch(() => null)
  fetching = false
  if (!answer?.ok) {
    if (answer === null || answer.status >= 500) setTimeout(changed, AGAIN_MS, 'look')
    return
  }
  apply(new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-changes]'))
  document.dispatchEvent(new CustomEvent('concord:used'))
  look()
}

function apply(news) {
  shown = Math.max(shown, Number(news.dataset.changes))
  const titles = []
  for (const section of news.querySelectorAll('section[data-item]')) {
    const one = matter(section.dataset.item) ?? addMatter(section)
    if (!one) continue
    titles.push(section.dataset.title)
    for (const part of ['head', 'said', 'pass']) {
      const [now, next] = [find(one, part), find(section, part)]
      if (now && next) now.replaceChildren(...next.childNodes)
    }
    one.classList.toggle('concord-matter--passed', section.dataset.passed === 'yes')
  }
  const members = find(news, 'members')
  if (members) {
    find(document, 'members').replaceChildren(...members.childNodes)
    find(document, 'quorum').textContent = find(news, 'quorum').textContent
  }
  progress()
  if (titles.length > 0) live.textContent = `New at: ${[...new Set(titles)].join('; ')}`
  if (news.dataset.state !== room.dataset.state) over(news.dataset.state)
}

/** A matter that somebody brought up: with the form of those that have none, made its own. */
function addMatter(section) {
  const list = [...document.querySelectorAll('section[data-section]')].find(
    s => s.dataset.section === section.dataset.section,
  )
  if (!list) return null
  const id = section.dataset.item
  const one = document.createElement('div')
  one.className = 'concord-matter'
  one.id = `matter-${id}`
  one.dataset.item = id
  for (const [tag, part, name] of [
    ['div', 'head', ''],
    ['ul', 'said', 'concord-said'],
  ]) {
    const element = document.createElement(tag)
    element.className = name
    element.dataset.part = part
    one.append(element)
  }
  const form = matter('general').querySelector('details')
  if (form) {
    const acts = document.createElement('div')
    acts.className = 'concord-matter__acts'
    const own = form.cloneNode(true)
    own.open = false
    for (const element of own.querySelectorAll('[id], [for], [aria-describedby]')) {
      for (const name of ['id', 'for', 'aria-describedby']) {
        const value = element.getAttribute(name)
        if (value) element.setAttribute(name, value.replace('-general', `-${id}`))
      }
    }
    for (const hidden of own.querySelectorAll('.govuk-visually-hidden'))
      hidden.textContent = `: ${section.dataset.title}`
    own.querySelector('[name=item]').value = id
    clear(own.querySelector('form'))
    const pass = document.createElement('div')
    pass.dataset.part = 'pass'
    acts.append(own, pass)
    one.append(acts)
  }
  find(list, 'nothing')?.remove()
  list.append(one)
  return one
}

function progress() {
  const line = find(document, 'progress')
  const matters = [...document.querySelectorAll('section[data-section] .concord-matter')]
  if (line && matters.length > 0) {
    const passed = matters.filter(m => m.classList.contains('concord-matter--passed')).length
    line.textContent = `Matters gone through: ${passed} of ${matters.length}.`
  }
}

/** Closed by somebody: the minutes are there. What is not sent yet stays in sight. */
function over(state) {
  room.dataset.state = state
  const typed = [...document.querySelectorAll('textarea')].some(area => area.value.trim() !== '')
  if (state === 'closed' && unsent.size === 0 && !typed) {
    location.assign(`${address}/minutes`)
    return
  }
  live.textContent =
    state === 'closed'
      ? 'The meeting was closed. What you typed was not added: copy it if you want to keep it.'
      : 'Something happened to the meeting. Reload the page.'
}

const source = new EventSource(`${address}/changes`)
source.addEventListener('message', event => changed(event.data))

// --- What is said: sent in the background with the key of its form. Until it has arrived it stands in the page, and is sent
// again as soon as the line is back; sent twice, it is one entry. Nothing of it is kept on the device.
const unsent = new Map()

function clear(form) {
  form.reset()
  form.querySelector('[name=key]').value = crypto.randomUUID()
  form.querySelector('[name=keep]')?.remove()
  for (const area of form.querySelectorAll('textarea, input[type=text]')) area.value = ''
  for (const old of form.querySelectorAll('.govuk-error-message, .concord-say__careful')) old.remove()
  for (const group of form.querySelectorAll('.govuk-form-group--error')) {
    group.classList.remove('govuk-form-group--error')
  }
}

document.addEventListener('submit', event => {
  const form = event.target
  if (form.matches('[data-pass]')) {
    event.preventDefault()
    pass(form)
  }
  if (form.matches('[data-here]')) {
    event.preventDefault()
    here(form, event.submitter)
  }
  if (!form.matches('[data-say]')) return
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form))
  const key = body.get('key')
  if (unsent.has(key)) return
  const line = waitingLine(form, body)
  unsent.set(key, { body, form, line, action: form.action })
  clear(form)
  send(key)
})

function waitingLine(form, body) {
  const line = document.createElement('p')
  line.className = 'concord-said__one concord-said__one--waiting concord-typed'
  line.textContent = body.get('text') || body.get('matter-title')
  form.before(line)
  return line
}

async function send(key) {
  const one = unsent.get(key)
  if (!one || one.sending) return
  one.sending = true
  const { body, form, line, action } = one
  const answer = await fetch(action, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body,
  }).catch(() => null)
  one.sending = false
  if (answer === null || answer.status >= 500 || answer.status === 429) {
    live.textContent =
      'Not sent yet: the line is lost. What you typed stays here and is sent when it is back.'
    setTimeout(send, AGAIN_MS, key)
    return
  }
  unsent.delete(key)
  const said = await answer
    .json()
    .catch(() => ({ faults: { text: 'It was not taken. Reload the page, then add it again.' } }))
  const faults = Object.entries(said.faults ?? {})
  if (answer.ok && faults.length === 0 && !said.careful?.length) {
    line.remove()
    live.textContent = 'Added.'
    changed('look')
    return
  }
  putBack(
    form,
    body,
    line,
    faults.length > 0 ? faults : [['text', 'It was not added. Try again.']],
    said.careful ?? [],
  )
}

/** What was not taken goes back to where it was typed, with why; what was typed there since stays below it. */
function putBack(form, body, line, faults, careful) {
  line.remove()
  const since = form.querySelector('textarea')?.value ?? ''
  for (const field of form.elements) {
    if (!field.name || field.name === '_csrf') continue
    if (field.type === 'radio' || field.type === 'checkbox')
      field.checked = body.getAll(field.name).includes(field.value)
    else if (body.has(field.name)) field.value = body.get(field.name)
  }
  const area = form.querySelector('textarea')
  if (area && since) area.value = `${area.value}\n${since}`
  const words = document.createElement('div')
  words.className = 'govuk-inset-text concord-say__careful'
  for (const sentence of careful.length > 0
    ? [...careful.map(c => `“${c.word}”: ${c.because}`), 'Change it, or add it as it is if it is quoted.']
    : faults.map(([, sentence]) => sentence)) {
    const line = document.createElement('p')
    line.className = 'govuk-body'
    line.textContent = sentence
    words.append(line)
  }
  if (careful.length > 0) {
    const keep = document.createElement('input')
    Object.assign(keep, { type: 'hidden', name: 'keep', value: 'yes' })
    form.append(keep)
  }
  form.prepend(words)
  form.closest('details').open = true
  live.textContent =
    careful.length > 0 ? 'Read what you wrote once more.' : 'There is a problem with what you typed.'
  ;(area ?? form.querySelector('input[type=text]')).focus()
}

async function post(form, submitter) {
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(new FormData(form, submitter)),
  }).catch(() => null)
  // An answer that is not read counts as broken off when the page is left.
  await answer?.text().catch(() => '')
  return answer
}

/** Who is there: noted without leaving what is typed. */
async function here(form, submitter) {
  const answer = await post(form, submitter?.name ? submitter : undefined)
  if (!answer?.ok) {
    live.textContent = 'It was not noted: the line is lost, or the meeting is over. Try again.'
    return
  }
  if (!form.closest('[data-part="members"]')) form.remove()
  live.textContent = 'Noted.'
  changed('look')
}

/** On to the next: its form is opened, and has the focus. */
async function pass(form) {
  const own =
    form.closest('.concord-matter') ?? [...form.closest('section').querySelectorAll('.concord-matter')].at(-1)
  const answer = await post(form)
  if (!answer?.ok) {
    live.textContent = 'It was not marked: the line is lost, or somebody was first. Try again.'
    return
  }
  const matters = [...document.querySelectorAll('section[data-section] .concord-matter')]
  const next = matters
    .slice(matters.indexOf(own) + 1)
    .find(m => !m.classList.contains('concord-matter--passed'))
  const details = next?.querySelector('details')
  for (const other of own.querySelectorAll('details')) other.open = false
  if (details) {
    details.open = true
    details.querySelector('summary').focus()
    next.scrollIntoView({ block: 'start' })
  } else document.querySelector('#general-heading').scrollIntoView()
  changed('look')
}

addEventListener('online', () => {
  for (const key of unsent.keys()) send(key)
})

addEventListener('beforeunload', event => {
  if (unsent.size > 0) event.preventDefault()
})

// --- Names: hidden at once and on this device from now on with Escape; shown again with the button alone.
function hideNames(hidden) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not there on plain HTTP
  document.cookie = `concord-names=${hidden ? 'hidden' : 'shown'}; path=/meetings; samesite=strict`
  document.body.classList.toggle('concord-names-hidden', hidden)
  const button = document.querySelector('[data-names]')
  button.textContent = hidden ? 'Show names' : 'Hide names (Esc)'
  button.dataset.names = hidden ? 'shown' : 'hidden'
  button.href = `/meetings/names/${button.dataset.names}`
  live.textContent = hidden ? 'Names are hidden on this screen.' : 'Names are shown on this screen.'
  // A page that came without names has to be told them.
  if (!hidden) {
    shown = 0
    changed('look')
  }
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && document.querySelector('[data-names="hidden"]')) hideNames(true)
})

document.querySelector('[data-names]').addEventListener('click', event => {
  event.preventDefault()
  hideNames(event.currentTarget.dataset.names === 'hidden')
})
