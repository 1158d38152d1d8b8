// Syntax highlighters, which split text into spans by rules that were never meant for it.

import hljs from 'highlight.js'
import prism from 'prismjs'
import { codeToHtml } from 'shiki'
import type { Transform } from './transforms.ts'

const assigned = (source: string): string => `const note = ${source} // so\nreturn 42 + note`

export const code: readonly Transform[] = [
  ...['javascript', 'css', 'x86asm', 'bash'].map(
    (language): Transform => ({
      name: `highlight.js, ${language}`,
      kind: 'opens',
      longest: 6_000,
      html: (source) => `<pre><code>${hljs.highlight(assigned(source), { language }).value}</code></pre>`,
    }),
  ),
  {
    name: 'highlight.js, whatever it guesses',
    longest: 3_000,
    kind: 'opens',
    html: (source) => `<pre><code>${hljs.highlightAuto(source).value}</code></pre>`,
  },
  ...['javascript', 'css', 'markup'].map(
    (language): Transform => ({
      name: `prismjs, ${language}`,
      kind: 'opens',
      longest: 6_000,
      html: (source) => `<pre>${prism.highlight(assigned(source), prism.languages[language] ?? {}, language)}</pre>`,
    }),
  ),
  ...['javascript', 'css', 'asm', 'tex'].map(
    (lang): Transform => ({
      name: `shiki, ${lang}`,
      kind: 'opens',
      longest: 3_000,
      html: (source) => codeToHtml(assigned(source), { lang, theme: 'github-light' }),
    }),
  ),
]
