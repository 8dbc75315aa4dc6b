/** What a pack of the right shape can still get wrong about custody and other arrangements. */
import type { AreaPack } from './area-pack.ts'
import { doubledIds } from './doubled-ids.ts'

export function custodyContradictions({ custodyKnownTo, arrangementKinds, agencies }: AreaPack): string[] {
  const isKind = (kind: string) => agencies.some(a => a.kind === kind)
  return [
    ...doubledIds('arrangementKinds', arrangementKinds),
    ...custodyKnownTo.flatMap(({ kind, from, to }, i) => [
      ...(isKind(kind) ? [] : [`custodyKnownTo[${i}] is ${kind}, and no agency is of that kind.`]),
      ...(to && to < from ? [`custodyKnownTo[${i}] (${kind}) ends (${to}) before it begins (${from}).`] : []),
      ...(custodyKnownTo.slice(0, i).some(k => k.kind === kind && k.from === from)
        ? [`custodyKnownTo[${i}] (${kind}) begins on the day on which another of the kind does.`]
        : []),
    ]),
    ...arrangementKinds.flatMap(({ name, from, to, toldTo }, i) => [
      ...(to && to < from
        ? [`arrangementKinds[${i}] (${name}) ends (${to}) before it begins (${from}).`]
        : []),
      ...toldTo.flatMap(kind =>
        isKind(kind)
          ? []
          : [`arrangementKinds[${i}] (${name}) is told to ${kind}, and no agency is of that kind.`],
      ),
    ]),
  ]
}
