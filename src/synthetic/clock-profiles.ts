/** Hours of the day and days of the week, as weights; and how long an offence may have taken to be noticed. */
export interface ClockProfile {
  /** Weights of 0:00 to 23:00, local time. */
  hours: readonly number[]
  /** Weights of Monday to Sunday. */
  days: readonly number[]
  /** Share of offences of which only a span is known, and the longest span in hours. */
  uncertain: number
  longestSpan: number
}

const weekend = [0.86, 0.86, 0.9, 0.96, 1.26, 1.36, 1.06]
const working = [1.04, 1.04, 1.05, 1.06, 1.1, 1.0, 0.7]
const even = [1, 1, 1, 1, 1, 1, 1]

export const clockProfiles = {
  /** S0 paragraphs 14 and 17: 17:00 to 01:00 where there is a night-time economy. */
  knifeNight: {
    hours: [
      5, 3, 2.2, 1.6, 1, 0.7, 0.7, 0.9, 1.5, 1.6, 1.8, 2.2, 2.8, 3.1, 4.6, 4.6, 4.5, 5.6, 6.4, 6.6, 7, 7.2,
      6.8, 5.2,
    ],
    days: weekend,
    uncertain: 0.05,
    longestSpan: 1,
  },
  /** Elsewhere; together with the above the force's busiest nine hours are 14:00 to 23:00. */
  knifeDay: {
    hours: [
      1.6, 1.2, 1, 0.8, 0.6, 0.5, 0.6, 1, 2, 1.8, 2, 2.4, 3.2, 3.6, 7.2, 7.4, 7.2, 7, 7, 6.8, 6.4, 6, 5, 2.6,
    ],
    days: weekend,
    uncertain: 0.05,
    longestSpan: 1,
  },
  /** S1 paragraph 37: rising from 15:00 to 21:00, with spikes at 18:00 and 21:00; Friday and Saturday. */
  youthViolence: {
    hours: [
      3, 2.4, 1.8, 1.4, 0.9, 0.6, 0.5, 0.8, 1.4, 1.2, 1.4, 1.8, 2.4, 2.8, 3.2, 4.2, 5, 5.6, 8.4, 6.2, 6.6,
      9.2, 5.6, 4.4,
    ],
    days: weekend,
    uncertain: 0.06,
    longestSpan: 1,
  },
  goingOut: {
    hours: [
      5, 4.6, 4, 3.4, 2, 1, 0.8, 1.2, 2.2, 2.2, 2.4, 2.8, 3.4, 3.4, 3.8, 5.2, 4.8, 4.8, 5, 5.2, 5.4, 5.8, 6,
      6,
    ],
    days: weekend,
    uncertain: 0.08,
    longestSpan: 3,
  },
  home: {
    hours: [
      5.4, 4, 3, 2.2, 1.6, 1.2, 1.4, 2, 2.8, 3, 3.2, 3.4, 4, 3.6, 3.6, 4, 4.2, 4.6, 5.2, 5.6, 5.8, 6, 6.2, 6,
    ],
    days: [0.98, 0.9, 0.9, 0.92, 1, 1.16, 1.2],
    uncertain: 0.1,
    longestSpan: 4,
  },
  day: {
    hours: [
      2, 1.2, 0.8, 0.6, 0.5, 0.6, 1, 2, 4.4, 5, 5.2, 5.6, 6.4, 5.8, 6, 6.2, 5.6, 5.2, 4.8, 4.6, 4.2, 3.8, 3.2,
      2.6,
    ],
    days: working,
    uncertain: 0.16,
    longestSpan: 12,
  },
  shop: {
    hours: [
      0.6, 0.4, 0.3, 0.2, 0.2, 0.3, 0.8, 2, 4, 5.6, 7, 7.6, 8, 7.8, 7.8, 7.6, 7.2, 6.8, 6, 5, 4, 3, 2, 1.2,
    ],
    days: working,
    uncertain: 0.12,
    longestSpan: 3,
  },
  burglary: {
    hours: [
      5, 4.6, 4.4, 4.2, 3.4, 2.6, 2.8, 5, 6.4, 5.4, 5, 4.4, 4.2, 4, 4, 4, 4.2, 4.8, 5.4, 5.2, 4.8, 4.6, 4.8,
      4.8,
    ],
    days: [1.02, 1, 1, 1, 1.12, 1.02, 0.86],
    uncertain: 0.72,
    longestSpan: 30,
  },
  overnight: {
    hours: [
      4, 3, 2.4, 2, 1.4, 1.2, 1.6, 2.2, 2.4, 2.4, 2.4, 2.6, 3, 3, 3.2, 3.8, 5, 7, 8.4, 8, 7.2, 6.6, 6.6, 5.6,
    ],
    days: even,
    uncertain: 0.66,
    longestSpan: 14,
  },
} as const satisfies Record<string, ClockProfile>
