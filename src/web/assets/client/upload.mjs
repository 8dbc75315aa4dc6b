// Shows how far a file has been sent. Without this script the form is sent as any form is.
const form = document.querySelector('[data-concord-upload]')
const panel = form?.querySelector('[data-concord-upload-progress]')

form?.addEventListener('submit', event => {
  const input = form.querySelector('input[type=file]')
  if (!input.files.length) return
  event.preventDefault()
  const request = new XMLHttpRequest()
  const bar = panel.querySelector('progress')
  const status = panel.querySelector('[data-concord-upload-status]')
  const button = form.querySelector('button[type=submit]')
  panel.hidden = false
  button.disabled = true
  status.textContent = 'Sending …'
  request.upload.addEventListener('progress', sent => {
    if (!sent.lengthComputable) return
    bar.value = Math.round((100 * sent.loaded) / sent.total)
    if (bar.value === 100) status.textContent = 'Sent. Checking the rows …'
  })
  request.addEventListener('load', () => {
    if (request.status < 400) {
      location.assign(request.responseURL)
      return
    }
    // The answer is a whole page that says what is wrong: show its main part in place of ours.
    const answer = new DOMParser().parseFromString(request.responseText, 'text/html')
    document.title = answer.title
    document.querySelector('main').replaceWith(document.adoptNode(answer.querySelector('main')))
    document.querySelector('main h1')?.scrollIntoView()
  })
  request.addEventListener('error', () => {
    panel.hidden = false
    button.disabled = false
    status.textContent = 'The connection was lost before the file was sent. Nothing was kept. Try again.'
  })
  request.open('POST', form.action)
  request.send(new FormData(form))
})
