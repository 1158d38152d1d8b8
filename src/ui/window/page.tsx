// What all our windows share: the bar with the logo and the cue, the one heading, the landmarks.

import { type ComponentChildren, type JSX, render } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Cue } from '../../messages/shapes.ts'
import { direction, locale, words } from '../../words.ts'
import { CopiedBar } from '../copying/copiedBar.tsx'
import { Logo } from '../parts/logo.tsx'
import { CueChip } from './cue.tsx'

/** `title` is that of the window until a view sets its own; without one it is the extension's name. */
export function show(page: JSX.Element, title?: string): void {
  const root = document.getElementById('root')
  if (root === null) throw new TypeError('expected an element #root, got none')
  document.documentElement.lang = locale()
  document.documentElement.dir = direction()
  document.title = title === undefined ? words('extension.name') : words('app.title', { page: title })
  render(page, root)
}

interface PageProps {
  readonly cue?: Cue | null | undefined
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
}

export function Page({ cue, aside, children }: PageProps) {
  return (
    <>
      <header class="bar">
        <span class="brand">
          <Logo />
          {words('extension.name')}
        </span>
        {cue ? <CueChip cue={cue} /> : null}
        {aside}
      </header>
      <main>{children}</main>
      <CopiedBar />
    </>
  )
}

/** The page's one h1. `takesFocus` when it stands at the head of a new step, so that it is read out and Tab goes on from it. */
export function Heading({ children, takesFocus = false }: { children: ComponentChildren; takesFocus?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!takesFocus) return
    heading.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [takesFocus])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

export function useTitle(page: string): void {
  useEffect(() => {
    document.title = words('app.title', { page })
  }, [page])
}
