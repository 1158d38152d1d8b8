import { expect, test } from 'vitest'
import { Queue } from '../src/queue.ts'

test('work begins when all before it has ended, also where that failed, and whoever asked for it gets what became of it', async () => {
  const queue = new Queue()
  const events: string[] = []
  const first = Promise.withResolvers<string>()
  const one = queue.run(() => {
    events.push('one begins')
    return first.promise
  })
  const two = queue.run(async () => {
    events.push('two begins')
    throw new Error('two fails')
  })
  const three = queue.run(async () => {
    events.push('three begins')
    return 3
  })
  await Promise.resolve()
  expect(events).toEqual(['one begins'])
  first.resolve('first')
  await expect(one).resolves.toBe('first')
  await expect(two).rejects.toThrow('two fails')
  await expect(three).resolves.toBe(3)
  expect(events).toEqual(['one begins', 'two begins', 'three begins'])
})
