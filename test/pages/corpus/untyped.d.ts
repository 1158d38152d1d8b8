// The parts that the corpus uses of packages that come without types of their own.

declare module 'showdown' {
  export class Converter {
    constructor(options?: Readonly<Record<string, boolean>>)
    makeHtml(text: string): string
  }
}
declare module 'sanitize-html' {
  export default function sanitizeHtml(html: string, options?: object): string
}
declare module 'textile-js' {
  export default function textile(text: string): string
}
declare module 'he' {
  interface He {
    encode(text: string, options?: { useNamedReferences?: boolean; encodeEverything?: boolean }): string
    decode(html: string): string
    escape(text: string): string
  }
  const he: He
  export default he
}
declare module 'papaparse' {
  interface Papa {
    parse(csv: string): { data: string[][] }
    unparse(rows: readonly (readonly string[])[], options?: { quotes?: boolean }): string
  }
  const papa: Papa
  export default papa
}
declare module 'hyphen/en/index.js' {
  interface Hyphenation {
    hyphenateSync(text: string, options?: { hyphenChar?: string; minWordLength?: number }): string
    hyphenateHTMLSync(html: string): string
  }
  const hyphenation: Hyphenation
  export default hyphenation
}
declare module 'prismjs' {
  interface Prism {
    languages: Readonly<Record<string, object>>
    highlight(text: string, grammar: object, language: string): string
  }
  const prism: Prism
  export default prism
}
