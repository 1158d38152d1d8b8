// The seal mark's outline, for every place that draws it: a scalloped round with two lines of writing pressed into it.

export const sealMark = {
  viewBox: '0 0 24 24',
  wax: 'M12 .9 14.5 2.7 17.6 2.3 18.8 5.2 21.7 6.4 21.3 9.5 23.1 12 21.3 14.5 21.7 17.6 18.8 18.8 17.6 21.7 14.5 21.3 12 23.1 9.5 21.3 6.4 21.7 5.2 18.8 2.3 17.6 2.7 14.5 .9 12 2.7 9.5 2.3 6.4 5.2 5.2 6.4 2.3 9.5 2.7Z',
  lines: 'M7.2 9.4h9.6M7.2 14.6h5.6',
} as const

const svgNames = 'http://www.w3.org/2000/svg'

/** The mark as an element, in the colour of the text around it; the custom property `--paper` is the colour of its lines. */
export function drawSealMark(): SVGSVGElement {
  const svg = document.createElementNS(svgNames, 'svg')
  svg.setAttribute('viewBox', sealMark.viewBox)
  svg.setAttribute('aria-hidden', 'true')
  for (const [d, paint] of [
    [sealMark.wax, { fill: 'currentColor', stroke: 'none' }],
    [sealMark.lines, { fill: 'none', stroke: 'var(--paper, #fff)', 'stroke-width': '2', 'stroke-linecap': 'round' }],
  ] as const) {
    const path = document.createElementNS(svgNames, 'path')
    for (const [name, value] of Object.entries({ d, ...paint })) path.setAttribute(name, value)
    svg.append(path)
  }
  return svg
}
