// The program `fieldseal`: opens everything that Fieldseal sealed, without the extension. docs/CLI.md.

import { run } from './commands.ts'

// Whoever reads may stop reading: then there is nobody to write for, and nothing to complain of.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (problem: Error & { code?: string }) => {
    if (problem.code === 'EPIPE') process.exit()
    throw problem
  })
}

process.exitCode = await run(process.argv.slice(2))
