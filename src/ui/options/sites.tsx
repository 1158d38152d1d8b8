// The sites on which Fieldseal was switched on, and switching it off there.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../../messages/call.ts'
import { useDeed } from '../deed.ts'
import { Button } from '../parts/button.tsx'
import { TroubleNotice } from '../parts/notice.tsx'

export function Sites() {
  const patterns = useSignal<readonly string[] | null>(null)
  const told = useSignal('')
  const heading = useRef<HTMLHeadingElement>(null)
  const deed = useDeed()
  const look = async () => {
    patterns.value = (await call('sites', {})).patterns
  }
  useEffect(() => {
    const lookAgain = () => void deed.run('site', look)
    lookAgain()
    addEventListener('focus', lookAgain)
    return () => removeEventListener('focus', lookAgain)
  }, [])

  const remove = (pattern: string) =>
    void deed.run('site', async () => {
      await call('switchOff', { pattern })
      await look()
      told.value = `Fieldseal is off on ${siteName(pattern)}.`
      heading.current?.focus()
    })

  return (
    <section class="card" aria-labelledby="sites">
      <h2 id="sites" ref={heading} tabIndex={-1}>
        Sites
      </h2>
      {patterns.value?.length === 0 ? (
        <p>Fieldseal is switched on nowhere. Open it in the toolbar on a site, and use the switch there.</p>
      ) : null}
      {patterns.value !== null && patterns.value.length > 0 ? (
        <>
          <p>Fieldseal is on at these sites. It sees no other pages, unless you ask it to on the spot.</p>
          <ul class="sites">
            {patterns.value.map((pattern) => (
              <li key={pattern}>
                <span id={`site-${pattern}`}>{siteName(pattern)}</span>
                <Button onClick={() => remove(pattern)} describedBy={`site-${pattern}`}>
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <output class="told">{told.value}</output>
      <TroubleNotice trouble={deed.trouble.value} />
    </section>
  )
}

/** A match pattern as a person would write it: without the path, and without the scheme where it is https. */
export function siteName(pattern: string): string {
  if (pattern === '*://*/*') return 'all sites'
  return pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '')
}
