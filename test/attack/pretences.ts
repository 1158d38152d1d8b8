// What pages do in a person's or the background's name: every event a script can make, and every message of our protocol in
// every way that a page can send one. Run in a page's own world, so neither may use anything outside of itself.

/** Everything a script can pretend a person did, to an element and to what lies at a point. */
export function pretend(element: Element | null, x: number, y: number): number {
  let sent = 0
  const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, button: 0, detail: 1 }
  const targets = [element, document.elementFromPoint(x, y), document.activeElement, document, window]
  for (const target of targets) {
    if (target === null) continue
    for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu']) {
      target.dispatchEvent(new PointerEvent(kind, at))
    }
    for (const kind of ['keydown', 'keypress', 'keyup']) {
      for (const key of ['Enter', ' ', 'S', 's', 'K', 'k', 'E', 'O']) {
        target.dispatchEvent(
          new KeyboardEvent(kind, { ...at, key, altKey: /[a-z]/i.test(key) && key.length === 1, shiftKey: true }),
        )
      }
    }
    for (const kind of ['focus', 'focusin', 'focusout', 'input', 'change', 'copy', 'paste', 'toggle', 'command']) {
      target.dispatchEvent(new Event(kind, at))
    }
    if (target instanceof HTMLElement) {
      target.click()
      target.focus()
    }
    sent++
  }
  return sent
}

/** Every message of our protocol, in every way that a page can send one. */
export function shout(token: string, id: string, text: string): number {
  const said: object[] = []
  for (const name of [
    'getSiteState',
    'loadFieldScript',
    'seal',
    'openPutBackWindow',
    'confirmPutBack',
    'openWindow',
    'issueTickets',
    'requestComposer',
    'offerSealedText',
    'reportTextCount',
    'endFieldChoice',
    'openUnlock',
    'getVaultState',
    'lock',
    'listSites',
  ]) {
    for (const ask of [
      {},
      { text: 'x', replaces: null },
      { sealed: [text] },
      { texts: [{ sealed: text, field: null }] },
      { sealed: text, why: 'gone' },
      { windowRequest: token },
      { field: { id: token, label: '', maxChars: null }, sealed: text, box: { left: 0, top: 0, width: 1, height: 1 } },
    ]) {
      said.push({ name, request: ask })
    }
  }
  for (const command of [
    'sealField',
    'requestComposer',
    'openTexts',
    'openFieldTexts',
    'print',
    'listTexts',
    'showNotice',
    'recheck',
    'placeSealedText',
    'requestPutBack',
    'placeOpenedText',
    'findText',
    'chooseField',
  ]) {
    for (const payload of [
      {},
      { what: 'locked' },
      { everywhere: true },
      { sealed: [text] },
      { sealed: text, speaks: true },
      { field: token, sealed: text, replaces: null },
      { field: token, sealed: text, text: 'x' },
    ])
      said.push({ command, payload })
  }
  for (const request of ['redeem', 'openWindow', 'unlock', 'edit', 'stay'])
    said.push({ request, ticket: token, ancestors: [origin] })
  for (const event of ['show', 'booted', 'lines', 'ciphertext', 'lost', 'look'])
    said.push({ event, lines: 24, stays: true })
  for (const name of ['makeBackup', 'stageBackup', 'exportTexts', 'importTexts'])
    for (const request of [{ only: null }, { token }, { ids: [token] }])
      said.push({ kind: 'begin', name, request, cursor: null })
  said.push({ kind: 'next' }, { kind: 'chunk', chunk: { text } }, { kind: 'end' })
  said.push({ fieldseal: 'admission', ticket: token, look: {} }, { type: 'wxt:content-script-started' })
  type Runtime = {
    sendMessage?(...said: unknown[]): unknown
    connect?(...named: unknown[]): {
      postMessage(said: unknown): void
      readonly onMessage: { addListener(listener: (answer: unknown) => void): void }
    }
  }
  const globals = window as unknown as Record<string, { runtime?: Runtime } | undefined>
  const keep = (answer: unknown) =>
    void Promise.resolve(answer).then(
      (got) => got !== undefined && window.loot.push(got),
      () => 0,
    )
  for (const one of said) {
    for (const shape of [one, JSON.stringify(one), [one], { detail: one }]) {
      window.postMessage(shape, '*')
      window.postMessage(shape, '*', [new MessageChannel().port1])
    }
    for (const target of [window, document, document.documentElement, document.activeElement]) {
      for (const kind of ['fieldseal', 'message', 'wxt:content-script-started', 'fieldseal:command']) {
        target?.dispatchEvent(new CustomEvent(kind, { detail: one, bubbles: true }))
        target?.dispatchEvent(new MessageEvent(kind, { data: one, origin: `chrome-extension://${id}`, bubbles: true }))
      }
    }
    for (const name of ['chrome', 'browser']) {
      const runtime = globals[name]?.runtime
      for (const send of [() => runtime?.sendMessage?.(id, one), () => runtime?.sendMessage?.(one)]) {
        try {
          keep(send())
        } catch {
          // Refused at once.
        }
      }
      for (const talk of ['reader', 'transfer']) {
        try {
          const port = runtime?.connect?.(id, { name: talk })
          port?.onMessage.addListener(keep)
          port?.postMessage(one)
        } catch {
          // Refused at once.
        }
      }
    }
  }
  return said.length
}
