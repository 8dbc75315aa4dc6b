/** The measures at the head of the picture: what the board asks about first, and what is there where it is not held. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { findDataset } from '../../evidence/datasets/index.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { numberWords, periodWords } from '../../web/words.ts'
import { getMeasure } from '../catalogue/index.ts'
import { changeOf } from '../change.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import { countingOf, type Measure, tablesOf } from '../measure.ts'
import type { Scope } from './scope.ts'

/** The force's own extract of offences first; the published crimes stand in where there is none. */
export const headlineSets = [
  ['knife-crime', 'knife-injury', 'u25-vwi', 'homicide', 'robbery-knife', 'sharp-object-admissions'],
  ['street-violence', 'street-robbery', 'street-weapons', 'stop-and-search'],
] as const

export interface Card {
  id: string
  title: string
  value: string | null
  unit: string
  /** "An 11% fall, 80 against 90"; "No clear change (361 against 333)"; or why there is none. */
  change: string
  clear: boolean
  interval: string | null
  counted: string
  byMonth: string
  /** Where nothing was sent: the dataset that is needed. */
  needed: { title: string; href: string } | null
}

export function card(figure: Figure, request: FigureRequest, scope: Scope): Card {
  const measure = getMeasure(figure.measure)
  const { total } = figure
  const change = changeOf(figure)
  return {
    id: measure.id,
    title: measure.title,
    value: total.value === null ? null : numberWords(total.value),
    unit: figure.unit,
    change: sentenceCase(change?.words ?? noComparison(figure)),
    clear: change?.clear ?? false,
    interval:
      total.low === null || total.high === null
        ? null
        : `95% interval ${numberWords(Math.round(total.low))} to ${numberWords(Math.round(total.high))}`,
    counted: figureAddress(request),
    byMonth: `/time?${new URLSearchParams({
      measure: measure.id,
      from: scope.from,
      to: scope.to,
      ...(scope.npu ? { npu: scope.npu } : {}),
    })}`,
    needed: total.missing ? neededDataset(measure) : null,
  }
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function noComparison(figure: Figure): string {
  if (figure.total.missing) return 'nothing was sent for this period: missing, not zero'
  if (figure.total.suppressed) return 'withheld, because the number is small'
  if (figure.comparator === null) return 'not compared'
  return `nothing to compare with: ${periodWords(figure.comparator.from, figure.comparator.to)} was not sent or is withheld`
}

function neededDataset(measure: Measure): Card['needed'] {
  const counting = countingOf(measure)
  const dataset = findDataset(tablesOf(counting)[0]!)
  return dataset ? { title: dataset.title, href: `/data/datasets/${dataset.id}` } : null
}

/** "April 2021 to March 2022, beside the same months of 2019/20: April 2019 to March 2020". */
export function sidesWords(figure: Figure, scope: Scope, pack: AreaPack): string {
  const period = periodWords(figure.period.from, figure.period.to)
  if (!figure.comparator) return period
  const other = periodWords(figure.comparator.from, figure.comparator.to)
  return scope.compare === 'baseline'
    ? `${period}, beside the same months of the baseline (${pack.baseline.label}): ${other}`
    : `${period}, beside ${other}`
}
