// While something is shown that is kept nowhere yet, the browser asks before the tab is closed.

import { useEffect } from 'preact/hooks'

export function useConfirmLeave(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
}
