// Tells test/unnoticed.mjs how each run ended, as soon as it has: a line of JSON at the end of the file that FIELDSEAL_TOLD names.

import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

const tell = (told: unknown) => appendFileSync(process.env.FIELDSEAL_TOLD as string, `${JSON.stringify(told)}\n`)

function failureIn(module: TestModule): string | null {
  if (module.state() !== 'failed') return null
  for (const test of module.children.allTests('failed')) {
    return `${test.fullName}: ${test.result().errors?.[0]?.message ?? ''}`.slice(0, 400)
  }
  const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
  return errors
    .map(({ message }) => message)
    .join('; ')
    .slice(0, 400)
}

export default class implements Reporter {
  onTestModuleQueued(module: TestModule) {
    tell({ run: basename(module.moduleId), begins: true })
  }
  onTestCaseResult() {
    tell({ alive: true })
  }
  onTestModuleEnd(module: TestModule) {
    tell({ run: basename(module.moduleId), failure: failureIn(module), ms: module.diagnostic().duration })
  }
  onTestRunEnd(_modules: unknown, errors: readonly { message: string; VITEST_TEST_PATH?: string }[]) {
    for (const { message, VITEST_TEST_PATH: path } of errors) {
      // Fails a run without failing a test of it.
      if (path !== undefined) tell({ run: basename(path), failure: message })
      else tell({ error: message })
    }
  }
}
