// The fields that are always sealed: where each is and since when. Removes marks.

import { call } from '../../../messages/call.ts'
import type { Response } from '../../../messages/protocol.ts'
import type { ListedAlwaysSealed } from '../../../messages/tabs/sites.ts'
import { counted, words } from '../../../words.ts'
import { formatMediumDay } from '../../app/format.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { say } from '../../parts/say.tsx'
import { UntrustedText } from '../../parts/untrustedText.tsx'
import type { Choosing } from './choosing.ts'

interface Props {
  readonly seen: Pick<Response<'listSites'>, 'marks' | 'unreadableMarks'>
  readonly choosing: Choosing
}

export function AlwaysSealedFields({ seen: { marks, unreadableMarks }, choosing }: Props) {
  const remove = ({ id, host }: ListedAlwaysSealed) =>
    void choosing
      .act(
        () => call('removeAlwaysSealed', { id }),
        say('optionsSites.alwaysSealed.removed', { host: <UntrustedText>{host}</UntrustedText> }),
      )
      .then((done) => {
        if (done) document.getElementById('marks')?.focus()
      })
  const forgetUnreadable = () =>
    void choosing
      .act(() => call('removeUnreadableAlwaysSealed', {}), words('optionsSites.alwaysSealed.forgotten'))
      .then((done) => {
        if (done) document.getElementById('marks')?.focus()
      })
  return (
    <section class="card" aria-labelledby="marks">
      <h2 id="marks" tabIndex={-1}>
        {words('optionsSites.alwaysSealed.heading')}
      </h2>
      {unreadableMarks === 0 ? null : (
        <Notice kind="warning">
          <p>{counted('optionsSites.alwaysSealed.unreadable', { n: unreadableMarks })}</p>
          <p class="actions">
            <Button onClick={forgetUnreadable}>{words('optionsSites.alwaysSealed.forget')}</Button>
          </p>
        </Notice>
      )}
      {marks.length === 0 ? (
        <p>{words('optionsSites.alwaysSealed.none')}</p>
      ) : (
        <ul class="sites">
          {[...marks]
            .sort((a, b) => a.host.localeCompare(b.host) || a.since - b.since)
            .map((mark) => (
              <li key={mark.id}>
                <div class="site-head">
                  <span class="site-name" id={`mark-${mark.id}`}>
                    {mark.every
                      ? words('optionsSites.alwaysSealed.every')
                      : mark.label === ''
                        ? words('optionsSites.alwaysSealed.unnamed')
                        : say('optionsSites.alwaysSealed.field', {
                            label: <UntrustedText>{mark.label}</UntrustedText>,
                          })}{' '}
                    <span class="hint">
                      {say(
                        mark.guarded
                          ? 'optionsSites.alwaysSealed.details'
                          : 'optionsSites.alwaysSealed.detailsUnguarded',
                        { host: <UntrustedText>{mark.host}</UntrustedText>, day: formatMediumDay(mark.since) },
                      )}
                    </span>
                  </span>
                  <Button onClick={() => remove(mark)} describedBy={`mark-${mark.id}`}>
                    {words('optionsSites.alwaysSealed.remove')}
                  </Button>
                </div>
              </li>
            ))}
        </ul>
      )}
      <output class="told">{choosing.message.value}</output>
      <ErrorNotice error={choosing.task.error.value} />
    </section>
  )
}
