/**
 * Quasi-Poisson regression of counts on a level per season and a common log-linear trend, by iteratively
 * reweighted least squares (McCullagh and Nelder, Generalized Linear Models, 1989, section 2.5), as R's `glm`
 * runs it: start from the counts plus 0.1, stop when the deviance moves by less than 1e-8 of itself.
 *
 * The normal equations are diagonal in the seasons with one column for the trend (an arrowhead), so a step
 * costs one pass over the points and no matrix. Without a trend the fit is each season's weighted mean.
 *
 * The trap: `time` must be measured from the point to be predicted, so that a season's level is its prediction
 * there and the trend is well conditioned.
 */

const MOST_STEPS = 25
const TOLERANCE = 1e-8
/** Added to every count for the first means, so that a 0 has a logarithm. */
const START = 0.1
/** Steps between exact exponentials where time runs on by one: rounding stays below 1e-14. */
const EXACT_EVERY = 16

/** Room for one history of at most `capacity` points, used again and again without allocation. */
export interface QuasiPoisson {
  /** Points in use, and seasons in use (1 is a plain intercept). */
  points: number
  seasons: number
  counts: Float64Array
  time: Float64Array
  season: Uint8Array
  /** Prior weights, 1 where nothing has been reweighted. */
  weight: Float64Array
  /** Fitted means. */
  mean: Float64Array
  /** Mean of each season at time 0, and its logarithm. */
  meanAtZero: Float64Array
  level: Float64Array
  /** Sums of weight × mean by season, and the mean time under these weights. */
  information: Float64Array
  meanTime: Float64Array
  /** Information on the trend once the seasons are allowed for; 0 when there is no trend. */
  trendInformation: number
  slope: number
  hasTrend: boolean
  /** Pearson's estimate, not raised to 1. */
  dispersion: number
  converged: boolean
  /** Sums of weighted counts by season. */
  total: Float64Array
}

export function quasiPoisson(capacity: number, seasons: number): QuasiPoisson {
  if (!(capacity > 0 && seasons > 0 && seasons <= 255))
    throw new RangeError(`${capacity} points, ${seasons} seasons`)
  return {
    points: 0,
    seasons,
    counts: new Float64Array(capacity),
    time: new Float64Array(capacity),
    season: new Uint8Array(capacity),
    weight: new Float64Array(capacity),
    mean: new Float64Array(capacity),
    meanAtZero: new Float64Array(seasons),
    level: new Float64Array(seasons),
    information: new Float64Array(seasons),
    meanTime: new Float64Array(seasons),
    trendInformation: 0,
    slope: 0,
    hasTrend: false,
    dispersion: Number.NaN,
    converged: false,
    total: new Float64Array(seasons),
  }
}

/** Fits the points under their weights; `model` then holds levels, slope, means and dispersion. */
export function fit(model: QuasiPoisson, withTrend: boolean): void {
  model.hasTrend = withTrend
  if (withTrend) fitTrend(model)
  else fitMeans(model)
  model.dispersion = pearson(model) / degreesOfFreedom(model)
}

/** Points less parameters. */
export const degreesOfFreedom = (model: QuasiPoisson): number =>
  model.points - model.seasons - (model.hasTrend ? 1 : 0)

/** Standard error of the trend, in units of the square root of the dispersion. */
export const slopeError = (model: QuasiPoisson): number => Math.sqrt(1 / model.trendInformation)

/** Variance of the log mean of a season at time 0, in units of the dispersion; infinite for a mean of 0. */
export function levelVariance(model: QuasiPoisson, season: number): number {
  const own = 1 / model.information[season]!
  return model.hasTrend ? own + model.meanTime[season]! ** 2 / model.trendInformation : own
}

/** Diagonal of the hat matrix: how far a point pulls its own fitted mean. Its mean must be above 0. */
export function leverage(model: QuasiPoisson, point: number): number {
  const season = model.season[point]!
  const weight = model.weight[point]! * model.mean[point]!
  const own = weight / model.information[season]!
  if (!model.hasTrend) return own
  return own + (weight * (model.time[point]! - model.meanTime[season]!) ** 2) / model.trendInformation
}

function fitMeans(model: QuasiPoisson): void {
  const { points, seasons, counts, season, weight, mean, meanAtZero, level, information, meanTime, total } =
    model
  total.fill(0)
  meanTime.fill(0)
  for (let i = 0; i < points; i++) {
    const s = season[i]!
    total[s]! += weight[i]! * counts[i]!
    meanTime[s]! += weight[i]!
  }
  for (let s = 0; s < seasons; s++) {
    information[s] = total[s]!
    meanAtZero[s] = total[s]! / meanTime[s]!
    level[s] = Math.log(meanAtZero[s]!)
  }
  for (let i = 0; i < points; i++) mean[i] = meanAtZero[season[i]!]!
  meanTime.fill(0)
  model.slope = 0
  model.trendInformation = 0
  model.converged = true
}

