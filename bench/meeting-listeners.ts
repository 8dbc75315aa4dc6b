/** Browsers in a meeting: each hears that something changed and asks for it, one request at a time, as the page's script does. */

export interface Room {
  /** Of the meeting's page. */
  address: string
  /** Of each browser. */
  cookies: string[]
}

export interface Heard {
  /** Number of the entry; -1 when all have opened their streams. */
  entry: number
  /** When the last browser had it, milliseconds since 1970. */
  at: number
}

const tell = (heard: Heard) => process.send!(heard)

process.once('message', ({ address, cookies }: Room) => {
  const have = new Map<number, number>()
  const got = (entry: number) => {
    const count = (have.get(entry) ?? 0) + 1
    have.set(entry, count)
    if (count === cookies.length) tell({ entry, at: Date.now() })
  }
  for (const cookie of cookies) void listen(address, cookie, got)
})

async function listen(address: string, cookie: string, got: (entry: number) => void): Promise<void> {
  const stream = await fetch(`${address}/changes`, { headers: { cookie } })
  if (!stream.ok || !stream.body) throw new Error(`the stream answered ${stream.status}`)
  let shown = 0
  let latest = -1
  let wanted = 0
  let fetching = false
  const look = async () => {
    if (fetching || wanted <= shown) return
    fetching = true
    const answer = await fetch(`${address}/since/${shown}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`what changed answered ${answer.status}`)
    const page = await answer.text()
    fetching = false
    const first = shown === 0
    shown = Number(/data-changes="(\d+)"/.exec(page)![1])
    if (first) got(-1)
    for (const [, number] of page.matchAll(/What was said, number (\d+)\./g)) {
      if (Number(number) <= latest) continue
      latest = Number(number)
      got(latest)
    }
    await look()
  }
  for await (const chunk of stream.body) {
    for (const [, change] of Buffer.from(chunk)
      .toString()
      .matchAll(/^data: (\d+)$/gm)) {
      wanted = Math.max(wanted, Number(change))
    }
    void look()
  }
}
