// The seal mark, for every place that draws it: a scalloped round with two lines of writing cut out of it, so that it stands
// on any ground.

export const logo = {
  viewBox: '0 0 24 24',
  /** The round, and the lines as holes in it (`fill-rule` evenodd). */
  outline:
    'M12 .9 14.5 2.7 17.6 2.3 18.8 5.2 21.7 6.4 21.3 9.5 23.1 12 21.3 14.5 21.7 17.6 18.8 18.8 17.6 21.7 14.5 21.3 12 23.1 9.5 21.3 6.4 21.7 5.2 18.8 2.3 17.6 2.7 14.5 .9 12 2.7 9.5 2.3 6.4 5.2 5.2 6.4 2.3 9.5 2.7Z' +
    'M7.2 8.4h9.6a1 1 0 0 1 0 2H7.2a1 1 0 0 1 0-2ZM7.2 13.6h5.6a1 1 0 0 1 0 2H7.2a1 1 0 0 1 0-2Z',
} as const

const svgNames = 'http://www.w3.org/2000/svg'

/** The mark as an element, in the colour of the text around it. */
export function drawLogo(): SVGSVGElement {
  const svg = document.createElementNS(svgNames, 'svg')
  svg.setAttribute('viewBox', logo.viewBox)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(svgNames, 'path')
  path.setAttribute('d', logo.outline)
  path.setAttribute('fill', 'currentColor')
  path.setAttribute('fill-rule', 'evenodd')
  svg.append(path)
  return svg
}
