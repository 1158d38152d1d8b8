// `fieldseal open` and `seal`, as they are run: from arguments, standard input, files, pages and mails.

import { spawn } from 'node:child_process'
import { createTransport } from 'nodemailer'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeBase64url } from '../../src/bytes.ts'
import { sealText } from '../../src/crypto/text.ts'
import { newestPersonal } from '../../src/keyring/circles.ts'
import { importCircles } from '../../src/keyring/importCircles.ts'
import { rotateCircle } from '../../src/keyring/rotation.ts'
import { type Vault, withBody } from '../../src/keyring/vault.ts'
import { altered } from '../altered.ts'
import { circleKey } from '../crypto/bytes.ts'
import { vectors } from '../crypto/vectors.ts'
import { backupOf, fieldseal, folder, makeVault, password, program, withPassword } from './program.ts'

const files = folder()
const words = 'The key is under the mat, and the cat is fed. '
const long = words.repeat(8).trim()
let vault: Vault
let backup: string
let sealed: string
let sealedLong: string
let foreign: string

const seal = (text: string, of: Vault = vault) =>
  sealText(newestPersonal(of.body), { text, minutes: 29_500_000, origin: 'https://example.com' })

beforeAll(async () => {
  vault = await makeVault()
  backup = files.put('vault.backup', backupOf(vault))
  sealed = await seal('hello')
  sealedLong = await seal(long)
  foreign = await seal('not for you', await makeVault())
})

const open = (args: readonly string[], stdin: string | Uint8Array = '') =>
  fieldseal(['open', '-b', backup, ...withPassword, ...args], { stdin })

const wrapped = (text: string, columns: number) => text.replace(new RegExp(`.{${columns}}`, 'g'), '$&\n')
const quoted = (text: string) => text.replaceAll(/^/gm, '> ')

describe('what is opened', () => {
  test('a text in an argument comes out by itself', async () => {
    expect(await open([sealed])).toEqual({ code: 0, signal: null, out: 'hello\n', err: '' })
  })

  test('so does one on standard input, by name or without', async () => {
    for (const args of [[], ['-']]) expect((await open(args, `see: ${sealed}.\n`)).out).toBe('hello\n')
  })

  test('the password and the texts can come by the same descriptor', async () => {
    const ran = await fieldseal(['open', '-b', backup, '--password-fd', '0'], { stdin: `${password}\r\n${sealed}` })
    expect(ran).toMatchObject({ code: 0, out: 'hello\n' })
  })

  test('several come with a line between, in their order, also from several files', async () => {
    const file = files.put('two.txt', `${sealed}\n\nand ${sealedLong}\n`)
    expect(await open([file, sealed])).toMatchObject({ code: 0, out: `hello\n---\n${long}\n---\nhello\n` })
  })

  test('a file that begins with a dash is named after --, and an argument that is a text stays one', async () => {
    files.put('-b.txt', sealed)
    const args = ['open', '-b', backup, ...withPassword, '--', '-b.txt', sealed]
    expect(await fieldseal(args, { cwd: files.path })).toMatchObject({ code: 0, out: 'hello\n---\nhello\n' })
  })

  test.each([0, 1, 2, 3])('a text wrapped at 72 and quoted %i deep', async (deep) => {
    let letter = `Dear Bob,\n${wrapped(sealedLong, 72)}\nthanks, Ann`
    for (let at = 0; at < deep; at++) letter = quoted(letter)
    expect(await open([], letter)).toMatchObject({ code: 0, out: `${long}\n` })
  })

  test('a text of a page, across elements and through entities, and no other words of it', async () => {
    const page = files.put(
      'page.html',
      `<!doctype html><title>A page</title><script>var s = "${sealed}"</script><style>a{}</style><p>Look:
      <span>sea</span><b>led1</b>${wrapped(sealedLong.slice(7), 50).replaceAll('\n', '<br>&gt; &#8203;&shy;<wbr>')}</p>
      <p>More words</p><textarea>${sealed}</textarea>`,
    )
    expect(await open([page])).toMatchObject({ code: 0, out: `${long}\n---\nhello\n` })
  })

  test('a page on standard input is seen to be one; --as says otherwise', async () => {
    const page = `<div>${sealedLong.slice(0, 60)}<br>${sealedLong.slice(60)}</div>`
    expect(await open([], page)).toMatchObject({ code: 0, out: `${long}\n` })
    expect(await open(['--as', 'text'], page)).toMatchObject({ code: 1, out: '' })
    expect(await open(['--as', 'tex'], page)).toMatchObject({ code: 2 })
  })

  test('files in UTF-16 and in Windows-1252', async () => {
    const utf16 = files.put('utf16.txt', Buffer.from(`\ufeffé ${sealed}`, 'utf16le'))
    const latin = files.put(
      'latin.txt',
      Buffer.from(`\u00e9\u00a0${sealed.slice(0, 50)}\u00ad\n${sealed.slice(50)}`, 'latin1'),
    )
    expect(await open([utf16, latin])).toMatchObject({ code: 0, out: 'hello\n---\nhello\n' })
  })

  test('texts under earlier keys of the circle', async () => {
    const newer = withBody(vault, rotateCircle(vault.body, 'personal', new Date()), new Date())
    const file = files.put('rotated.backup', backupOf(newer))
    const ran = await fieldseal(['open', '-b', file, ...withPassword, sealed, await seal('newer', newer)])
    expect(ran).toMatchObject({ code: 0, out: 'hello\n---\nnewer\n' })
  })

  test('a bare record opens texts as a backup does', async () => {
    const record = files.put('record.json', JSON.stringify({ vaultId: vault.vaultId, ...vault.record }, null, 2))
    expect(await fieldseal(['open', '-b', record, ...withPassword, sealed])).toMatchObject({ code: 0, out: 'hello\n' })
  })
})

