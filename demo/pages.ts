// The notes site's pages. Whatever was sent to the site goes into them as text, never as markup.

import type { Note } from './site.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const text = (raw: string) => raw.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
const lines = (raw: string) => text(raw).replaceAll('\n', '<br>')
const day = (at: string) => text(at.slice(0, 16).replace('T', ' '))

const links = [
  ['/', 'Notes'],
  ['/compose', 'Editor'],
  ['/stored', 'What this site has'],
] as const

function page(title: string, here: string, content: string): string {
  const items = links.map(([to, name]) => `<a href="${to}"${to === here ? ' aria-current="page"' : ''}>${name}</a>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)} · Marginalia</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><span class="name">Marginalia</span><nav aria-label="Site">${items.join('')}</nav></header>
<main>
<h1>${text(title)}</h1>
${content}
</main>
<footer>A demo site on your own machine. It keeps what it is sent, as it is sent.</footer>
</body>
</html>
`
}

const fields = (
  title: string,
  note: string,
) => `<label>Title <input name="title" autocomplete="off" value="${text(title)}"></label>
<label>Note <textarea name="note" rows="5">
${text(note)}</textarea></label>`

function article({ id, title, note, at }: Note): string {
  return `<article>
<h2>${text(title) || 'Untitled'}</h2>
<p class="note">${lines(note)}</p>
<footer><time datetime="${text(at)}">${day(at)}</time><a href="/edit?id=${text(id)}">Change</a>
<form method="post" action="/delete?id=${text(id)}"><button class="quiet">Delete</button></form></footer>
</article>`
}

export function notesPage(notes: readonly Note[]): string {
  const list =
    notes.length === 0 ? '<p class="empty">Nothing here yet.</p>' : [...notes].reverse().map(article).join('\n')
  return page(
    'Notes',
    '/',
    `<form method="post" action="/notes" class="card">
${fields('', '')}
<button>Save note</button>
</form>
<section aria-label="Saved notes">
${list}
</section>`,
  )
}

export function editPage({ id, title, note }: Note): string {
  return page(
    'Change a note',
    '',
    `<form method="post" action="/edit?id=${text(id)}" class="card">
${fields(title, note)}
<button>Save note</button>
</form>`,
  )
}

export function composePage(): string {
  return page(
    'Editor',
    '/compose',
    `<div class="card">
<div id="note" class="editor" contenteditable="true" role="textbox" aria-multiline="true" aria-label="Note"></div>
<div class="row"><button id="send">Save note</button><output id="heard">Nothing written yet</output></div>
</div>
<script src="/compose.js"></script>`,
  )
}

export function storedPage(notes: readonly Note[]): string {
  const size = Buffer.byteLength(JSON.stringify(notes))
  return page(
    'What this site has',
    '/stored',
    `<p>This is the whole of this site’s storage, ${notes.length} ${notes.length === 1 ? 'note' : 'notes'} in ${size} bytes. Whoever runs the site, or breaks into it, reads exactly this.</p>
<textarea class="card" readonly rows="24" spellcheck="false" translate="no" aria-label="Stored">
${text(JSON.stringify(notes, null, 2))}</textarea>`,
  )
}

/** Like many editors, it never reads its own surface again: it sends what the last input event gave it. */
export const script = `'use strict'
const note = document.querySelector('#note')
const heard = document.querySelector('#heard')
let model = ''
note.addEventListener('input', () => {
  model = note.innerText
  heard.textContent = model.length + ' characters heard'
})
document.querySelector('#send').addEventListener('click', async () => {
  const answer = await fetch('/notes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'From the editor', note: model }),
  })
  if (answer.ok) location.href = '/'
  else heard.textContent = await answer.text()
})
`

export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f3ec, #17181c);
  --card: light-dark(#fffdf8, #202228);
  --ink: light-dark(#262320, #e7e4dd);
  --quiet: light-dark(#6c665d, #a09c93);
  --rule: light-dark(#e0d9cb, #363941);
  --accent: light-dark(#7a3e12, #f0b17f);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink); font: 17px/1.6 Georgia, 'Times New Roman', serif; }
body > header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; padding: 1.5rem 0 1rem; border-bottom: 1px solid var(--rule); }
.name { font-size: 1.35rem; font-style: italic; color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 1.25rem; font: 15px/1.6 system-ui, sans-serif; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--rule); }
a[aria-current] { color: var(--accent); text-decoration-color: currentcolor; }
h1 { margin: 1.75rem 0 1rem; font-size: 1.6rem; font-weight: 500; }
h2 { margin: 0 0 .25rem; font-size: 1.1rem; overflow-wrap: anywhere; }
.card, article { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1.1rem 1.25rem; }
form.card, div.card { display: grid; gap: .9rem; margin-bottom: 1.75rem; }
label { display: grid; gap: .25rem; font: 600 14px/1.4 system-ui, sans-serif; color: var(--quiet); }
input, textarea, .editor { width: 100%; padding: .55rem .7rem; border: 1px solid var(--rule); border-radius: 7px; background: var(--paper); color: var(--ink); font: 17px/1.5 Georgia, serif; }
textarea { resize: vertical; }
.editor { min-height: 9rem; overflow-wrap: anywhere; white-space: pre-wrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button { justify-self: start; padding: .5rem 1.1rem; border: 0; border-radius: 7px; background: var(--accent); color: var(--paper); font: 600 15px/1.4 system-ui, sans-serif; cursor: pointer; }
button.quiet { padding: 0; background: none; color: var(--quiet); font-weight: 400; font-size: 14px; text-decoration: underline; text-decoration-color: var(--rule); }
.row { display: flex; gap: 1rem; align-items: center; }
output, .empty, article > footer, body > footer { color: var(--quiet); font: 14px/1.6 system-ui, sans-serif; }
section { display: grid; gap: 1rem; }
.note { margin: 0; overflow-wrap: anywhere; }
article > footer { display: flex; gap: 1.25rem; margin-top: .6rem; }
pre { overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
body > footer { margin-top: 3rem; }
`
