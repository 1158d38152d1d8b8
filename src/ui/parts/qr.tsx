// A QR code as one path of an inline SVG: our policy lets no image in that is not a file of ours, and markup is never made
// from strings. For paper and cameras: black on white whatever the scheme.

import encodeQr from 'qr'

/** White modules around the code, as its standard asks for. */
const quietModules = 4

/** How much of it may be hidden or spoilt and it is still read: `low` on a screen, where there is nothing to spoil it. */
type Spare = 'low' | 'medium'

export function QrCode({ text, label, spare = 'medium' }: { text: string; label: string; spare?: Spare }) {
  const { size, path } = drawQr(text, spare)
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <path fill="#ffffff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000000" d={path} />
    </svg>
  )
}

/** The side of the square in modules, and a path around each run of black ones. */
export function drawQr(text: string, spare: Spare = 'medium'): { size: number; path: string } {
  const rows = encodeQr(text, 'raw', { ecc: spare, border: quietModules })
  const runs = rows.flatMap((row, y) =>
    [
      ...row
        .map((black) => (black ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { size: rows.length, path: runs.join('') }
}
