// Tickets for reader frames. Requests made at the same time share a message, since every message costs the background, the browser and
// this script about a millisecond.

import { call } from '../../messages/callFromTexts.ts'
import { ticketsAtOnce } from '../../messages/contentScript.ts'
import type { Field as FieldName } from '../../messages/shapes.ts'

/** A message with so many characters of ciphertext takes no further text. */
const charsAtOnce = 500_000

interface TicketRequest {
  readonly sealed: string
  readonly field: FieldName | null
  readonly resolve: (ticket: string | null) => void
}

let waiting: TicketRequest[] = []

/** A ticket for a frame to show this text. Null if the background refuses or cannot be reached. */
export function ticketFor(sealed: string, field: FieldName | null): Promise<string | null> {
  return new Promise((resolve) => {
    if (waiting.length === 0) queueMicrotask(askForAll)
    waiting.push({ sealed, field, resolve })
  })
}

function askForAll(): void {
  const all = waiting
  waiting = []
  let batch: TicketRequest[] = []
  let chars = 0
  for (const request of all) {
    batch.push(request)
    chars += request.sealed.length
    if (batch.length < ticketsAtOnce && chars < charsAtOnce) continue
    void askFor(batch)
    batch = []
    chars = 0
  }
  if (batch.length > 0) void askFor(batch)
}

async function askFor(batch: readonly TicketRequest[]): Promise<void> {
  const texts = batch.map(({ sealed, field }) => ({ sealed, field }))
  const tickets = await call('issueTickets', { texts }).then(
    (answer) => answer.tickets,
    () => [],
  )
  batch.forEach(({ resolve }, index) => {
    resolve(tickets[index] ?? null)
  })
}
