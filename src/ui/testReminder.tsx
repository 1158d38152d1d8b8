// Says that the recovery key was never tested. The test itself takes place in the options: a recovery key is not typed here.

import { call } from '../messages/call.ts'
import { useDeed } from './deed.ts'
import { Button } from './parts/button.tsx'
import { Notice, TroubleNotice } from './parts/notice.tsx'

interface Props {
  readonly onTest: () => void
  /** "Not now" was said, and noted. */
  readonly onLater: () => void
}

export function TestReminder({ onTest, onLater }: Props) {
  const deed = useDeed()
  const later = async () => {
    if (await deed.run('test-recovery', async () => void (await call('testLater', {})))) onLater()
  }
  return (
    <>
      <Notice>
        <p>You have never tested your recovery key. Find out now whether your copy is right.</p>
        <p class="actions">
          <Button onClick={onTest}>Test my recovery key</Button>
          <Button kind="quiet" busy={deed.busy.value} onClick={() => void later()}>
            Not now
          </Button>
        </p>
      </Notice>
      <TroubleNotice trouble={deed.trouble.value} />
    </>
  )
}
