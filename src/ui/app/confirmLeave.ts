// While a page shows something that is not stored yet, the browser asks before it closes the tab.

import { useEffect } from 'preact/hooks'

export function useConfirmLeave(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
}
