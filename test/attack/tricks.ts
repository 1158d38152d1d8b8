// What hostile pages do to get at a text: each of these runs in a page's own world, by itself, and gives what it got. They are
// handed to pages as source text, so none may use anything outside of itself.

/** Asks the browser's own search, one digit more each time. */
function find(start: string): string {
  const page = window as unknown as { find(text: string, ...flags: boolean[]): boolean }
  const isThere = (text: string) => {
    getSelection()?.removeAllRanges()
    try {
      return page.find(text, true, false, true, false, true, false)
    } catch {
      // One browser throws when the search would go on into a frame of another origin.
      return page.find(text, true, false, true, false, false, false)
    }
  }
  let got = ''
  for (let digit = 0; digit < 10 && got.length < 4; digit++) {
    if (!isThere(`${start}${got}${digit}`)) continue
    got += digit
    digit = -1
  }
  return got
}

/** Walks the selection through the page, and looks at where it stands and what it holds. */
function walk(start: string): string {
  const selection = getSelection()
  const seen = new Set<string>()
  const look = () => {
    for (const node of [selection?.focusNode, selection?.anchorNode]) {
      seen.add(node?.textContent ?? '')
      seen.add(node?.getRootNode().textContent ?? '')
      const element = node instanceof Element ? node : node?.parentElement
      for (const frame of element?.getRootNode() instanceof ShadowRoot
        ? (element?.querySelectorAll('iframe') ?? [])
        : []) {
        seen.add(frame.contentDocument?.body.textContent ?? '')
      }
    }
    seen.add(String(selection))
  }
  for (const host of document.querySelectorAll('p, div')) {
    for (const [how, unit] of [
      ['extend', 'character'],
      ['move', 'character'],
      ['extend', 'word'],
      ['move', 'line'],
    ] as const) {
      selection?.collapse(host, 0)
      for (let step = 0; step < 40; step++) {
        selection?.modify(how, 'forward', unit)
        if (step % 4 === 0) look()
      }
    }
  }
  const all = [...seen].join('\n')
  return new RegExp(`${start}([0-9]{4})`).exec(all)?.[1] ?? ''
}

/** Reads the document in every way there is. */
function read(start: string): string {
  const range = document.createRange()
  range.selectNode(document.documentElement)
  const clone = document.createElement('div')
  clone.append(range.cloneContents())
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_ALL)
  const seen: string[] = []
  while (texts.nextNode() !== null) {
    const node = texts.currentNode
    seen.push(node.nodeValue ?? '')
    if (!(node instanceof Element)) continue
    for (const { name, value } of node.attributes) seen.push(name, value)
    seen.push(node.shadowRoot?.textContent ?? '')
    if (node instanceof HTMLIFrameElement) seen.push(node.contentDocument?.documentElement.outerHTML ?? '')
  }
  const root = document.documentElement as HTMLElement & { getHTML?(options: object): string }
  seen.push(root.textContent ?? '', root.innerText, root.outerText, root.outerHTML, range.toString(), clone.outerHTML)
  seen.push(root.getHTML?.({ serializableShadowRoots: true, shadowRoots: [] }) ?? '')
  seen.push(document.evaluate('string(/)', document, null, XPathResult.STRING_TYPE).stringValue)
  seen.push(new XMLSerializer().serializeToString(document))
  const all = seen.join('\n')
  return new RegExp(`${start}([0-9]{4})`).exec(all)?.[1] ?? ''
}

/** Selects everything, and reads the selection. */
function selectAll(start: string): string {
  document.execCommand('selectAll')
  const all = String(getSelection())
  getSelection()?.removeAllRanges()
  return new RegExp(`${start}([0-9]{4})`).exec(all)?.[1] ?? ''
}

/** Asks what lies at points all over the page. */
function points(start: string): string {
  type Caret = { offsetNode?: Node; startContainer?: Node } | null
  const page = document as unknown as {
    caretPositionFromPoint?(x: number, y: number, options?: object): Caret
    caretRangeFromPoint?(x: number, y: number): Caret
  }
  const seen = new Set<string>()
  const look = (node: Node | null | undefined) => {
    seen.add(node?.textContent ?? '')
    seen.add(node?.getRootNode().textContent ?? '')
  }
  for (const place of document.querySelectorAll('p, p > div, .careless')) {
    place.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = place.getBoundingClientRect()
    for (const [x, y] of [
      [left + 3, top + 3],
      [left + width / 2, top + height / 2],
      [left + 40, top + 10],
    ] as const) {
      for (const element of document.elementsFromPoint(x, y)) look(element)
      const caret = page.caretPositionFromPoint?.(x, y) ?? null
      look(caret?.offsetNode)
      look(page.caretRangeFromPoint?.(x, y)?.startContainer)
    }
  }
  return new RegExp(`${start}([0-9]{4})`).exec([...seen].join('\n'))?.[1] ?? ''
}

/** Paints an element of the page into a canvas, and reads the pixels. Gives how many are painted. */
async function painted(selector: string): Promise<number> {
  const element = document.querySelector(selector)
  if (element === null) return -1
  const text = new XMLSerializer().serializeToString(element)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60"><foreignObject width="600" height="60">${text}</foreignObject></svg>`
  const picture = new Image()
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 600, height: 60 })
  const paint = canvas.getContext('2d')
  paint?.drawImage(picture, 0, 0)
  const { data } = paint?.getImageData(0, 0, 600, 60) ?? { data: [] }
  return data.filter((value, at) => at % 4 === 3 && value > 0).length
}

/** The source of all of these, for a page's own script. */
export const allTricks = `window.loot = []; window.tricks = { ${[find, walk, read, selectAll, points, painted]
  .map((trick) => `${trick.name}: ${trick}`)
  .join(',\n')} }\n`
