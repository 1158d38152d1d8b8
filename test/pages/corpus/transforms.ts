// What sites do to text between the field it was written in and the page it is read on, each done by the package that sites
// do it with. A transform takes what a person has put into a field, sealed texts and words around them, and gives the HTML
// that the site shows. What needs a browser to run is in kitchen.ts.

import { code } from './code.ts'
import { data } from './data.ts'
import { mail } from './mail.ts'
import { markup } from './markup.ts'

export interface Transform {
  readonly name: string
  /** Whether the texts are read in the page all the same, or what is said of them instead. */
  readonly kind: 'opens' | 'cut off' | 'damaged'
  /** Text longer than this, in characters, takes the package itself longer than any site would wait. */
  readonly longest?: number
  html(source: string): string | Promise<string>
}

export const transforms: readonly Transform[] = [...markup, ...mail, ...data, ...code]
