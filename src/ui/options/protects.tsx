// What Fieldseal protects and what it does not.

import { words } from '../../words.ts'

export function Protects() {
  return (
    <section class="card" aria-labelledby="protects">
      <h2 id="protects">{words('options.protects.heading')}</h2>
      <ul class="lines">
        <li>{words('options.protects.sealed')}</li>
        <li>{words('options.protects.website')}</li>
        <li>{words('options.protects.typing')}</li>
        <li>{words('options.protects.device')}</li>
        <li>{words('options.protects.unlocked')}</li>
      </ul>
    </section>
  )
}