function fitTrend(model: QuasiPoisson): void {
  const { points, counts, time, season, weight, mean, total } = model
  total.fill(0)
  let constant = 0
  let countTime = 0
  let deviance = 0
  for (let i = 0; i < points; i++) {
    const y = counts[i]!
    const w = weight[i]!
    const self = w * countTimesLog(y)
    total[season[i]!]! += w * y
    countTime += w * y * time[i]!
    constant += self - w * y
    deviance += self - w * (y * logOfStart(y) - START)
    mean[i] = y + START
  }
  deviance *= 2
  model.converged = false
  firstStep(model)
  for (let step = 1; ; step++) {
    let next = constant + spread(model) - model.slope * countTime
    for (let s = 0; s < model.seasons; s++) next -= model.level[s]! * total[s]!
    next *= 2
    model.converged = Math.abs(next - deviance) < TOLERANCE * (Math.abs(next) + 0.1)
    deviance = next
    if (model.converged || step === MOST_STEPS || !Number.isFinite(next)) return
    solve(model, countTime)
  }
}

/** Logarithms of small counts are looked up: they were half the time of a fit. */
const SMALL = 2048
const SELF = Float64Array.from({ length: SMALL }, (_, y) => (y === 0 ? 0 : y * Math.log(y)))
const LOG_START = Float64Array.from({ length: SMALL }, (_, y) => Math.log(y + START))
const isSmall = (y: number): boolean => y < SMALL && (y | 0) === y
const countTimesLog = (y: number): number => (isSmall(y) ? SELF[y]! : y * Math.log(y))
const logOfStart = (y: number): number => (isSmall(y) ? LOG_START[y]! : Math.log(y + START))

/** The first weighted least squares, on log(count + 0.1) moved by the working residual. */
function firstStep(model: QuasiPoisson): void {
  const { points, seasons, counts, time, season, weight, mean, level, information, meanTime } = model
  information.fill(0)
  meanTime.fill(0)
  level.fill(0)
  let squares = 0
  let products = 0
  for (let i = 0; i < points; i++) {
    const s = season[i]!
    const t = time[i]!
    const w = weight[i]! * mean[i]!
    const response = w * logOfStart(counts[i]!) + weight[i]! * (counts[i]! - mean[i]!)
    information[s]! += w
    meanTime[s]! += w * t
    level[s]! += response
    squares += w * t * t
    products += response * t
  }
  for (let s = 0; s < seasons; s++) {
    meanTime[s]! /= information[s]!
    squares -= information[s]! * meanTime[s]! ** 2
    products -= level[s]! * meanTime[s]!
  }
  model.trendInformation = squares
  model.slope = products / squares
  for (let s = 0; s < seasons; s++) level[s] = level[s]! / information[s]! - model.slope * meanTime[s]!
}

/** Means at the current coefficients, with the sums the next step needs; returns the sum of weighted means. */
function spread(model: QuasiPoisson): number {
  const { points, seasons, time, season, weight, mean, level, meanAtZero, information, meanTime, slope } =
    model
  information.fill(0)
  meanTime.fill(0)
  const growth = Math.exp(slope)
  let factor = 1
  let squares = 0
  let last = Number.NaN
  for (let s = 0; s < seasons; s++) meanAtZero[s] = Math.exp(level[s]!)
  for (let i = 0; i < points; i++) {
    const t = time[i]!
    const s = season[i]!
    factor = t - last === 1 && i % EXACT_EVERY !== 0 ? factor * growth : Math.exp(slope * t)
    last = t
    const mu = meanAtZero[s]! * factor
    mean[i] = mu
    const w = weight[i]! * mu
    information[s]! += w
    meanTime[s]! += w * t
    squares += w * t * t
  }
  let sum = 0
  for (let s = 0; s < seasons; s++) {
    sum += information[s]!
    meanTime[s]! /= information[s]!
    squares -= information[s]! * meanTime[s]! ** 2
  }
  model.trendInformation = squares
  return sum
}

/** Newton's step: with the canonical link the scores are sums of counts less sums of means. */
function solve(model: QuasiPoisson, countTime: number): void {
  const { seasons, level, information, meanTime, total } = model
  let score = countTime
  for (let s = 0; s < seasons; s++) score -= meanTime[s]! * total[s]!
  const change = score / model.trendInformation
  for (let s = 0; s < seasons; s++) {
    level[s]! += (total[s]! - information[s]!) / information[s]! - change * meanTime[s]!
  }
  model.slope += change
}

/** Pearson's chi-squared; a mean of 0 only fits counts of 0 and adds nothing. */
function pearson({ points, counts, weight, mean }: QuasiPoisson): number {
  let sum = 0
  for (let i = 0; i < points; i++) {
    const mu = mean[i]!
    if (mu > 0) sum += (weight[i]! * (counts[i]! - mu) ** 2) / mu
  }
  return sum
}
