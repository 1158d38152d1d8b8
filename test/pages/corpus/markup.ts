// Renderers of what people write: Markdown, Textile, BBCode, links, emoji, entities, and the sanitizers after them.

import bbcode from '@bbob/html'
import html5 from '@bbob/preset-html5'
import twemoji from '@twemoji/api'
import he from 'he'
import linkifyHtml from 'linkify-html'
import { linkifyit } from 'linkify-it'
import MarkdownIt from 'markdown-it'
import { marked } from 'marked'
import { emojify } from 'node-emoji'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import smartypants from 'remark-smartypants'
import sanitizeHtml from 'sanitize-html'
import showdown from 'showdown'
import textile from 'textile-js'
import { unified } from 'unified'
import type { Transform } from './transforms.ts'

const paragraphs = (escaped: string): string =>
  escaped
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('')

const plain = new MarkdownIt()
const busy = new MarkdownIt({ html: true, linkify: true, typographer: true, breaks: true })
const lively = new showdown.Converter({
  emoji: true,
  simplifiedAutoLink: true,
  simpleLineBreaks: true,
  strikethrough: true,
  tables: true,
  underline: true,
  ghMentions: true,
})
const typographic = unified().use(remarkParse).use(smartypants).use(remarkRehype).use(rehypeStringify)
const links = linkifyit({ fuzzyLink: true, fuzzyIP: true })

/** As sites use linkify-it: by the matches, on escaped text. */
function linked(text: string): string {
  let html = ''
  let from = 0
  for (const { index, lastIndex, url } of links.match(text) ?? []) {
    html += `${he.escape(text.slice(from, index))}<a href="${he.escape(url)}">${he.escape(text.slice(index, lastIndex))}</a>`
    from = lastIndex
  }
  return paragraphs(html + he.escape(text.slice(from)))
}

/** Around a sealed text stands what makes a renderer busy. */
const among = (source: string): string =>
  `See **bold** and _this_ -- "quoted" (c) :smile: at www.example.com/a_b_c:\n\n${source}\n\n…and 'more' --- 10x10 *words*.`

export const markup: readonly Transform[] = [
  { name: 'markdown-it', kind: 'opens', html: (source) => plain.render(source) },
  { name: 'markdown-it, typographer, linkify', kind: 'opens', html: (source) => busy.render(among(source)) },
  { name: 'markdown-it, in a quote in a list', kind: 'opens', html: (source) => plain.render(`- > ${source}`) },
  { name: 'markdown-it, in code', kind: 'opens', html: (source) => plain.render(`    ${source}`) },
  { name: 'markdown-it, in bold', kind: 'opens', html: (source) => plain.render(`***${source}***`) },
  { name: 'marked', kind: 'opens', html: (source) => marked.parse(among(source), { gfm: true, breaks: true }) },
  { name: 'showdown', kind: 'opens', html: (source) => lively.makeHtml(among(source)) },
  {
    name: 'remark, smartypants',
    kind: 'opens',
    html: async (source) => String(await typographic.process(among(source))),
  },
  { name: 'linkify-it', kind: 'opens', html: (source) => linked(among(source)) },
  {
    name: 'linkifyjs',
    kind: 'opens',
    html: (source) => linkifyHtml(paragraphs(he.escape(among(source))), { truncate: 20, target: '_blank' }),
  },
  { name: 'sanitize-html', kind: 'opens', html: (source) => sanitizeHtml(plain.render(among(source))) },
  { name: 'textile-js', kind: 'opens', html: (source) => textile(source) },
  { name: 'textile-js, in a quote', kind: 'opens', html: (source) => textile(`bq. ${source}`) },
  { name: 'bbob', kind: 'opens', html: (source) => bbcode(source, html5()) },
  {
    name: 'bbob, in quote and bold',
    kind: 'opens',
    html: (source) => bbcode(`[quote][b]${source}[/b][/quote]`, html5()),
  },
  { name: 'node-emoji', kind: 'opens', html: (source) => paragraphs(he.escape(emojify(`:wave: ${source} :tada:`))) },
  { name: '@twemoji/api', kind: 'opens', html: (source) => twemoji.parse(paragraphs(he.escape(`👋 ${source} 🎉`))) },
  {
    name: 'he, encoded and decoded twice',
    kind: 'opens',
    html: (source) => paragraphs(he.escape(he.decode(he.decode(he.encode(he.encode(source)))))),
  },
  {
    name: 'he, every letter an entity',
    kind: 'opens',
    html: (source) => `<p>${he.encode(source, { encodeEverything: true })}</p>`,
  },
  {
    name: 'he, escaped twice and shown so',
    kind: 'opens',
    html: (source) => paragraphs(he.escape(he.escape(`<p>${source}</p> & "so"`))),
  },
]
