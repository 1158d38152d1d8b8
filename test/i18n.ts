// What a browser answers for a name in `_locales/…/messages.json`, for where there is none. Stands by itself: it is also put into pages.

import type { Messages } from '../locales/messages.ts'

/** As `browser.i18n.getMessage`: '' for a name that there is none of. */
export function messageIn(messages: Messages, name: string, values: readonly string[] = []): string {
  const { message = '', placeholders = {} } = messages[name] ?? {}
  return message.replace(/\$(?:\$|(\w+)\$)/g, (_whole, placeholder: string | undefined) => {
    if (placeholder === undefined) return '$'
    const { content = '' } = placeholders[placeholder] ?? {}
    return values[Number(content.slice(1)) - 1] ?? ''
  })
}
