// The state of the page with Svelte.

export const held = $state({ text: '', times: 0 })
