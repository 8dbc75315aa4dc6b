/**
 * Binomial probabilities to nearly full precision: Loader, Fast and accurate computation of binomial
 * probabilities, 2000. The trap it avoids: differences of log-gamma functions lose ten digits at a few thousand
 * trials, which shows in a p-value of 1e-200. Tails follow Press and others, Numerical Recipes, section 6.4.
 */
/** Chance of `k` successes in `n` trials. */
export function binomialChance(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  const log =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, n * p) -
    deviance(n - k, n * (1 - p))
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)))
}

/** Two-sided p-value by the method of small chances: all outcomes no likelier than the one seen, as R's binom.test. */
export function binomialTest(k: number, n: number, p: number): number {
  if (!(k >= 0 && k <= n)) throw new RangeError(`${k} of ${n} is no count of successes`)
  const seen = binomialChance(k, n, p)
  const asUnlikely = seen * (1 + 1e-7)
  const mean = n * p
  if (k === mean) return 1
  const step = k < mean ? -1 : 1
  let sum = 0
  for (let i = k; i >= 0 && i <= n; i += step) {
    const chance = binomialChance(i, n, p)
    sum += chance
    if (chance <= sum * 1e-17) break
  }
  // The far side: chances fall on the way out, so the first that is small enough is found by halving.
  let near = step < 0 ? Math.ceil(mean) : Math.floor(mean)
  let far = step < 0 ? n + 1 : -1
  while (near !== far) {
    const middle = step < 0 ? Math.floor((near + far) / 2) : Math.ceil((near + far) / 2)
    if (binomialChance(middle, n, p) <= asUnlikely) far = middle
    else near = middle - step
  }
  for (let i = far; i >= 0 && i <= n; i -= step) {
    const chance = binomialChance(i, n, p)
    sum += chance
    if (chance <= sum * 1e-17) break
  }
  return Math.min(1, sum)
}

/** Clopper and Pearson's exact 95% limits of the probability behind `k` of `n` (Biometrika 1934). */
export function clopperPearson(k: number, n: number): { low: number; high: number } {
  return {
    low: k === 0 ? 0 : betaQuantile(0.025, k, n - k + 1),
    high: k === n ? 1 : 1 - betaQuantile(0.025, n - k, k + 1),
  }
}

/** x with I_x(a, b) = p for whole a and b of at least 1, by Newton's steps held inside a bracket. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let i = 0; i < 200; i++) {
    const error = betaP(x, a, b) - p
    if (error > 0) high = x
    else low = x
    const density = (a + b - 1) * binomialChance(a - 1, a + b - 2, x)
    let next = x - error / density
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - x) <= 1e-15 * x) return next
    x = next
  }
  return x
}

/** Regularised incomplete beta function for whole a and b: the chance of at least a successes in a + b − 1. */
function betaP(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The factor x^a (1−x)^b / (a B(a, b)) as a binomial chance.
  const scale = binomialChance(a, a + b - 1, x) * (1 - x)
  if (x > (a + 1) / (a + b + 2)) return 1 - betaP(1 - x, b, a)
  return scale * betaFraction(x, a, b)
}

/** Lentz's continued fraction. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const change = d * c
    fraction *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return fraction
}

const FACTORIALS = Float64Array.from({ length: 16 }, () => 1)
for (let n = 1; n < 16; n++) FACTORIALS[n] = FACTORIALS[n - 1]! * n

/** ln n! less Stirling's formula; the series is good to full precision from 16 on. */
function stirlingError(n: number): number {
  if (n < 16) return Math.log(FACTORIALS[n]!) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI)
  const n2 = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / n2) / n2) / n2) / n2) / n
}

/** x ln(x/m) + m − x, without the cancellation near x = m. */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
