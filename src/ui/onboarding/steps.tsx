// Where in the making of a vault one is.

const stepNames = ['Password', 'Recovery key', 'Your cue', 'Try it'] as const

export function Steps({ at }: { at: 0 | 1 | 2 | 3 }) {
  return (
    <ol class="steps" aria-label="Steps">
      {stepNames.map((name, index) => (
        <li key={name} class={index < at ? 'step-past' : undefined} aria-current={index === at ? 'step' : undefined}>
          {name}
        </li>
      ))}
    </ol>
  )
}