describe('mails', () => {
  const composer = createTransport({ streamTransport: true, buffer: true })
  const mail = async (more: object) => {
    const { message } = await composer.sendMail({
      from: 'Ann <ann@example.org>',
      to: 'bob@example.org',
      subject: 'A letter',
      ...more,
    })
    return message as Buffer
  }
  const letter = () => `Dear Bob,\n\n${quoted(quoted(quoted(wrapped(sealedLong, 72))))}\n\nand ${sealed}`

  test.each(['quoted-printable', 'base64'] as const)('in %s', async (textEncoding) => {
    const file = files.put(`${textEncoding}.eml`, await mail({ text: letter(), textEncoding }))
    expect(await open([file])).toMatchObject({ code: 0, out: `${long}\n---\nhello\n` })
  })

  test('with text and HTML say each text once; on standard input they are seen to be mails', async () => {
    const html = `<div dir="ltr">${letter().replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</div>`
    const both = await mail({ text: letter(), html, textEncoding: 'quoted-printable' })
    expect(await open([], both)).toMatchObject({ code: 0, out: `${long}\n---\nhello\n` })
    const broken = await mail({ text: letter().replaceAll(/[A-Z]/g, '*'), html })
    expect(await open([], broken)).toMatchObject({ code: 0, out: `${long}\n---\nhello\n` })
    expect(await open([], await mail({ html }))).toMatchObject({ code: 0, out: `${long}\n---\nhello\n` })
  })

  test('flowed, with and without spaces to be taken out', async () => {
    for (const [type, glue] of [
      ['flowed', '\n'],
      ['flowed; delsp=yes', ' \n'],
    ]) {
      const body = `${sealedLong.slice(0, 70)}${glue}${sealedLong.slice(70, 140)}${glue}${sealedLong.slice(140)}`
      const head = `From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; format=${type}`
      expect(await open([], `${head}\r\n\r\n${body.replaceAll('\n', '\r\n')}\r\n`)).toMatchObject({
        code: 0,
        out: `${long}\n`,
      })
    }
  })

  test('forwarded as attachments, and attached notes, are read too', async () => {
    const inner = await mail({ text: sealedLong, textEncoding: 'base64' })
    const outer = await mail({
      text: 'see below',
      attachments: [
        { filename: 'forwarded.eml', content: inner, contentType: 'message/rfc822' },
        { filename: 'note.txt', content: sealed },
        { filename: 'foreign.txt', content: foreign },
      ],
    })
    const ran = await open([files.put('outer.eml', outer)])
    expect(ran).toMatchObject({ code: 1, out: `${long}\n---\nhello\n` })
    expect(ran.err).toContain('outer.eml, attached foreign.txt: the text')
  })

  test('in a mailbox are read one by one', async () => {
    const mails = [
      await mail({ text: letter(), textEncoding: 'base64' }),
      await mail({ text: `${foreign}\n\nFrom me` }),
    ]
    const box = mails.map((one, at) => `From ann@example.org Mon Nov 23 12:00:0${at} 2026\r\n${one}\r\n\r\n`).join('')
    const file = files.put('letters.mbox', box)
    const ran = await open([file])
    expect(ran).toMatchObject({ code: 1, out: `${long}\n---\nhello\n` })
    expect(ran.err).toContain('letters.mbox, mail 2: the text')
    expect((await open([], box)).out).toBe(ran.out)
  })

  test('are printed with their texts in them', async () => {
    const ran = await open(['--replace'], await mail({ text: letter(), textEncoding: 'base64' }))
    expect(ran.out).toMatch(
      /^From: Ann <ann@example.org>\nTo: bob@example.org\nDate: .*\nSubject: A letter\n\nDear Bob,\n\n/,
    )
    expect(ran.out).toContain(`> > > ${long}\n\nand hello`)
  })
})

