// Draws the extension's icons: a wax seal with a keyhole, in red when the vault is open and grey when it is locked.
// `node demo/icon/render.ts [path of a Chromium]` writes public/icon/*.png and demo/icon/mark.svg.

import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const wax = {
  '': { dark: '#a3211c', base: '#cf3529', light: '#e8614f', hole: '#fff6ee' },
  'locked-': { dark: '#63686f', base: '#858b93', light: '#a5abb2', hole: '#ffffff' },
}
const sizes = [16, 32, 48, 128]

/** A disc with a soft, uneven rim, as wax runs. Fewer and rounder lobes where there are fewer pixels. */
function rim(lobes: number, depth: number): string {
  const points: string[] = []
  const steps = 240
  for (let step = 0; step < steps; step++) {
    const turn = (step / steps) * 2 * Math.PI
    const radius = 61 - depth + depth * Math.cos(lobes * turn)
    points.push(`${(64 + radius * Math.sin(turn)).toFixed(2)},${(64 - radius * Math.cos(turn)).toFixed(2)}`)
  }
  return `M${points.join('L')}Z`
}

function mark(size: number, { dark, base, light, hole }: (typeof wax)['']): string {
  const small = size <= 16
  const middling = size <= 32
  const body = `<path d="${rim(small ? 8 : 10, small ? 2.5 : 4.5)}" fill="${base}"/>`
  const ring = small
    ? ''
    : `<circle cx="64" cy="64" r="42" fill="${dark}"/><circle cx="64" cy="66" r="${middling ? 39 : 40}" fill="${base}"/>
<path d="M24.5 51A42 42 0 0 1 103.5 51" fill="none" stroke="${light}" stroke-width="${middling ? 6 : 4}" stroke-linecap="round"/>`
  const keyhole = small
    ? `<circle cx="64" cy="52" r="20" fill="${hole}"/><path d="M56 56h16l8 43H48Z" fill="${hole}"/>`
    : `<path d="M64 38a17 17 0 0 1 9.5 31.1L79 94a2.5 2.5 0 0 1-2.5 3h-25A2.5 2.5 0 0 1 49 94l5.5-24.9A17 17 0 0 1 64 38Z" fill="${hole}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="${size}" height="${size}">
<title>Fieldseal</title>
${body}
${ring}
${keyhole}
</svg>
`
}

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await puppeteer.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium', args: root })
try {
  const page = await browser.newPage()
  for (const [prefix, colours] of Object.entries(wax)) {
    for (const size of sizes) {
      await page.setViewport({ width: size, height: size })
      await page.setContent(`<style>*{margin:0}svg{display:block}</style>${mark(size, colours)}`)
      const bytes = await page.screenshot({ omitBackground: true })
      await writeFile(place(`../../public/icon/${prefix}${size}.png`), bytes)
    }
  }
  await writeFile(place('mark.svg'), mark(128, wax['']))
} finally {
  await browser.close()
}
