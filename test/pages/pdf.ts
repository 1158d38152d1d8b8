// Reads what a browser printed, by the renderer of PDFs that many sites show theirs with.

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The letters on the pages of a PDF, without any space. */
export async function lettersOf(data: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(data), verbosity: 0 })
  const document = await task.promise
  let letters = ''
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent()
    letters += items.map((item) => ('str' in item ? item.str : '')).join('')
  }
  await task.destroy()
  return letters.replaceAll(/\s/g, '')
}
