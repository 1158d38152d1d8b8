// Unit tests: everything under test/ that needs neither a browser nor a build. `wxt/browser` is a stand-in here.

import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

export default defineConfig({
  plugins: await WxtVitest(),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/dom/**', 'test/attack/**', 'test/bundle/**', 'test/cli/**', 'test/bench/**'],
    environment: 'node',
    testTimeout: 30_000,
    maxWorkers: 2,
  },
})
