// What the compiler is told of packages that bring no types, as far as the mounted editors use them.

declare module '*.svelte' {
  import type { Component } from 'svelte'

  const component: Component<{ held: { text: string; times: number } }>
  export default component
}

declare module 'draft-js' {
  import type { ComponentType } from 'react'

  interface Content {
    getPlainText(delimiter?: string): string
  }
  interface State {
    getCurrentContent(): Content
  }
  export const ContentState: { createFromText(text: string): Content }
  export const EditorState: { createEmpty(): State; createWithContent(content: Content): State }
  export const Editor: ComponentType<{
    editorState: State
    onChange: (state: State) => void
    ariaLabel?: string
    readOnly?: boolean
  }>
}

declare module '*.svelte.js' {
  export const held: { text: string; times: number }
}

declare module 'trix'
declare module 'tinymce/*'
declare module '*.css'
