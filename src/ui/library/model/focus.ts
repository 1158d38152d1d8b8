// Where the focus goes when the element that had it is gone.

/** To the list once it is there again; to the page's heading when there is none. */
export function focusList(): void {
  requestAnimationFrame(() => {
    const list = document.querySelector<HTMLElement>('[role="listbox"]')
    const target = list?.checkVisibility() ? list : document.querySelector<HTMLElement>('h1')
    target?.focus()
  })
}
