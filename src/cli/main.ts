// The program `fieldseal`: opens everything that Fieldseal sealed, without the extension. docs/CLI.md.

import { run } from './commands.ts'

// A reader that closes the pipe ends the program quietly.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (problem: Error & { code?: string }) => {
    if (problem.code === 'EPIPE') process.exit()
    throw problem
  })
}

process.exitCode = await run(process.argv.slice(2))
