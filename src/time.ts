// How many milliseconds common lengths of time have. A day is 24 hours, whatever a calendar makes of it.

export const msPerMinute = 60_000
export const msPerDay = 86_400_000
