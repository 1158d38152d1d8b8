// What Fieldseal protects and what not, in a few plain lines.

export function Protects() {
  return (
    <section class="card" aria-labelledby="protects">
      <h2 id="protects">What Fieldseal protects, and what not</h2>
      <ul class="lines">
        <li>What you seal, the website stores as a text it can’t read. It can’t change it unnoticed either.</li>
        <li>
          The website still sees that you sealed something, when, and about how long it is. It can delete it, or show an
          older sealed text again.
        </li>
        <li>
          What you type into a website’s own field, the site can read before you seal it. In our own window it can’t.
        </li>
        <li>
          Everything is on this device, and on others only if you choose so above. Fieldseal has no server, and keeps no
          copy of your password or recovery key. With both lost, and no shares handed out, nobody can open your texts.
        </li>
        <li>
          While the vault is unlocked, someone at your device can read what you can. A device under someone else’s
          control, or a browser that was tampered with, is beyond what Fieldseal can guard against.
        </li>
      </ul>
    </section>
  )
}
