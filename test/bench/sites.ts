// The pages that are measured. Each is of our own, on loopback, and does by itself what a site of its kind does; it tells when
// it is done by `window.done`.

import type { Pages } from '../e2e/pages.ts'

const words = 'plain words that stand in a page and mean nothing '
const fifty = words.slice(0, 49)

/** 100,000 text nodes, 5 MB: a thousand sections of a hundred. */
function large(): string {
  const section = `<section><h2>${fifty}</h2>${`<p>${fifty}</p>`.repeat(99)}</section>`
  return `<main>${section.repeat(1_000)}</main>`
}

/** Adds 10,000 nodes in 20 bursts. */
const bursts = `<main></main><script>
  window.go = async () => {
    const main = document.querySelector('main')
    const begun = performance.now()
    for (let burst = 0; burst < 20; burst++) {
      for (let i = 0; i < 500; i++) {
        const p = document.createElement('p')
        p.textContent = '${words}' + burst + ' ' + i
        main.append(p)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - begun
  }
</script>`

/** Appends 5,000 words one by one, each in a task of its own, as an answer is streamed. */
const stream = `<main><article><p></p></article></main><script>
  window.go = async () => {
    const p = document.querySelector('p')
    const { port1, port2 } = new MessageChannel()
    const begun = performance.now()
    await new Promise((resolve) => {
      let count = 0
      port1.onmessage = () => {
        const span = document.createElement('span')
        span.textContent = 'word' + count + ' '
        p.append(span)
        if (++count === 5000) resolve()
        else port2.postMessage(0)
      }
      port2.postMessage(0)
    })
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - begun
  }
</script>`

/** 50,000 nodes, and an editor and a text box whose words are echoed beside them. */
function typing(): string {
  const rows = `<section>${`<p>${fifty}</p>`.repeat(100)}</section>`.repeat(500)
  return `<div style="position:sticky;top:0"><label>Text <textarea></textarea></label><output></output></div>${rows}<script>
    const gaps = []
    const box = document.querySelector('textarea')
    let pressedAt = 0
    window.begunAt = 0
    box.addEventListener('keydown', ({ timeStamp }) => { pressedAt = timeStamp; window.begunAt ||= timeStamp })
    box.addEventListener('input', () => {
      const from = pressedAt
      document.querySelector('output').textContent = box.value
      requestAnimationFrame(() => setTimeout(() => { gaps.push(performance.now() - from); window.endedAt = performance.now() }))
    })
    window.typed = () => ({ count: gaps.length, longest: Math.max(...gaps), took: window.endedAt - window.begunAt })
  </script>`
}

export function serveSites(pages: Pages): void {
  const pad = (body: string) => ({ body })
  pages.set('/large', pad(large()))
  pages.set('/bursts', pad(bursts))
  pages.set('/stream', pad(stream))
  pages.set('/typing', pad(typing()))
  pages.set('/framed', pad('<p>A text in a frame.</p>'))
  pages.set('/write', pad('<label>Text <textarea></textarea></label>'))
}

/** Sealed texts, one under the other. */
export function serveTexts(pages: Pages, path: string, texts: readonly string[], style: string): void {
  pages.set(path, {
    body: texts.map((sealed, i) => `<article style="${style}">${i} <p>${sealed}</p></article>`).join(''),
  })
}