describe('what does not open', () => {
  test('is named, each with what is wrong, and the others come out', async () => {
    const damaged = altered(sealed, 60)
    const all = [
      damaged,
      sealed,
      foreign,
      `sealed2${sealed.slice(7)}`,
      sealedLong.slice(0, 99),
      sealedLong.toLowerCase(),
      sealed,
    ]
    const ran = await open([], all.join('\n\n'))
    expect(ran).toMatchObject({ code: 1, out: 'hello\n---\nhello\n' })
    expect(ran.err.split('\n').map((line) => line.replace(/\(sealed\w+…\) /, ''))).toEqual([
      'fieldseal: standard input: text 1 of 7 is damaged: something in it was altered',
      'fieldseal: standard input: text 3 of 7 was sealed under a key that this vault does not have',
      'fieldseal: standard input: text 4 of 7 was made by a newer version of Fieldseal',
      'fieldseal: standard input: text 5 of 7 is cut off: its end is missing',
      'fieldseal: standard input: text 6 of 7 is damaged: all its capital letters were made small',
      'fieldseal: 2 of 7 texts opened',
      '',
    ])
  })

  test('is told to programs by --json', async () => {
    const file = files.put('some.txt', `${sealed} ${foreign}`)
    const ran = await open(['--json', file])
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.out)).toEqual([
      {
        from: file,
        outcome: 'open',
        sealed,
        text: 'hello',
        sealedAt: new Date(29_500_000 * 60_000).toISOString(),
        site: 'page',
        key: { owner: 'personal', circle: null, earlier: false },
      },
      { from: file, outcome: 'not-for-us', sealed: foreign },
    ])
  })

  test('with a key that is not the newest of one’s own is said, and a stranger’s name for it cannot move the terminal', async () => {
    const stranger = await makeVault()
    const key = circleKey('aa'.repeat(32))
    const keys = [{ epoch: 1, key: encodeBase64url(key), createdAt: '2026-11-23T12:00:00.000Z' }]
    const named = { id: 'a', name: 'Friends\u001b[2J\u202e', keys }
    const theirs = withBody(stranger, { ...stranger.body, circles: [...stranger.body.circles, named] }, new Date())
    const replacedAt = new Date('2026-12-01T12:00:00Z')
    const own = withBody(vault, rotateCircle(vault.body, 'personal', replacedAt), replacedAt)
    const file = files.put('both.backup', backupOf(importCircles(own, theirs, replacedAt)))
    const inCircle = await sealText(key, { text: 'hi', minutes: 29_500_000, origin: null })
    const ran = (args: readonly string[]) => fieldseal(['open', '-b', file, ...withPassword, ...args])
    const minutes = replacedAt.getTime() / 60_000 + 1
    const late = await sealText(newestPersonal(vault.body), { text: 'late', minutes, origin: null })
    expect(await ran([`${await seal('mine', own)} ${late} ${await seal('hey', stranger)}`])).toMatchObject({
      code: 0,
      out: 'mine\n---\nlate\n---\nhey\n',
      err: expect.stringMatching(
        /^fieldseal: argument 1: text 2 of 3 \(.*\) was sealed with an earlier key\nfieldseal: argument 1: text 3 of 3 \(.*\) was sealed with a key from another vault\n$/,
      ),
    })
    expect((await ran([inCircle])).err).toMatch(/ was sealed with a key from another vault: “Friends\[2J”\n$/)
    const [told] = JSON.parse((await ran(['--json', inCircle])).out)
    expect(told.key).toEqual({ owner: 'other-vault', circle: 'Friends[2J', earlier: false })
    const shown = await fieldseal(['show', file, ...withPassword])
    expect(shown.out).toMatch(/Personal \(from another vault\)\n {4}key 1, since .*, from another vault\n/)
  })

  test('nothing to open is said, and is no success', async () => {
    const ran = await open([], 'just words')
    expect(ran).toMatchObject({ code: 1, out: '', err: 'fieldseal: no sealed text in standard input\n' })
  })

  test('a file that is not there does not keep the others from being read', async () => {
    const ran = await open(['nowhere.txt', files.path, sealed])
    expect(ran).toMatchObject({ code: 4, out: 'hello\n' })
    expect(ran.err).toContain('nowhere.txt: no such file, and no sealed text either\n')
    expect(ran.err).toContain('is a directory\n')
  })
})

