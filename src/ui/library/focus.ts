// Where the keyboard goes on when what had the focus is gone.

/** To the list once it is there again; to the page's heading where there is none. */
export function focusList(): void {
  requestAnimationFrame(() => {
    const list = document.querySelector<HTMLElement>('[role="listbox"]')
    const to = list?.checkVisibility() ? list : document.querySelector<HTMLElement>('h1')
    to?.focus()
  })
}
