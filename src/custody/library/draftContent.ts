// What a draft's document holds (docs/FORMAT.md, Document).

import * as v from 'valibot'

export const draftContent = v.looseObject({
  kind: v.literal('draft'),
  origin: v.nullable(v.string()),
  text: v.string(),
  savedAt: v.number(),
})
