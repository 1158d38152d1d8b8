// A copy of a build in which each context of ours counts what is under way in it (watchWork.ts). Nothing else of it is changed, and
// the build itself knows of none of it.

import { rmSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { soonMs, watchWork } from './watchWork.ts'

/** What is brought into pages or stands in none of ours. */
const scripts = ['background.js', 'page.js', 'fields.js', 'finder.js', 'readerFrame.js']
const counting = `(${watchWork})(${soonMs});`

const copies = new Map<string, Promise<string>>()

/** The folder of such a copy. It is made once for a worker, so that a browser that starts again finds it where it was. */
export function watched(folder: string): Promise<string> {
  const made = copies.get(folder) ?? copy(folder)
  copies.set(folder, made)
  return made
}

async function copy(folder: string): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'fieldseal-watched-'))
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }))
  const made = join(parent, basename(folder))
  await cp(folder, made, { recursive: true })
  const change = async (name: string, changed: (text: string) => string) =>
    writeFile(join(made, name), changed(await readFile(join(made, name), 'utf8')))
  await writeFile(join(made, 'watchWork.js'), counting)
  for (const name of scripts) await change(name, (code) => counting + code)
  for (const name of await readdir(made))
    if (name.endsWith('.html'))
      await change(name, (page) => page.replace('<script type="module"', '<script src="/watchWork.js"></script>$&'))
  return made
}
