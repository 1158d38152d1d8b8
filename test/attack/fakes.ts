// What pages put in our frame's place or send to it: forged admissions, and a fake that passes on whatever it is sent.

import { html } from './site.ts'

export const admission = JSON.stringify({
  fieldseal: 'admission',
  ticket: 'A'.repeat(22),
  look: { colour: [0, 0, 0], backdrop: [255, 255, 255], fontPx: 16, weight: 400, family: 'sans', direction: 'ltr' },
})

/** What the stand-in takes for an admission: anything with a text to show. */
export const forgedText = { text: 'forged' }

/** Posts `count` admissions to a window, and keeps what comes back over their ports. */
export function forge(to: Window | null, message: unknown, count: number): void {
  for (let sent = 0; sent < count; sent++) {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => window.loot.push(data)
    to?.postMessage(message, '*', [port2])
  }
}

/** A page of the attacker's that passes on whatever it is sent. */
export const fake = html(
  'fake',
  `addEventListener('message', ({ data, ports }) => {
    parent.postMessage('FAKE GOT ' + JSON.stringify(data), '*')
    for (const port of ports) { port.onmessage = (event) => parent.postMessage('FAKE PORT ' + event.data, '*') }
  }); parent.postMessage('fake is here', '*')`,
)

export const overhear = `loot = []; addEventListener('message', ({ data }) => typeof data === 'string' && loot.push(data), true)`
