/** A scale bar of a round length, about a fifth of the map wide. */
import { roundUp } from '../charts/numbers.ts'

export interface ScaleBar {
  pixels: number
  label: string
}

export function scaleBar(metresPerPixel: number, mapWidth: number): ScaleBar {
  const wanted = metresPerPixel * mapWidth * 0.12
  const metres = roundUp(wanted)
  const label = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`
  return { pixels: metres / metresPerPixel, label }
}