describe('--replace', () => {
  test('puts texts in their place and leaves the rest as it was', async () => {
    const source = `\tone\r\n${wrapped(sealedLong, 40)} two ${foreign}\n\n${sealed}${sealed}`
    const ran = await open(['-r'], source)
    expect(ran).toMatchObject({ code: 1, out: `\tone\r\n${long} two ${foreign}\n\nhellohello` })
  })

  test('writes texts into markup as text, and keeps the tags that do nothing', async () => {
    const marked = await seal('1 < 2 & so on\n<script>alert(1)</script>')
    const page = `<p title="x" onclick="y()">a <i>${marked.slice(0, 20)}</i><br>${marked.slice(20, 50)}<b>${marked.slice(50)}</b> z<pre>${marked}</pre><script>z()</script>`
    const shown = '1 &lt; 2 &amp; so on<br>\n&lt;script&gt;alert(1)&lt;/script&gt;'
    const ran = await open(['--replace'], page)
    expect(bodyOf(ran.out)).toBe(`<p title="x">a <i>${shown}</i><b></b> z<pre>${shown.replace('<br>', '')}</pre>`)
  })

  test('makes one page where anything of it is markup, with the policy in front of all', async () => {
    const note = files.put('note.txt', `<img src=x onerror=y()> ${sealed}`)
    const page = files.put('page.html', `<title>A</title><p>${sealed}`)
    const ran = await open(['--replace', '--as', 'html', page, '--', note])
    expect(ran.out.indexOf('http-equiv="Content-Security-Policy"')).toBeLessThan(200)
    const text = await open(['--replace', '--as', 'text', note])
    expect(text.out).toBe('<img src=x onerror=y()> hello')
    const both = await open(['--replace', files.put('plain.txt', `a < b ${sealed}`), page])
    expect(bodyOf(both.out)).toBe('<pre>a &lt; b hello</pre>\n<hr>\n<title>A</title><p>hello')
    expect(both.out.match(/<!doctype/g)).toHaveLength(1)
  })

  test.each([
    [
      'a drawing',
      'drawing.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><text>TEXT</text></svg>',
    ],
    [
      'XML',
      'data.xml',
      '<?xml version="1.0"?><?xml-stylesheet href="x"?><r xmlns:h="http://www.w3.org/1999/xhtml"><h:script>x()</h:script>TEXT</r>',
    ],
    ['what is named otherwise', 'page', '<x-a onclick="x()">TEXT</x-a>'],
    [
      'a mail',
      'mail.eml',
      'From: a@example.org\nTo: b@example.org\nContent-Type: text/html\n\n<body onload="x()"><script>x()</script>TEXT',
    ],
  ])('of %s makes a page that does nothing', async (_what, name, source) => {
    const ran = await open(['--replace', files.put(name, source.replace('TEXT', sealed))])
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(bodyOf(ran.out)).toContain('hello')
    expect(ran.out).not.toMatch(/<(?:script|svg|x-a|\?)|\son\w+=/i)
  })
})

/** Of the page that --replace makes. */
function bodyOf(page: string): string {
  const [, body = ''] =
    /^<!doctype html>\n<html><head>[\s\S]*?<\/head><body>\n([\s\S]*)\n<\/body><\/html>\n$/.exec(page) ?? []
  return body
}

describe('great inputs', () => {
  test('ten megabytes of markup with a few texts', async () => {
    const filler = '<div class="a">word &amp; <b>word</b> sealed word sealed1 &gt; <br></div>\n'.repeat(70_000)
    const page = files.put('great.html', `${filler}<p>${sealed}</p>${filler}<p>${sealedLong}</p>`)
    const ran = await open([page])
    expect(ran).toMatchObject({ code: 0, out: `hello\n---\n${long}\n` })
  })

  test.each(['<b>', '<br>', 'sealed1 ', 'sealed1000g5 > '])('ten megabytes of %s', async (part) => {
    const great = files.put('much.html', `${part.repeat(10_000_000 / part.length)}${sealed}`)
    expect(await open([great])).toMatchObject({ out: 'hello\n' })
  })

  test('a reader that stops reading is not complained of', async () => {
    const many = files.put('many.txt', `${await seal('y\n'.repeat(400_000))}\n`.repeat(4))
    const child = spawn(
      'sh',
      ['-c', `"$0" "$1" open -b "$2" --password-fd 3 "$3" | head -n 1`, process.execPath, program, backup, many],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      },
    )
    const pipe = child.stdio[3]
    if (pipe !== null && pipe !== undefined && 'end' in pipe) pipe.end(password)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (said += bytes))
    await new Promise((resolve) => child.on('close', resolve))
    expect(said).toBe('y\n')
  })
})

