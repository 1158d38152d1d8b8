// Writing files so that none is lost: also where another program makes the file in between.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeNewFile } from '../../src/cli/newFile.ts'
import { folder } from './program.ts'

const files = folder()

test('a file that another program has made meanwhile stays as it is', () => {
  const path = join(files.path, 'new')
  function* pieces() {
    yield 'mine'
    files.put('new', 'theirs')
    yield '…'
  }
  expect(() => writeNewFile(path, pieces(), false)).toThrow(`${path}: this file is there already`)
  expect(readFileSync(path, 'utf8')).toBe('theirs')
  expect(readdirSync(files.path)).toEqual(['new'])
})

test('a file that is being replaced is whole at every moment, and stays when what is to be written fails', () => {
  const path = files.put('old', 'old')
  function* failing() {
    yield 'half'
    expect(readFileSync(path, 'utf8')).toBe('old')
    throw new Error('lost')
  }
  expect(() => writeNewFile(path, failing(), true)).toThrow('lost')
  expect(readFileSync(path, 'utf8')).toBe('old')
  writeNewFile(path, ['new ', 'text'], true)
  expect(readFileSync(path, 'utf8')).toBe('new text')
  expect(readdirSync(files.path)).toEqual(['new', 'old'])
})
