// Looks again every second while files are being loaded. Without this script the page reloads by itself.
const EVERY_MS = 1000

async function look() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null)
  if (response?.ok) {
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const now = page.querySelector('#sent')
    // The heading and the status line stay the same elements, so that screen readers announce the change.
    for (const line of ['h1', '#sent-status']) {
      const words = page.querySelector(line).textContent
      if (document.querySelector(line).textContent !== words) document.querySelector(line).textContent = words
    }
    document.querySelector('#sent').replaceWith(document.adoptNode(now))
    document.title = page.title
    if (now.dataset.finished === 'yes') return
  }
  setTimeout(look, EVERY_MS)
}

setTimeout(look, EVERY_MS)