describe('the vectors', () => {
  test('open, decorated or not, or are refused as they should be', async () => {
    const all = [...vectors.text, ...vectors.decorated, ...vectors.textRefused].map((one) => one.circleKey)
    const file = files.put('vectors.backup', backupOf(await makeVault([...new Set(all)].map(circleKey))))
    const put = (texts: readonly string[], kind: string) => texts.map((text, at) => files.put(`${kind}${at}`, text))
    const whole = put(
      vectors.text.map((one) => one.sealed),
      'text',
    )
    const decorated = put(
      vectors.decorated.map((one) => one.text),
      'decorated',
    )
    const refused = put(
      vectors.textRefused.map((one) => one.sealed),
      'refused',
    )
    const ran = await fieldseal([
      'open',
      '--json',
      '--as',
      'text',
      '-b',
      file,
      ...withPassword,
      ...whole,
      ...decorated,
      ...refused,
    ])
    const found: { from: string; outcome: string; text?: string }[] = JSON.parse(ran.out)
    const of = (path: string | undefined) => found.filter(({ from }) => from === path)
    for (const [at, { text }] of vectors.text.entries()) expect(of(whole[at]).map((one) => one.text)).toEqual([text])
    for (const [at, { opens, why }] of vectors.decorated.entries())
      expect(
        of(decorated[at]).flatMap((one) => one.text ?? []),
        why,
      ).toEqual(opens)
    for (const [at, { expect: wanted, why }] of vectors.textRefused.entries()) {
      const outcomes = of(refused[at]).map(({ outcome }) =>
        outcome === 'cut-off' || outcome === 'lost-capitals' ? 'damaged' : outcome,
      )
      expect(outcomes, why).toHaveLength(1)
      expect(wanted.split('-or-'), why).toContain(outcomes[0])
    }
  })
})

describe('seal', () => {
  const sealing = (args: readonly string[], stdin: string | Uint8Array) =>
    fieldseal(['seal', '-b', backup, ...withPassword, ...args], { stdin })

  test('makes a text that opens to what was sealed, less the line feed that shells add', async () => {
    for (const [args, text, comesOut] of [
      [[], 'a\nb\n', 'a\nb\n'],
      [[], 'ü', 'ü\n'],
      [['--exact'], 'c\n\n', 'c\n\n'],
      [['--exact', '-'], '', '\n'],
    ] as const) {
      const made = await sealing(args, text)
      expect(made.out).toMatch(/^sealed1[0-9A-Za-z]+\n$/)
      expect((await open([made.out])).out).toBe(comesOut)
    }
    const [bare] = JSON.parse((await open(['--json', (await sealing([], 'a\n')).out])).out)
    expect(bare).toMatchObject({ text: 'a', site: 'nowhere' })
  })

  test('seals for a site, and takes an origin as browsers write it only', async () => {
    const made = (await sealing(['--origin', 'https://example.com'], 'a')).out
    const outside = (await sealing([], 'a')).out
    const sites = async (...args: string[]) =>
      JSON.parse((await open(['--json', ...args, made, outside])).out).map(({ site }: { site: string }) => site)
    expect(await sites()).toEqual(['page', 'nowhere'])
    expect(await sites('--origin', 'https://example.com')).toEqual(['here', 'nowhere'])
    expect(await sites('--origin', 'https://other.example')).toEqual(['elsewhere', 'nowhere'])
    expect(await open(['--origin', 'https://example.com', made])).toMatchObject({ code: 2, out: '' })
    for (const origin of ['https://example.com/page', 'https://EXAMPLE.com', 'example.com', 'file:///x', '']) {
      expect(await sealing(['--origin', origin], 'a')).toMatchObject({ code: 2, out: '' })
    }
  })

  test('takes no text as an argument, where other programs would see it', async () => {
    expect(await sealing(['secret'], '')).toMatchObject({ code: 2, out: '' })
  })

  test('refuses what is too long', async () => {
    const ran = await sealing([], 'x'.repeat(1_100_000))
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('longer than one sealed text can hold')
  })
})
