// Goes into a copy of the built extension, beside the content script that is shipped, and runs in its world before it: times
// every callback of ours, and can do the named alternatives in its place. What to do stands in the page's address.
;(() => {
  const { searchParams } = new URL(location.href)
  const plan = searchParams.get('plan')
  if (plan === null || window !== top) return
  const tasks = []
  const readable = []
  let startedAt = null
  const root = document.documentElement
  const timed = (kind, callback) =>
    function (...given) {
      const begun = performance.now()
      try {
        return callback.apply(this, given)
      } finally {
        tasks.push({ kind, begun, ms: performance.now() - begun })
      }
    }
  const { setTimeout, requestIdleCallback, requestAnimationFrame, queueMicrotask } = globalThis
  const pass = (native) => native.bind(globalThis)
  globalThis.setTimeout = (callback, ms = 0, ...rest) =>
    pass(setTimeout)(timed(ms >= 1_000 ? 'later' : 'timeout', callback), ms, ...rest)
  globalThis.requestIdleCallback = (callback, options) => pass(requestIdleCallback)(timed('idle', callback), options)
  globalThis.requestAnimationFrame = (callback) => pass(requestAnimationFrame)(timed('frame', callback))
  globalThis.queueMicrotask = (callback) => pass(queueMicrotask)(timed('microtask', callback))
  for (const name of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver']) {
    const Native = globalThis[name]
    globalThis[name] = class extends Native {
      constructor(callback, options) {
        super(timed(name, callback), options)
      }
    }
  }
  const Channel = globalThis.MessageChannel
  globalThis.MessageChannel = class extends Channel {
    constructor() {
      super()
      let told = false
      this.port1.addEventListener('message', ({ data }) => {
        // What a reader says when the opened text stands in it and has been laid out; more than once, where that changes.
        if (told || typeof data !== 'string' || !data.includes('"lines"')) return
        told = true
        readable.push(performance.now())
      })
    }
  }

  const inkling = 'sealed'
  const alternatives = {
    /** A plain walk of every text node. */
    walk() {
      const begun = performance.now()
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      let found = 0
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.data.includes(inkling)) found++
      }
      tasks.push({ kind: 'walk', begun, ms: performance.now() - begun, found })
    },
    /** An observer that only collects what was added, and asks each for its text. */
    observe() {
      let found = 0
      const added = []
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) added.push(node)
        for (const node of added.splice(0)) if (node.textContent.includes(inkling)) found++
      })
      observer.observe(document.documentElement, { childList: true, subtree: true })
      root.dataset.found = String(found)
    },
    /** Frames of another site in the places of the first texts: what the page would have to bear at the least. */
    frames() {
      const places = [...document.querySelectorAll('p')].slice(0, Number(searchParams.get('count')))
      for (const place of places) {
        const frame = document.createElement('iframe')
        frame.style.cssText = 'display: block; width: 600px; height: 60px; border: 0'
        frame.addEventListener('load', () => readable.push(performance.now()))
        frame.src = searchParams.get('other')
        place.replaceChildren(frame)
      }
    },
  }
  if (plan === 'ours') {
    let presence
    Object.defineProperty(globalThis, 'fieldseal', {
      get: () => presence,
      set(given) {
        startedAt = performance.now()
        presence = given
      },
    })
  } else {
    // The content script that is shipped takes this for one that is at work already, and leaves; frames take its very moment.
    const alive = () => {
      if (plan === 'frames') start()
      return true
    }
    globalThis.fieldseal = { alive, leave: () => undefined }
    const start = () => {
      startedAt = performance.now()
      alternatives[plan]?.()
    }
    pass(setTimeout)(function wait() {
      if (plan === 'frames') return
      if (document.readyState === 'complete') start()
      else pass(setTimeout)(wait, 20)
    }, 20)
  }
  document.addEventListener('bench', () => {
    const { timeOrigin } = performance
    root.dataset.bench = JSON.stringify({ startedAt, now: performance.now(), timeOrigin, tasks, readable })
  })
})()
