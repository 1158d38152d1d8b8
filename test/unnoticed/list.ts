// Exported functions of the page, the reader frames and our windows that may return nothing without any unit test, and any test of
// test/dom, noticing it (test/unnoticed.mjs). One that is noticed after all has to go from here.

export interface Unnoticed {
  /** As it is printed: 'src/ui/secrets/strength.ts duration'. */
  readonly name: string
  readonly why: string
}

const pairing = 'Pairing takes two browsers: test/e2e/pairing.test.ts.'
const editors = 'It is for editors that answer for their text or draw it themselves: test/e2e/editors.test.ts.'

export const unnoticed: readonly Unnoticed[] = [
  { name: 'src/page/field/kinds/editable.ts selectAllAsText', why: editors },
  { name: 'src/page/field/kinds/windowed.ts windowTarget', why: editors },
  { name: 'src/page/field/kinds/selection.ts pressCommandKey', why: editors },
  { name: 'src/page/field/kinds/selection.ts pressRight', why: editors },
  { name: 'src/page/field/kinds/selection.ts collapse', why: editors },
  { name: 'src/ui/onboarding/pair.tsx Pair', why: pairing },
  { name: 'src/ui/pairing/gather.tsx Gather', why: pairing },
  { name: 'src/ui/pairing/qr/qrSequence.tsx QrSequence', why: pairing },
  { name: 'src/ui/pairing/openVault.tsx OpenVault', why: pairing },
  { name: 'src/ui/pairing/scan.tsx Scan', why: pairing },
  { name: 'src/ui/pairing/show.tsx ShowVault', why: pairing },
  { name: 'src/ui/pairing/acceptPairing.tsx AcceptPairing', why: pairing },
]
