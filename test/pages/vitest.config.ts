// What sites do to texts, done by their own packages without a browser. These tests need what `npm ci --workspaces=false` leaves out.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/pages/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
})
