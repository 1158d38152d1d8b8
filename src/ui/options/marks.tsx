// The fields that are always sealed: where each is, since when, and taking the mark off.

import { call } from '../../messages/call.ts'
import type { Answer } from '../../messages/protocol.ts'
import type { Marked } from '../../messages/shapes.ts'
import { Button } from '../parts/button.tsx'
import { Foreign } from '../parts/foreign.tsx'
import { Notice, TroubleNotice } from '../parts/notice.tsx'
import type { Choosing } from './choosing.ts'

interface Props {
  readonly seen: Pick<Answer<'sites'>, 'marks' | 'unreadableMarks'>
  readonly choosing: Choosing
}

export function Marks({ seen: { marks, unreadableMarks }, choosing }: Props) {
  const remove = ({ id, host }: Marked) =>
    void choosing
      .act(() => call('removeMark', { id }), `The field on ${host} is an ordinary one again.`)
      .then((done) => {
        if (done) document.getElementById('marks')?.focus()
      })
  const forgetUnreadable = () =>
    void choosing
      .act(() => call('removeUnreadableMarks', {}), 'They are gone.')
      .then((done) => {
        if (done) document.getElementById('marks')?.focus()
      })
  return (
    <section class="card" aria-labelledby="marks">
      <h2 id="marks" tabIndex={-1}>
        Always sealed fields
      </h2>
      {unreadableMarks === 0 ? null : (
        <Notice kind="warning">
          <p>
            {unreadableMarks === 1 ? 'One mark' : `${unreadableMarks} marks`} can’t be read, so Fieldseal doesn’t know
            which fields to guard. Mark those fields again before you write in them.
          </p>
          <p class="actions">
            <Button onClick={forgetUnreadable}>Forget what can’t be read</Button>
          </p>
        </Notice>
      )}
      {marks.length === 0 ? (
        <p>
          None. On a site that is on, click into a field, open the small button’s menu, and choose “Always seal this
          field”. Clicking it then opens Fieldseal’s own window, and only the sealed text goes into the page.
        </p>
      ) : (
        <ul class="sites">
          {[...marks]
            .sort((a, b) => a.host.localeCompare(b.host) || a.since - b.since)
            .map((mark) => (
              <li key={mark.id}>
                <div class="site-head">
                  <span class="site-name" id={`mark-${mark.id}`}>
                    {mark.every ? (
                      'Every field: which one was marked can’t be read'
                    ) : mark.label === '' ? (
                      'A field without a name'
                    ) : (
                      <>
                        “<Foreign>{mark.label}</Foreign>”
                      </>
                    )}
                    <span class="hint">
                      {' '}
                      <Foreign>{mark.host}</Foreign> · since{' '}
                      {new Date(mark.since).toLocaleDateString([], { dateStyle: 'medium' })}
                      {mark.guarded ? null : ' · not guarded now: Fieldseal is off there'}
                    </span>
                  </span>
                  <Button onClick={() => remove(mark)} describedBy={`mark-${mark.id}`}>
                    Remove
                  </Button>
                </div>
              </li>
            ))}
        </ul>
      )}
      <output class="told">{choosing.told.value}</output>
      <TroubleNotice trouble={choosing.deed.trouble.value} />
    </section>
  )
}
